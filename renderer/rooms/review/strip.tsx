import { useStore } from 'zustand';
import { t } from '../../strings/catalogue.ts';
import { count as inWords } from '../../strings/numbers.ts';
import { rich } from '../../strings/rich.tsx';
import { FilterChips } from './filters/filter-chips.tsx';
import type { Known } from './filters/filter-editor.tsx';
import type { Filter } from './filters/filter.ts';
import { SavedFilters } from './filters/saved-filters.tsx';
import { QueueChooser } from './queues/queue-chooser.tsx';
import { useCount } from './rows/use-count.ts';
import type { OpenPairs } from './rows/use-rows.ts';
import { reviewState } from './state.ts';
import css from './review.module.css';

type Props = { readonly pairs: OpenPairs; readonly filter: Filter; readonly known: Known; readonly total: number | undefined; readonly annotator: number | undefined };

/** What is open, which filters are on, and how many pairs that are. */
export const Strip = ({ pairs, filter, known, total, annotator }: Props) => (
  <>
    <h2 className="only-read-aloud">{t('review.filters')}</h2>
    <QueueChooser pairs={pairs} annotator={annotator} />
    {pairs.origin === undefined ? null : <><FilterChips filter={filter} known={known} /><SavedFilters filter={filter} order={pairs.order} /></>}
    <Count pairs={pairs} total={total} />
  </>
);

/** The rows of the order on the screen, of all pairs. While another order is made: what is counted so far, or the old number, dimmed. */
const Count = ({ pairs, total }: { readonly pairs: OpenPairs; readonly total: number | undefined }) => {
  const epoch = useStore(reviewState, (state) => state.epoch);
  const { origin, predicate, queue, stale, count } = pairs;
  const asks = origin !== undefined && queue === undefined && stale;
  const counting = useCount(asks ? { origin, predicate } : null, epoch);
  const all = total ?? counting?.total;
  const words = (number: number): React.ReactNode => (all === undefined ? rich('review.countAlone', { count: inWords(number) })
    : number === all ? rich('review.countAll', { count: inWords(number) })
      : rich(queue === undefined ? 'review.countOf' : 'review.countQueue', { count: inWords(number), total: inWords(all), hidden: inWords(all - number) }));
  if (asks && counting?.count !== undefined) return <span className={css['count']} role="status">{words(counting.count)}</span>;
  if (asks && counting !== undefined && counting.atLeast > 0) return <span className={css['count']} role="status">{t('review.atLeast', { count: counting.atLeast })}</span>;
  return <span className={`${css['count']} ${stale ? css['stale'] : ''}`} role="status" aria-busy={stale}>{count === undefined ? '' : words(count)}</span>;
};
