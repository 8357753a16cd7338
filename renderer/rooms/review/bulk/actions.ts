import { ArrowLeftRight, Flag, ListChecks, Replace, RotateCcw, Sparkles, type LucideIcon } from 'lucide-react';
import { action, type Action } from '../../../actions/action.ts';
import type { App } from '../../../stores/app.ts';
import type { PlainKey } from '../../../strings/catalogue.ts';
import { withView } from '../actions/when.ts';
import { askWho } from '../annotator.ts';
import { openRows } from '../state.ts';
import type { BulkKind } from './bulk-draft.ts';

const open = (change: BulkKind) => (app: App): void => {
  const annotator = askWho(app);
  const { origin, predicate } = openRows.getState();
  if (annotator !== undefined && origin !== undefined) app.stores.ui.getState().open({ kind: 'bulk', origin, predicate, change, annotator });
};

const bulk = (change: BulkKind, label: PlainKey, icon: LucideIcon, keys: readonly string[] = []): Action => action({ id: `review.bulk.${change}`, label, keys, icon, scope: 'review', when: withView, run: open(change) });

/** Changing everything that matches. */
export const bulkActions: readonly Action[] = [
  bulk('replace', 'bulk.action.replace', Replace, ['Shift+R']),
  bulk('decide', 'bulk.action.decide', ListChecks, ['Shift+D']),
  bulk('flag', 'bulk.action.flag', Flag),
  bulk('normalise', 'bulk.action.normalise', Sparkles),
  bulk('restore', 'bulk.action.restore', RotateCcw),
  bulk('swap', 'bulk.action.swap', ArrowLeftRight),
];
