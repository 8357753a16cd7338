import { useStore } from 'zustand';
import { selectedCount } from '../../grid/selection.ts';
import type { Output } from '../../link/link.ts';
import { useAsker } from '../../stores/annotator.ts';
import { useApp, useQuery, type QueryState } from '../../stores/hooks.tsx';
import { t } from '../../strings/catalogue.ts';
import { count } from '../../strings/numbers.ts';
import { rich } from '../../strings/rich.tsx';
import { TextButton } from '../../widgets/button.tsx';
import type { Annotators } from './annotator.ts';
import { refresh } from './doing.ts';
import type { OpenPairs } from './rows/use-rows.ts';
import { reviewGrid, reviewState } from './state.ts';

/** Position, what is judged and what is open, and the rows that stay only until somebody refreshes. */
export const Status = ({ pairs, facets }: { readonly pairs: OpenPairs; readonly facets: QueryState<Output<'pairs.facets'>> }) => {
  const app = useApp();
  const focus = useStore(reviewGrid, (grid) => grid.focus);
  const selected = useStore(reviewGrid, (grid) => selectedCount(grid.selection));
  const gone = useNoLongerMatch(pairs);
  const all = pairs.count ?? 0;
  const queue = pairs.narrowed ? undefined : pairs.queue;
  const open = queue === undefined ? facets.data?.decisions.none : queue.pairs - queue.judged;
  const judged = queue === undefined ? (facets.data === undefined || open === undefined ? undefined : facets.data.count - open) : queue.judged;
  return (
    <>
      <span>{focus < 0 || all === 0 ? '' : rich('review.status.row', { at: count(focus + 1), count: count(all) })}</span>
      {open === undefined || judged === undefined ? null : <span className={facets.stale ? 'is-stale' : undefined}>{rich('review.status.judged', { judged: count(judged), open: count(open) })}</span>}
      {gone > 0 ? <span className="line" role="status">{t('review.status.gone', { count: gone })} <TextButton onPress={() => void refresh(app)}>{t('review.status.refresh')}</TextButton></span> : null}
      {selected > 1 ? <span>{t('mine.status.selected', { count: selected })}</span> : null}
    </>
  );
};

/** Rows on the screen that would not be there if the filter were asked now. A whole queue knows; of other orders, those that were changed since are asked about. */
const useNoLongerMatch = ({ origin, predicate, queue: open, narrowed }: OpenPairs): number => {
  const queue = narrowed ? undefined : open;
  const changed = useStore(reviewState, (state) => state.changed);
  const ids = [...changed].slice(0, 10_000);
  const asks = origin !== undefined && queue === undefined && predicate !== null && ids.length > 0;
  const asker = useAsker();
  const { data } = useQuery('pairs.facets', asks ? { origin, predicate: { kind: 'all', of: [{ kind: 'pairs', ids }, predicate] }, by: null, ...asker } : null, { touches: ['pairs'] });
  if (queue !== undefined) return queue.noLongerMatch;
  return asks && data !== undefined ? Math.max(0, ids.length - data.count) : 0;
};

export const Saved = () => {
  const saving = useStore(reviewState, (state) => state.saving);
  const drafts = useStore(reviewState, (state) => state.drafts.size);
  return <span>{saving > 0 ? t('review.status.saving') : drafts > 0 ? t('review.status.drafts', { count: drafts }) : t('review.status.saved')}</span>;
};

export const StatusEnd = ({ people, languages }: { readonly people: Annotators; readonly languages: readonly [string, string] | undefined }) => {
  const me = people.all.find((each) => each.id === people.me);
  return (
    <>
      {languages === undefined ? null : <span>{t('mine.status.languages', { source: languages[0], target: languages[1] })}</span>}
      {me === undefined ? null : <button type="button" className="small" title={t('review.action.annotator')} onClick={() => reviewState.setState({ bar: 'who' })}><bdi>{me.name}</bdi></button>}
      {me?.perHour == null ? null : <span>{t('review.status.perHour', { count: Math.round(me.perHour) })}</span>}
    </>
  );
};
