import type { PairOrigin, Predicate } from '../../contract/pairs.ts';
import type { Sampling } from '../../contract/review-queues.ts';
import { positionsAround, randomPositions, stratifiedPositions } from '../../domain/review/sampling.ts';
import type { Ascending } from '../../domain/review/sampling.ts';
import { halfwayPoint } from '../../domain/review/uncertainty.ts';
import type { Project } from '../../store/api.ts';

type Asked = { readonly origin: PairOrigin; readonly predicate: Predicate | null; readonly sampling: Sampling };

/** The pairs of a new queue, in the order in which they are to be judged. */
export const drawPairs = async (project: Project, { origin, predicate, sampling }: Asked, signal: AbortSignal): Promise<Uint32Array> => {
  switch (sampling.kind) {
    case 'all': {
      const { view, count } = await project.views.create({ origin, predicate, sort: sampling.sort }, signal);
      return project.views.ids(view, 0, count);
    }
    case 'random': {
      const ids = await project.pairs.select(origin, predicate, signal);
      return randomPositions(ids.length, sampling.count, sampling.seed).map((position) => ids[position] ?? 0);
    }
    case 'stratified': return byScore(project, origin, predicate, sampling.column, signal, (order) => stratifiedPositions(order, sampling.bands, sampling.count, sampling.seed));
    case 'around': return byScore(project, origin, predicate, sampling.column, signal, (order) => positionsAround(order, sampling.value, sampling.count));
    case 'uncertainty': {
      const judged = await judgedHalfway(project, origin, sampling.column, signal);
      const cut = 'run' in origin ? project.runs.get(origin.run).cut : null;
      const median = (order: Ascending): number => (order.length === 0 ? 0 : order.valueAt(order.length >>> 1));
      return byScore(project, origin, predicate, sampling.column, signal, (order) => positionsAround(order, judged ?? (sampling.column === 'margin' ? cut : null) ?? median(order), sampling.count));
    }
  }
};

const byScore = async (project: Project, origin: PairOrigin, predicate: Predicate | null, column: string, signal: AbortSignal, choose: (order: Ascending) => Uint32Array): Promise<Uint32Array> => {
  const { view, count } = await project.views.create({ origin, predicate, sort: { column, descending: false } }, signal);
  const ids = project.views.ids(view, 0, count);
  return choose(project.views.sortedValues(view)).map((position) => ids[position] ?? 0);
};

/** Enough to place a point well; a fit over a million judgements would only be slower. */
const fitted = 5_000;

/** From the decisions in force; where there are many, from every nth of them in order of the score. */
const judgedHalfway = async (project: Project, origin: PairOrigin, column: string, signal: AbortSignal): Promise<number | null> => {
  const orders: { readonly accepted: boolean; readonly order: Ascending }[] = [];
  for (const value of ['accept', 'reject'] as const) {
    const { view } = await project.views.create({ origin, predicate: { kind: 'decision', by: null, value }, sort: { column, descending: false } }, signal);
    orders.push({ accepted: value === 'accept', order: project.views.sortedValues(view) });
  }
  const step = Math.max(1, orders.reduce((sum, { order }) => sum + order.length, 0) / fitted);
  const points = orders.flatMap(({ accepted, order }) => Array.from({ length: Math.ceil(order.length / step) }, (_, at) => ({ accepted, score: order.valueAt(Math.floor(at * step)) })));
  return halfwayPoint(points.map(({ score }) => score), points.map(({ accepted }) => accepted));
};
