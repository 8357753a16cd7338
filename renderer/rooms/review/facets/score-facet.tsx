import { useState } from 'react';
import type { PairOrigin, Predicate } from '../../../../main/contract/pairs.ts';
import { RangeHistogram, type Range } from '../../../charts/range-histogram.tsx';
import { useAsker } from '../../../stores/annotator.ts';
import { useApp, useQuery } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { decimal, readNumber, typed } from '../../../strings/numbers.ts';
import { Field } from '../../../widgets/field.tsx';
import { Panel } from '../../../widgets/facts.tsx';
import { Select } from '../../../widgets/select.tsx';
import { columnName } from '../filters/chip-words.ts';
import { columnOf, predicateWithin, rangeOf, rangePredicate, replaceChips, type Filter } from '../filters/filter.ts';
import { goFilter } from '../filters/going.ts';
import css from './facets.module.css';

type Props = { readonly origin: PairOrigin; readonly within: Predicate | undefined; readonly filter: Filter; readonly scores: readonly string[]; readonly first: string; readonly cut: number | null };

/** What a chip says of a column, as a range that may be open at either end. */
const rangeOn = (chip: Predicate | undefined): { readonly low: number | undefined; readonly high: number | undefined } => {
  const range = chip === undefined ? undefined : rangeOf(chip);
  if (range !== undefined) return { low: range.minimum, high: range.maximum };
  if (chip?.kind !== 'number') return { low: undefined, high: undefined };
  return { low: chip.relation.startsWith('>') ? chip.value : undefined, high: chip.relation.startsWith('<') ? chip.value : undefined };
};

/** One score of the pairs on the screen, without its own filter: brushed, or typed at both ends. */
export const ScoreFacet = ({ origin, within, filter, scores, first, cut }: Props) => {
  const app = useApp();
  const [chosen, setChosen] = useState<string>();
  const [moving, setMoving] = useState<Range>();
  const column = chosen !== undefined && scores.includes(chosen) ? chosen : first;
  const isOwn = (chip: Predicate): boolean => columnOf(chip) === column;
  const asker = useAsker();
  const { data, stale } = useQuery('pairs.histogram', { origin, column, bins: 42, minimum: null, maximum: null, predicate: predicateWithin(within, replaceChips(filter, isOwn, undefined)), ...asker }, { touches: ['project', 'runs', 'pairs'] });
  const [least, most] = [data?.edges[0] ?? 0, data?.edges.at(-1) ?? 0];
  const { low, high } = rangeOn(filter.of.find(isOwn));
  const place = (range: { readonly low: number | undefined; readonly high: number | undefined }): void => {
    setMoving(undefined);
    const from = range.low === undefined || range.low <= least ? undefined : range.low;
    const to = range.high === undefined || range.high >= most ? undefined : range.high;
    const chip: Predicate | undefined = from !== undefined && to !== undefined ? rangePredicate({ column, minimum: from, maximum: to })
      : from !== undefined ? { kind: 'number', column, relation: '>=', value: from } : to !== undefined ? { kind: 'number', column, relation: '<=', value: to } : undefined;
    goFilter(app, replaceChips(filter, isOwn, chip));
  };
  const shown = moving ?? { low: low ?? least, high: high ?? most };
  const all = data?.counts.reduce((sum, each) => sum + each, 0) ?? 0;
  return (
    <Panel heading={scores.length < 2 ? columnName(column) : <Select label={t('review.facet.score')} bare value={column} options={scores.map((value) => ({ value, label: columnName(value) }))} onChange={setChosen} />} className={css['score'] ?? ''}>
      {data === undefined || data.edges.length < 2 || most <= least ? <p className="small dim" style={{ minBlockSize: 72 }}>{data === undefined ? '' : t('review.facet.noScores')}</p> : (
        <div className={stale ? css['stale'] : undefined}>
          <RangeHistogram bins={data} range={shown} says={t('review.facet.says', { count: all, column: columnName(column), low: typed(least), high: typed(most) })}
            lowLabel={t('review.facet.low', { column: columnName(column) })} highLabel={t('review.facet.high', { column: columnName(column) })} onMove={setMoving} onPlace={place} />
        </div>
      )}
      <div className={css['range']}>
        <End label={t('review.facet.low', { column: columnName(column) })} value={shown.low} set={low !== undefined || moving !== undefined} onPlace={(value) => place({ low: value, high })} />
        {t('review.facet.to')}
        <End label={t('review.facet.high', { column: columnName(column) })} value={shown.high} set={high !== undefined || moving !== undefined} onPlace={(value) => place({ low, high: value })} />
        {cut === null || column !== 'margin' ? null : <span className={css['cut']}>{t('review.facet.cut', { at: decimal(cut) })}</span>}
      </div>
    </Panel>
  );
};

/** An end as a number to type; emptied, it is open again. */
const End = ({ label, value, set, onPlace }: { readonly label: string; readonly value: number; readonly set: boolean; readonly onPlace: (value: number | undefined) => void }) => {
  const [text, setText] = useState<string>();
  const wrong = text !== undefined && text.trim() !== '' && readNumber(text) === undefined;
  const place = (): void => {
    if (text === undefined || wrong) return;
    setText(undefined);
    onPlace(text.trim() === '' ? undefined : readNumber(text));
  };
  return (
    <span className={css['end']} onKeyDown={(event) => { if (event.key === 'Escape' && text !== undefined) { event.stopPropagation(); setText(undefined); } }}>
      <Field label={label} bare numeric value={text ?? (set ? typed(value) : typed(Number(value.toPrecision(4))))} onChange={setText} onEnter={place} onBlur={() => { if (wrong) setText(undefined); else place(); }} />
    </span>
  );
};
