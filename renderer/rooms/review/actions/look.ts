import { AtSign, Columns3, Copy, FileUp, Filter as FilterIcon, FilterX, Group, Hash, Heading, ListChecks, ListFilter, Save, Search, Table2 } from 'lucide-react';
import { action, isOpen, type Action, type Availability } from '../../../actions/action.ts';
import { copySelected } from '../../../grid/copy-rows.ts';
import { selectedCount } from '../../../grid/selection.ts';
import { askerOf } from '../../../stores/annotator.ts';
import type { App } from '../../../stores/app.ts';
import { t } from '../../../strings/catalogue.ts';
import { readNumber } from '../../../strings/numbers.ts';
import { noFilter, withChip } from '../filters/filter.ts';
import { goFilter, shownFilter } from '../filters/going.ts';
import { pairsAsTsv } from '../rows/pairs-as-tsv.ts';
import { openRows, reviewGrid, reviewState } from '../state.ts';
import { notWriting, withPair, withView } from './when.ts';

const whenFiltered = (app: App): Availability => { const view = withView(app); return view !== true ? view : shownFilter(app).of.length === 0 ? { why: 'why.noFilters' } : true; };
const newChip = (kind: string | undefined) => (): void => reviewState.setState({ chip: 'new', chipKind: kind });

/** What is on the screen, and how. */
export const lookActions: readonly Action[] = [
  action({ id: 'review.filter', label: 'review.action.filter', keys: ['Shift+F'], icon: ListFilter, scope: 'review', when: withView, run: newChip(undefined) }),
  action({ id: 'review.find', label: 'review.action.find', keys: ['/'], icon: Search, scope: 'review', when: withView, run: newChip('text'), ask: { sign: '/', words: 'palette.text', run: (app, contains) => goFilter(app, withChip(shownFilter(app), { kind: 'text', side: 'either', contains, matchCase: false })) } }),
  action({ id: 'review.clearFilters', label: 'review.action.clearFilters', keys: [], icon: FilterX, scope: 'review', when: whenFiltered, run: (app) => goFilter(app, noFilter) }),
  action({
    id: 'review.groupFilters', label: 'review.action.groupFilters', keys: [], icon: Group, scope: 'review',
    when: (app) => { const filtered = whenFiltered(app); return filtered !== true ? filtered : shownFilter(app).of.length < 2 ? { why: 'review.why.oneFilter' } : true; },
    run: (app) => { const { join, of } = shownFilter(app); goFilter(app, { join: 'all', of: [{ kind: join, of }] }); },
  }),
  action({ id: 'review.saveFilter', label: 'review.action.saveFilter', keys: [], icon: Save, scope: 'review', when: whenFiltered, run: () => reviewState.setState({ savingFilter: true }) }),
  action({ id: 'review.savedFilters', label: 'review.action.savedFilters', keys: [], icon: FilterIcon, scope: 'review', when: withView, run: () => document.querySelector<HTMLElement>('#review-saved')?.click() }),
  action({ id: 'review.columns', label: 'review.action.columns', keys: [], icon: Columns3, scope: 'review', when: withView, run: () => reviewState.setState({ choosingColumns: true }) }),
  action({ id: 'review.headings', label: 'review.action.headings', keys: [], icon: Heading, scope: 'review', when: withView, run: () => document.querySelector<HTMLElement>('[role="grid"] [role="columnheader"] button')?.focus() }),
  action({ id: 'review.goToRow', label: 'review.action.goToRow', keys: ['G'], icon: Hash, scope: 'review', when: withPair, run: () => reviewState.setState({ goingToRow: true }), ask: { sign: '#', words: 'palette.row', run: (_, words) => { const row = readNumber(words); if (row !== undefined) reviewGrid.getState().goTo(row - 1); } } }),
  action({ id: 'review.goToPair', label: 'links.action.goToPair', keys: [], icon: AtSign, scope: 'review', when: withPair, run: (app) => app.stores.ui.getState().open({ kind: 'palette', question: '@' }), ask: { sign: '@', words: 'palette.pairId', run: goToPair } }),
  action({ id: 'review.table', label: 'review.action.table', keys: ['L'], icon: Table2, scope: 'review', when: withView, run: () => reviewGrid.getState().handle?.takeFocus() }),
  action({ id: 'review.selectAll', label: 'review.action.selectAll', keys: ['Control+A'], icon: ListChecks, scope: 'review', when: notWriting, run: () => reviewGrid.getState().selectAll() }),
  action({
    id: 'review.copy', label: 'review.action.copy', keys: ['Control+C'], icon: Copy, scope: 'review',
    // Words marked on the desk are what Control+C means then.
    when: (app) => { const free = notWriting(app); return free !== true ? free : (document.getSelection()?.toString() ?? '') !== '' ? { why: 'mine.why.typing' } : selectedCount(reviewGrid.getState().selection) === 0 ? { why: 'review.why.noPair' } : true; },
    run: copyRows,
  }),
  action({
    id: 'review.export', label: 'review.action.export', keys: [], icon: FileUp, scope: 'review', when: (app) => (isOpen(app, 'review') ? withView(app) : false),
    run: (app) => {
      const { origin, predicate } = openRows.getState();
      if (origin !== undefined) app.stores.ui.getState().open({ kind: 'export', origin, ...(predicate === null ? {} : { predicate }) });
    },
  }),
];

async function goToPair(app: App, words: string): Promise<void> {
  const { view } = openRows.getState();
  const pair = readNumber(words);
  if (view === undefined || pair === undefined) return;
  await app.attempt(async () => {
    const { position } = await app.link.call('pairs.find', { view, pair });
    if (position === null) app.stores.ui.getState().say({ text: t('links.goneElsewhere', { pair }) });
    else { reviewGrid.getState().goTo(position); reviewGrid.getState().handle?.takeFocus(); }
  });
}

export async function copyRows(app: App): Promise<void> {
  const { view } = openRows.getState();
  if (view === undefined) return;
  await copySelected(app, { selection: reviewGrid.getState().selection, load: async (from, count) => (await app.link.call('pairs.page', { view, from, count, ...askerOf(app) })).rows, write: pairsAsTsv });
}
