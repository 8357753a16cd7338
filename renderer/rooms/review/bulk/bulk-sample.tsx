import type { PairRow } from '../../../../main/contract/pairs.ts';
import type { Side } from '../../../../main/contract/review.ts';
import type { BulkAction } from '../../../../main/contract/review-bulk.ts';
import type { Output } from '../../../link/link.ts';
import { t } from '../../../strings/catalogue.ts';
import { count } from '../../../strings/numbers.ts';
import { DiffText } from '../../../text/diff-text.tsx';
import { Text } from '../../../text/text.tsx';
import { Checkbox } from '../../../widgets/checkbox.tsx';
import css from './bulk.module.css';

type Sampled = Output<'review.bulkPreview'>['sample'][number];
type Props = { readonly sample: readonly Sampled[]; readonly action: BulkAction | undefined; readonly excluded: ReadonlySet<number>; readonly disabled: boolean; readonly onExclude: (pair: number, excluded: boolean) => void };

/** Some of the pairs that change, each with what would be other; a box that is cleared leaves the pair out. */
export const BulkSample = ({ sample, action, excluded, disabled, onExclude }: Props) => (
  <ul className={css['sample']}>
    {sample.map(({ row, source, target }) => {
      const isOut = excluded.has(row.id);
      return (
        <li key={row.id} className={isOut ? css['out'] : undefined}>
          <Checkbox checked={!isOut} disabled={disabled} onChange={(on) => onExclude(row.id, !on)}><span className="only-read-aloud">{t('bulk.change', { pair: count(row.id) })}</span></Checkbox>
          <span className={css['number']}>{count(row.id)}</span>
          <OneSide row={row} side="source" after={isOut ? null : source} />
          <OneSide row={row} side="target" after={isOut ? null : target} />
          <span className={css['what']}>{isOut ? t('bulk.leftOut') : action === undefined ? '' : wordsOf(row, action)}</span>
        </li>
      );
    })}
  </ul>
);

const OneSide = ({ row, side, after }: { readonly row: PairRow; readonly side: Side; readonly after: string | null }) => {
  const { text, language } = row[side];
  return <Text language={language} className={after === null ? (css['same'] ?? '') : ''}>{after === null ? text : <DiffText before={text} after={after} language={language} />}</Text>;
};

/** What a decision or a flag becomes. */
const wordsOf = (row: PairRow, action: BulkAction): string => {
  if (action.kind === 'decide') return t('bulk.becomes', { before: t(`review.decision.${row.review.decision}`), after: t(`review.decision.${action.decision}`) });
  if (action.kind === 'flag') return t(action.value ? `review.flag.${action.flag}` : `review.notFlag.${action.flag}`);
  return '';
};
