import { ArrowLeftRight, Flag, ListChecks, Replace, RotateCcw, Sparkles, type LucideIcon } from 'lucide-react';
import type { Predicate } from '../../../../main/contract/pairs.ts';
import { action, type Action } from '../../../actions/action.ts';
import type { App } from '../../../stores/app.ts';
import type { PlainKey } from '../../../strings/catalogue.ts';
import { withView } from '../actions/when.ts';
import { askWho } from '../annotator.ts';
import { predicateOf } from '../filters/filter.ts';
import { shownFilter } from '../filters/going.ts';
import { openRows } from '../state.ts';
import type { BulkKind } from './bulk-draft.ts';

/** A bulk change can name so many pairs one by one. */
const mostNamed = 10_000;

/** What is on the screen, as a filter: a queue that took only some of the pairs that match names its own. */
const shownPairs = async (app: App): Promise<Predicate | null> => {
  const { queue } = openRows.getState();
  if (queue === undefined) return predicateOf(shownFilter(app));
  if (queue.sampling.kind === 'all' && queue.annotators.length === 0) return queue.predicate;
  if (queue.pairs > mostNamed) return queue.predicate;
  const ids: number[] = [];
  for (let from = 0; from < queue.pairs; from += 500) ids.push(...(await app.link.call('pairs.page', { view: queue.view, from, count: 500 })).rows.map((row) => row.id));
  return { kind: 'pairs', ids };
};

const open = (change: BulkKind) => (app: App): Promise<unknown> => app.attempt(async () => {
  const annotator = askWho(app);
  const { origin } = openRows.getState();
  if (annotator === undefined || origin === undefined) return;
  app.stores.ui.getState().open({ kind: 'bulk', origin, predicate: await shownPairs(app), change, annotator });
});

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
