import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import type { Jobs } from '../jobs/index.ts';
import { createDetecting } from './detect-languages.ts';

/** The table all rooms share, as the store keeps it. */
export const createPairsService = ({ project, jobs }: { readonly project: () => Project; readonly jobs: Jobs }): PartOf<WorkbenchContract, 'pairs'> => {
  const detect = createDetecting(project, jobs);
  return {
    'pairs.view': async ({ annotator = null, ...request }, { signal }) => {
      const { views, pairs } = project().seenBy(annotator);
      const view = await views.create(request, signal);
      pairs.warm(request.origin);
      return view;
    },
    'pairs.page': ({ view, from, count, annotator = null }) => {
      const { views } = project().seenBy(annotator);
      return { rows: [...views.page(view, from, count)], count: views.get(view).count };
    },
    'pairs.columns': ({ origin }) => project().columns.list(origin).map(({ name, kind, producer, minimum, maximum }) => ({
      name, kind: kind === 'label' ? 'label' as const : 'score' as const, producer, minimum, maximum,
    })),
    'pairs.histogram': ({ annotator = null, ...request }, { signal }) => project().seenBy(annotator).pairs.histogram(request, signal),
    'pairs.count': async ({ origin, predicate, annotator = null }, { signal, item }) => {
      const { pairs } = project().seenBy(annotator);
      // A reader that takes its time must not hold the search up: what it has not taken yet is old by then.
      const count = await pairs.count(origin, predicate, signal, (atLeast) => void item({ atLeast }).catch(() => undefined));
      return { count, total: await pairs.count(origin, null, signal) };
    },
    'pairs.facets': ({ annotator = null, ...request }, { signal }) => project().seenBy(annotator).pairs.facets(request, signal),
    'pairs.locate': ({ view, value }) => ({ position: project().views.locate(view, value) }),
    'pairs.find': ({ view, pair }) => ({ position: project().views.find(view, pair) }),
    'pairs.detectLanguages': ({ origin }) => ({ job: detect(origin) }),
  };
};
