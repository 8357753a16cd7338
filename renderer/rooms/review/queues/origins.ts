import type { PairOrigin } from '../../../../main/contract/pairs.ts';
import type { Output } from '../../../link/link.ts';
import { useQuery, useSlice, type QueryState } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { sameOrigin } from '../filters/filter.ts';

/** Something that pairs can be reviewed of: a finished run, or an imported bitext. */
export type Origin = { readonly key: string; readonly origin: PairOrigin; readonly name: string; readonly languages: readonly [source: string, target: string]; readonly pairs: number; readonly cut: number | null };

export const useOrigins = (): readonly Origin[] => {
  const open = useSlice('project', (slice) => slice.value?.path != null);
  const runs = useQuery('mine.runs', open ? {} : null, { touches: ['runs', 'project'] }).data ?? [];
  const collections = useSlice('collections', (slice) => slice.value) ?? [];
  return [
    ...runs.filter((run) => run.state === 'ready').toSorted((a, b) => b.id - a.id).map((run): Origin => ({
      key: `run-${run.id}`, origin: { run: run.id }, name: t('mine.runName', { id: String(run.id), name: run.name }), languages: [run.source.language, run.target.language], pairs: run.counts?.candidates ?? 0, cut: run.cut,
    })),
    ...collections.filter((each) => each.kind === 'bitext').map((each): Origin => ({
      key: `collection-${each.id}`, origin: { collection: each.id }, name: each.name, languages: [each.language, each.targetLanguage ?? 'und'], pairs: each.size, cut: null,
    })),
  ];
};

export const originOf = (origins: readonly Origin[], origin: PairOrigin | undefined): Origin | undefined => (origin === undefined ? undefined : origins.find((each) => sameOrigin(each.origin, origin)));
export const originName = (origins: readonly Origin[], origin: PairOrigin): string => originOf(origins, origin)?.name ?? ('run' in origin ? t('mine.run', { id: String(origin.run) }) : t('review.collection', { id: String(origin.collection) }));

export const useQueues = (annotator: number | undefined): QueryState<Output<'review.queues'>> => {
  const open = useSlice('project', (slice) => slice.value?.path != null);
  return useQuery('review.queues', open && annotator !== undefined ? { annotator } : null, { touches: ['project', 'pairs'] });
};
