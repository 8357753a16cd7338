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
  'pairs.count': async ({ origin, predicate }, { signal, item }) => {
    const { pairs } = project();
    // A reader that takes its time must not hold the search up: what it has not taken yet is old by then.
    const count = await pairs.count(origin, predicate, signal, (atLeast) => void item({ atLeast }).catch(() => undefined));
    return { count, total: await pairs.count(origin, null, signal) };
  },
  'pairs.facets': (request, { signal }) => project().pairs.facets(request, signal),
  'pairs.locate': ({ view, value }) => ({ position: project().views.locate(view, value) }),
  'pairs.find': ({ view, pair }) => ({ position: project().views.find(view, pair) }),
});
