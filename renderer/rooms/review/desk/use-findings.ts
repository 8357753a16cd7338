import { useDeferredValue } from 'react';
import { useStore } from 'zustand';
import type { PairOrigin, PairRow } from '../../../../main/contract/pairs.ts';
import type { Output } from '../../../link/link.ts';
import { useQuery, type QueryState } from '../../../stores/hooks.tsx';
import { draftKey, reviewState } from '../state.ts';

/** What the checks find in the open pair, as its texts read now or would read with what is being typed. */
export const useFindings = (origin: PairOrigin | undefined, row: PairRow | undefined): QueryState<Output<'review.check'>> => {
  const drafts = useDeferredValue(useStore(reviewState, (state) => state.drafts));
  const typed = row === undefined ? [] : [drafts.get(draftKey(row.id, 'source')), drafts.get(draftKey(row.id, 'target'))];
  const draft = row === undefined || typed.every((text) => text === undefined) ? null : { source: typed[0] ?? row.source.text, target: typed[1] ?? row.target.text };
  return useQuery('review.check', origin === undefined || row === undefined ? null : { origin, pair: row.id, draft }, { touches: ['pairs', 'project'] });
};
