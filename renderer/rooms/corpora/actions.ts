import { FilePlus2, FileUp, FilterX, ListFilter, ListTodo, PencilLine, Table2, Trash2 } from 'lucide-react';
import { action, isOpen, type Action, type Availability } from '../../actions/action.ts';
import type { Collection } from '../../../main/contract/corpora.ts';
import type { Predicate } from '../../../main/contract/pairs.ts';
import type { App } from '../../stores/app.ts';
import { t } from '../../strings/catalogue.ts';
import { predicateOfAll } from './pairs/filter.ts';
import { bitextGrid, bitextState } from './pairs/state.ts';
import { corporaState } from './state.ts';

/** The collection that is open (in the address) or chosen in the list. */
export const openCollection = (app: App): Collection | undefined => {
  const address = app.stores.address.getState().address;
  const named = address?.room === 'corpora' ? Number(address.path[0]) : Number.NaN;
  const id = Number.isNaN(named) ? corporaState.getState().chosen : named;
  return app.stores.collections.getState().value?.find((collection) => collection.id === id);
};

const hasOne = (app: App): Availability => (!isOpen(app, 'corpora') ? false : openCollection(app) === undefined ? { why: 'why.noCollection' } : true);

/** The filters on the screen go along into the export. */
const shownOnly = (collection: number): { readonly predicate?: Predicate } => {
  const { collection: whose, filters } = bitextState.getState();
  const predicate = whose === collection ? predicateOfAll(filters) : null;
  return predicate === null ? {} : { predicate };
};

/** A bitext is open with its table. */
const hasTable = (app: App): Availability => (!isOpen(app, 'corpora') ? false : app.stores.address.getState().address?.path.length === 1 && openCollection(app)?.kind === 'bitext' ? true : { why: 'why.noBitextOpen' });

/** What stands in the strip of the room. */
export const stripActions: readonly Action[] = [
  action({ id: 'corpora.rename', label: 'action.rename', keys: ['F2', 'N'], icon: PencilLine, scope: 'corpora', when: hasOne, run: () => corporaState.setState({ renaming: true }) }),
  action({
    id: 'corpora.export', label: 'action.exportBitext', keys: ['E'], icon: FileUp, scope: 'corpora',
    when: (app) => { const one = openCollection(app); return !isOpen(app, 'corpora') ? false : one === undefined ? { why: 'why.noCollection' } : one.kind === 'bitext' ? true : { why: 'why.notBitext' }; },
    run: (app) => { const one = openCollection(app); if (one !== undefined) app.stores.ui.getState().open({ kind: 'export', origin: { collection: one.id }, ...shownOnly(one.id) }); },
  }),
  action({
    id: 'corpora.extend', label: 'action.extend', keys: ['A'], icon: FilePlus2, scope: 'corpora', when: hasOne,
    run: async (app) => {
      const one = openCollection(app);
      if (one === undefined) return;
      const paths = await app.stores.ui.getState().choose({ want: 'files', title: t('choose.extend', { name: one.name }), button: t('choose.read'), endings: [] });
      if (paths.length > 0) app.stores.ui.getState().open({ kind: 'import', paths, extend: one.id });
    },
  }),
  action({
    id: 'corpora.remove', label: 'action.remove', keys: ['Delete'], icon: Trash2, scope: 'corpora', when: hasOne,
    run: (app) => app.attempt(async () => {
      const one = openCollection(app);
      if (one === undefined) return;
      await app.link.call('corpora.remove', { collection: one.id });
      app.go({ room: 'corpora', path: [] });
      app.stores.ui.getState().say({ text: t('corpora.removed', { name: one.name, size: one.size }), undo: true });
    }),
  }),
];

/** What only an open bitext offers. */
const tableActions: readonly Action[] = [
  action({ id: 'corpora.review', label: 'review.action.fromHere', keys: ['V'], icon: ListTodo, scope: 'corpora', when: hasTable, run: (app) => { const one = openCollection(app); if (one !== undefined) app.go({ room: 'review', path: ['collection', String(one.id)] }); } }),
  action({ id: 'corpora.filter', label: 'action.filter', keys: ['F'], icon: ListFilter, scope: 'corpora', when: hasTable, run: () => bitextState.setState({ adding: true }) }),
  action({ id: 'corpora.clearFilters', label: 'action.clearFilters', keys: [], icon: FilterX, scope: 'corpora', when: (app) => { const table = hasTable(app); return table !== true ? table : bitextState.getState().filters.length === 0 ? { why: 'why.noFilters' } : true; }, run: () => bitextState.setState({ filters: [] }) }),
  action({ id: 'corpora.table', label: 'action.goToTable', keys: ['L'], icon: Table2, scope: 'corpora', when: hasTable, run: () => bitextGrid.getState().handle?.takeFocus() }),
];

/** The way from a bitext to its review. */
export const reviewBitext = tableActions.filter((each) => each.id === 'corpora.review');

export const actions: readonly Action[] = [...stripActions, ...tableActions];
