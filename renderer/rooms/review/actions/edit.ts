import { ArrowLeftRight, BetweenHorizontalStart, Combine, History, Languages, Pencil, Pilcrow, RotateCcw, ScissorsLineDashed, Sparkles, TriangleAlert } from 'lucide-react';
import type { Side } from '../../../../main/contract/review.ts';
import { action, type Action, type Availability } from '../../../actions/action.ts';
import type { App } from '../../../stores/app.ts';
import { askWho } from '../annotator.ts';
import { edit, mergePairs, normalise, splitPair, swapSides } from '../doing.ts';
import { insertAtCaret } from '../desk/caret.ts';
import { detectLanguages, ignoreFirst, runChecks } from '../desk/ignoring.ts';
import { startSplit } from '../desk/split-places.ts';
import { marksShown, openRow, openRows, reviewGrid, reviewState } from '../state.ts';
import { selectedCount } from '../../../grid/selection.ts';
import { withPair, withView } from './when.ts';

const write = (side: Side) => (app: App): void => {
  const row = openRow();
  if (row !== undefined && askWho(app) !== undefined) reviewState.setState({ editing: { pair: row.id, side, place: 'desk' }, splitting: undefined });
};

const whileWriting = (app: App): Availability => { const pair = withPair(app); return pair !== true ? pair : reviewState.getState().editing === undefined ? { why: 'review.why.notEditing' } : true; };
const whenEdited = (app: App): Availability => { const pair = withPair(app); const row = openRow(); return pair !== true ? pair : row?.source.original == null && row?.target.original == null ? { why: 'review.why.notEdited' } : true; };
const whenNext = (app: App): Availability => { const pair = withPair(app); return pair !== true ? pair : selectedCount(reviewGrid.getState().selection) > 1 || openRows.getState().row(reviewGrid.getState().focus + 1) !== undefined ? true : { why: 'review.why.lastRow' }; };
const whenChecked = (app: App): Availability => { const pair = withPair(app); return pair !== true ? pair : (openRow()?.review.checks.length ?? 0) === 0 ? { why: 'review.why.noFinding' } : true; };

const split = (app: App): void | Promise<void> => (reviewState.getState().splitting === undefined ? (askWho(app) === undefined ? undefined : startSplit()) : splitPair(app));

/** Changing texts. */
export const editActions: readonly Action[] = [
  action({ id: 'review.edit', label: 'review.action.edit', keys: ['E'], icon: Pencil, scope: 'review', when: withPair, run: write('target') }),
  action({ id: 'review.editSource', label: 'review.action.editSource', keys: ['W'], icon: Pencil, scope: 'review', when: withPair, run: write('source') }),
  action({ id: 'review.insertLrm', label: 'review.action.insertLrm', keys: ['Alt+L'], icon: Languages, scope: 'review', when: whileWriting, run: () => insertAtCaret('\u200E') }),
  action({ id: 'review.insertRlm', label: 'review.action.insertRlm', keys: ['Alt+R'], icon: Languages, scope: 'review', when: whileWriting, run: () => insertAtCaret('\u200F') }),
  action({ id: 'review.showMarks', label: 'review.action.showMarks', keys: ['P'], icon: Pilcrow, scope: 'review', when: withView, run: () => marksShown.write(!marksShown.read()) }),
  action({ id: 'review.split', label: 'review.action.split', keys: ['S'], icon: ScissorsLineDashed, scope: 'review', when: withPair, run: split }),
  action({ id: 'review.merge', label: 'review.action.merge', keys: ['M'], icon: Combine, scope: 'review', when: whenNext, run: mergePairs }),
  action({ id: 'review.swap', label: 'review.action.swap', keys: ['Shift+S'], icon: ArrowLeftRight, scope: 'review', when: withPair, run: swapSides }),
  action({ id: 'review.normalise', label: 'review.action.normalise', keys: ['N'], icon: Sparkles, scope: 'review', when: withPair, run: (app) => normalise(app, ['nfc', 'spaces', 'controls']) }),
  action({ id: 'review.normaliseAll', label: 'review.action.normaliseAll', keys: [], icon: Sparkles, scope: 'review', when: withPair, run: (app) => normalise(app, ['nfc', 'spaces', 'controls', 'quotes', 'full-width', 'repeated-punctuation']) }),
  action({
    id: 'review.restoreOriginal', label: 'review.action.restoreOriginal', keys: [], icon: RotateCcw, scope: 'review', when: whenEdited,
    run: async (app) => {
      const row = openRow();
      if (row === undefined) return;
      if (row.source.original !== null) await edit(app, row, 'source', null);
      if (row.target.original !== null) await edit(app, row, 'target', null);
    },
  }),
  action({ id: 'review.history', label: 'review.action.history', keys: ['H'], icon: History, scope: 'review', when: withPair, run: () => document.querySelector<HTMLElement>('#review-history')?.focus() }),
  action({ id: 'review.ignoreOnce', label: 'review.action.ignoreOnce', keys: ['X'], icon: TriangleAlert, scope: 'review', when: whenChecked, run: (app) => ignoreFirst(app, 'once') }),
  action({ id: 'review.ignoreHere', label: 'review.action.ignoreHere', keys: [], icon: TriangleAlert, scope: 'review', when: whenChecked, run: (app) => ignoreFirst(app, 'here') }),
  action({ id: 'review.ignoreAlways', label: 'review.action.ignoreAlways', keys: [], icon: TriangleAlert, scope: 'review', when: whenChecked, run: (app) => ignoreFirst(app, 'always') }),
  action({ id: 'review.detectLanguages', label: 'review.action.detectLanguages', keys: [], icon: Languages, scope: 'review', when: withView, run: detectLanguages }),
  action({ id: 'review.runChecks', label: 'review.action.runChecks', keys: [], icon: BetweenHorizontalStart, scope: 'review', when: withView, run: runChecks }),
];

