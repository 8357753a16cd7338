import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';

/** The table all rooms share, as the store keeps it. */
export const createPairsService = (project: () => Project): PartOf<WorkbenchContract, 'pairs'> => ({
  'pairs.view': ({ origin, predicate, sort }, { signal }) => project().views.create({ origin, predicate, sort }, signal),
  'pairs.page': ({ view, from, count }) => {
    const { views } = project();
    return { rows: [...views.page(view, from, count)], count: views.get(view).count };
  },
  'pairs.columns': ({ origin }) => project().columns.list(origin).map(({ name, kind, producer, minimum, maximum }) => ({
    name, kind: kind === 'label' ? 'label' as const : 'score' as const, producer, minimum, maximum,
  })),
  'pairs.histogram': (request, { signal }) => project().pairs.histogram(request, signal),
  'pairs.locate': ({ view, value }) => ({ position: project().views.locate(view, value) }),
});
