import type { PairOrigin, PairRow } from '../../../../main/contract/pairs.ts';
import { useQuery } from '../../../stores/hooks.tsx';
import { MarginParts } from '../../../widgets/margin-parts.tsx';
import { lowered } from '../../../strings/catalogue.ts';
import { columnName } from '../filters/chip-words.ts';
import { valueOf, valueWords } from '../rows/columns.tsx';
import css from './desk.module.css';

/** What relates the two texts: the score of the table's spine, a margin with its parts. */
export const DeskSpine = ({ origin, row, score }: { readonly origin: PairOrigin; readonly row: PairRow; readonly score: string | undefined }) => {
  const why = useQuery('mine.explain', 'run' in origin && score === 'margin' && row.review.splitFrom === null ? { run: origin.run, pair: row.id } : null, { touches: ['project', 'runs'] });
  const isOld = why.stale || why.data?.pair !== row.id;
  return (
    <div className={css['spine']}>
      {score === undefined ? null : <><div className={css['figure']}>{valueWords(valueOf(row, score))}</div><div className="micro dim ellipsis" title={columnName(score)}>{lowered(columnName(score))}</div></>}
      {why.data === undefined ? null : <div className={isOld ? 'is-stale' : undefined}><MarginParts why={why.data} /></div>}
    </div>
  );
};
