import { useState } from 'react';
import { useStore } from 'zustand';
import type { Collection } from '../../../../main/contract/corpora.ts';
import { t } from '../../../strings/catalogue.ts';
import { readNumber } from '../../../strings/numbers.ts';
import { Button, TextButton } from '../../../widgets/button.tsx';
import { AddChip, Chip } from '../../../widgets/chip.tsx';
import { Field } from '../../../widgets/field.tsx';
import { Select, type Option } from '../../../widgets/select.tsx';
import { chipWords, relations, relationSign, type Filter, type Relation } from './filter.ts';
import { addFilter, bitextState, removeFilter, type Order } from './state.ts';
import css from './filter-line.module.css';

const orderKey = (order: Order | null): string => (order === null ? 'file' : JSON.stringify([order.column, order.descending]));

/** Order and filters of a bitext as objects: each chip can be removed by itself; what is shown is what an export takes. */
export const FilterLine = ({ collection }: { readonly collection: Collection }) => {
  const { filters, order, adding } = useStore(bitextState);
  const orders: readonly { readonly order: Order | null; readonly label: string }[] = [
    { order: null, label: t('corpora.order.file') },
    ...collection.columns.flatMap(({ name, kind }) => (kind === 'score'
      ? [{ order: { column: name, descending: true }, label: t('corpora.order.high', { column: name }) }, { order: { column: name, descending: false }, label: t('corpora.order.low', { column: name }) }]
      : [{ order: { column: name, descending: false }, label: name }])),
  ];
  return (
    <div className={css['line']} role="group" aria-label={t('corpora.filters')}>
      {orders.length === 1 ? null : (
        <Select label={t('corpora.order')} bare value={orderKey(order)} options={orders.map((each): Option<string> => ({ value: orderKey(each.order), label: each.label }))}
          onChange={(key) => { const next = orders.find((each) => orderKey(each.order) === key); if (next !== undefined) bitextState.setState({ order: next.order }); }} />
      )}
      {filters.map((filter, index) => {
        const [field, value] = chipWords(filter);
        return <Chip key={`${field}-${value}-${index}`} field={field} value={value} onRemove={() => removeFilter(index)} />;
      })}
      {adding ? <NewFilter collection={collection} /> : <AddChip label={t('corpora.filter.add')} onPress={() => bitextState.setState({ adding: true })} />}
      {filters.length > 1 ? <TextButton onPress={() => bitextState.setState({ filters: [] })}>{t('corpora.filter.clear')}</TextButton> : null}
    </div>
  );
};

const textKey = '\u0000text';

/** The line that writes one: which column, how, what. Enter adds it, Escape gives it up. */
const NewFilter = ({ collection }: { readonly collection: Collection }) => {
  const [column, setColumn] = useState(collection.columns[0]?.name ?? textKey);
  const [relation, setRelation] = useState<Relation>('>=');
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const kind = collection.columns.find((each) => each.name === column)?.kind;
  const number = readNumber(typed);
  const filter: Filter | undefined = kind === 'score' ? (number === undefined ? undefined : { kind: 'score', column, relation, value: number })
    : typed.trim() === '' ? undefined : kind === 'label' ? { kind: 'label', column, value: typed.trim() } : { kind: 'text', contains: typed.trim() };
  const add = (): void => { if (filter === undefined) setTried(true); else addFilter(filter); };
  return (
    <div className={css['new']} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); bitextState.setState({ adding: false }); } }}>
      <Select label={t('corpora.filter.column')} bare value={column} onChange={setColumn} options={[...collection.columns.map((each): Option<string> => ({ value: each.name, label: each.name })), { value: textKey, label: t('corpora.filter.text') }]} />
      {kind === 'score' ? <Select label={t('corpora.filter.relation')} bare value={relation} onChange={setRelation} options={relations.map((value): Option<Relation> => ({ value, label: relationSign[value] }))} /> : null}
      <div className={css['value']}><Field label={t('corpora.filter.value')} bare autoFocus numeric={kind === 'score'} value={typed} onChange={setTyped} onEnter={add} fault={tried && filter === undefined ? t(kind === 'score' ? 'corpora.filter.noNumber' : 'corpora.filter.noWords') : undefined} /></div>
      <Button small onPress={add}>{t('corpora.filter.apply')}</Button>
      <TextButton onPress={() => bitextState.setState({ adding: false })}>{t('choose.cancel')}</TextButton>
    </div>
  );
};
