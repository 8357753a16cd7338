import { Bookmark, Save, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useStore } from 'zustand';
import { useApp, useQuery } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { Field } from '../../../widgets/field.tsx';
import { Menu, type MenuEntry } from '../../../widgets/menu.tsx';
import { addressOf } from '../place.ts';
import { reviewState } from '../state.ts';
import { filterOf, predicateOf, type Filter } from './filter.ts';
import { placeNow } from './going.ts';
import type { Order } from '../../../grid/columns.ts';
import css from './filters.module.css';

type Props = { readonly filter: Filter; readonly order: Order | null };

/** Filters kept by name in the project: saved here, and put on again. */
export const SavedFilters = ({ filter, order }: Props) => {
  const app = useApp();
  const saving = useStore(reviewState, (state) => state.savingFilter);
  const saved = useQuery('review.filters', {}, { touches: ['project'] }).data ?? [];
  if (saving) return <SaveFilter filter={filter} order={order} />;
  if (saved.length === 0) return filter.of.length === 0 ? null : <AriaButton id="review-saved" className={css['word'] ?? ''} onPress={() => reviewState.setState({ savingFilter: true })}>{t('review.saveFilter')}</AriaButton>;
  const show = (each: (typeof saved)[number]): void => {
    const place = placeNow(app);
    if (place.view !== 'start') app.go(addressOf({ ...place, filter: filterOf(each.predicate), order: each.sort }));
  };
  const entries: MenuEntry[] = [
    ...saved.map((each): MenuEntry => ({ id: `show-${each.id}`, label: each.name, icon: Bookmark, run: () => show(each) })), 'line',
    { id: 'save', label: t('review.action.saveFilter'), icon: Save, why: filter.of.length === 0 ? t('why.noFilters') : undefined, run: () => reviewState.setState({ savingFilter: true }) },
    ...saved.map((each): MenuEntry => ({ id: `remove-${each.id}`, label: t('review.removeFilter', { name: each.name }), icon: Trash2, run: () => void app.attempt(() => app.link.call('review.removeFilter', { id: each.id })) })),
  ];
  return <Menu label={t('review.savedFilters')} entries={entries} trigger={<AriaButton id="review-saved" className={css['word'] ?? ''}>{t('review.savedFilters')}</AriaButton>} />;
};

const SaveFilter = ({ filter, order }: Props) => {
  const app = useApp();
  const [name, setName] = useState('');
  const leave = (): void => reviewState.setState({ savingFilter: false });
  const save = async (): Promise<void> => {
    const predicate = predicateOf(filter);
    leave();
    if (predicate === null || name.trim() === '') return;
    if (await app.attempt(() => app.link.call('review.saveFilter', { name: name.trim(), predicate, sort: order })) !== undefined) app.stores.ui.getState().say({ text: t('review.filterSaved', { name: name.trim() }) });
  };
  return (
    <div className={css['saving']} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); leave(); } }}>
      <Field label={t('review.filterName')} bare autoFocus value={name} onChange={setName} onEnter={() => void save()} onBlur={leave} />
    </div>
  );
};
