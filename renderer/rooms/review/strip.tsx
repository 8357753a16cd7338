import { EyeOff } from 'lucide-react';
import { useStore } from 'zustand';
import type { Predicate } from '../../../main/contract/pairs.ts';
import { useApp } from '../../stores/hooks.tsx';
import { t } from '../../strings/catalogue.ts';
import { count as inWords } from '../../strings/numbers.ts';
import { rich } from '../../strings/rich.tsx';
import { TextButton } from '../../widgets/button.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { reviewAction } from './actions.ts';
import { chipWords } from './filters/chip-words.ts';
import { FilterChips } from './filters/filter-chips.tsx';
import type { Known } from './filters/filter-editor.tsx';
import { filterOf, type Filter } from './filters/filter.ts';
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
    {pairs.queue?.blind === true ? <Blind /> : null}
    {pairs.queue === undefined ? null : <FrozenFrom predicate={pairs.queue.predicate} known={known} />}
    {pairs.origin === undefined || (pairs.failure !== undefined && pairs.view === undefined) ? null : <><FilterChips filter={filter} known={known} /><SavedFilters filter={filter} order={pairs.order} /></>}
    <Count pairs={pairs} total={total} />
  </>
);

/** Nobody is told what others said of these pairs; the way out of that. */
const Blind = () => {
  const app = useApp();
  return <span className={`line small dim ${css['blind']}`} title={t('review.queue.blind')}><Icon of={EyeOff} size={13} />{t('review.blind')} <TextButton label={t('review.action.endBlind')} onPress={() => void reviewAction('review.endBlind').run(app)}>{t('review.blind.endShort')}</TextButton></span>;
};

/** What the queue was opened with: part of it, not to be taken away. */
const FrozenFrom = ({ predicate, known }: { readonly predicate: Predicate | null; readonly known: Known }) => {
  if (predicate === null) return null;
  const words = t('review.queueFrom', { filters: filterOf(predicate).of.map((chip) => chipWords(chip, known).join(' ')).join(', ') });
  return <bdi className={`small dim ellipsis ${css['from']}`} title={words}>{words}</bdi>;
};

/** The rows of the order on the screen, of all pairs. While another order is made: what is counted so far, or the old number, dimmed. */
const Count = ({ pairs, total }: { readonly pairs: OpenPairs; readonly total: number | undefined }) => {
  const epoch = useStore(reviewState, (state) => state.epoch);
  const { origin, predicate, queue, narrowed, stale, count } = pairs;
  const asks = origin !== undefined && (queue === undefined || narrowed) && stale;
  const counting = useCount(asks ? { origin, predicate } : null, epoch);
  const all = narrowed ? queue?.pairs : total ?? counting?.total;
  const words = (number: number): React.ReactNode => (all === undefined ? rich('review.countAlone', { count: inWords(number) })
    : number === all && !narrowed ? rich('review.countAll', { count: inWords(number) })
      : rich(narrowed ? 'review.countWithin' : queue === undefined ? 'review.countOf' : 'review.countQueue', { count: inWords(number), total: inWords(all), hidden: inWords(all - number) }));
  if (asks && counting?.count !== undefined) return <span className={css['count']} role="status">{words(counting.count)}</span>;
  if (asks && counting !== undefined && counting.atLeast > 0) return <span className={css['count']} role="status">{t('review.atLeast', { count: counting.atLeast })}</span>;
  return <span className={`${css['count']} ${stale ? css['stale'] : ''}`} role="status" aria-busy={stale}>{count === undefined ? '' : words(count)}</span>;
};
