import type { PairOrigin } from '../../contract/pairs.ts';
import type { Project } from '../../store/api.ts';
import { goneColumn } from '../../store/review-columns.ts';

/**
 * Pairs that belong together because some of them were cut or joined: the pairs as they were, and what has become of them.
 *
 * Only the end counts, not the way to it: any order of splits, merges and their undoing gives pairs that are still there (with other texts), pairs that
 * are new, and pairs that are hidden in one of them.
 */
export type Regrouped = {
  /** Ids below `before`, ascending: what the others have come from. */
  readonly pairs: readonly number[];
  /** What is there now, ascending; `from`: the pair of `pairs` itself, or the one it was split from. */
  readonly made: readonly { readonly id: number; readonly from: number }[];
  /** Pairs of `pairs` that are gone, and in which of `made` their texts are. */
  readonly gone: readonly { readonly pair: number; readonly into: number }[];
};

const slice = 500;

/** All groups among the pairs of an origin that were there before the id `before`. A pair that nobody cut or joined is in none. */
export const regroupedPairs = async (project: Project, origin: PairOrigin, before: number, signal: AbortSignal): Promise<readonly Regrouped[]> => {
  const { first, count } = project.pairs.range(origin);
  const hidden = hiddenPairs(project, origin);
  const splitFrom = await splitsOf(project, origin, hidden, signal);
  const rootOf = (id: number): number => {
    let root = id;
    for (let from = splitFrom.get(root); root >= before && from !== undefined; from = splitFrom.get(root)) root = from;
    return root;
  };
  const mergedInto = new Map<number, number>();
  for (const id of hidden) {
    const merge = project.reviews.history(origin, id).find(({ kind, side, undone }) => kind === 'merge' && side === null && !undone);
    const into = Number(merge?.after);
    if (merge !== undefined && into >= first && into < first + count) mergedInto.set(id, into);
  }
  const endOf = (id: number): number => {
    let end = id;
    for (let into = mergedInto.get(end); into !== undefined; into = mergedInto.get(end)) end = into;
    return end;
  };
  const links = [...[...splitFrom.keys()].filter((id) => !hidden.has(id)).map((id) => [id, rootOf(id)] as const), ...[...mergedInto].flatMap(([id, into]) => [[rootOf(id), rootOf(into)], [rootOf(into), endOf(into)]] as const)];
  return componentsOf(links).map((ids): Regrouped => ({
    pairs: ids.filter((id) => id < before),
    made: ids.filter((id) => !hidden.has(id)).map((id) => ({ id, from: rootOf(id) })),
    gone: ids.filter((id) => id < before && hidden.has(id)).map((pair) => ({ pair, into: endOf(pair) })),
  }));
};

const hiddenPairs = (project: Project, origin: PairOrigin): ReadonlySet<number> => {
  const { first, count } = project.pairs.range(origin);
  const gone = project.columns.find(origin, goneColumn);
  const hidden = new Set<number>();
  if (gone !== null) project.columns.read(gone, first, count).forEach((value, at) => { if (value === 1) hidden.add(first + at); });
  return hidden;
};

/** Parents of added pairs, those that were merged away again too. */
const splitsOf = async (project: Project, origin: PairOrigin, hidden: ReadonlySet<number>, signal: AbortSignal): Promise<ReadonlyMap<number, number>> => {
  const parents = new Map<number, number>();
  const added = [...await project.pairs.select(origin, { kind: 'mark', mark: 'added', value: true }, signal), ...hidden];
  for (let from = 0; from < added.length; from += slice) {
    signal.throwIfAborted();
    for (const { id, review } of project.pairs.rows(origin, added.slice(from, from + slice), [])) if (review.splitFrom !== null) parents.set(id, review.splitFrom);
  }
  return parents;
};

/** Ids that hang together, each component ascending, the components by their first id. */
const componentsOf = (links: readonly (readonly [number, number])[]): readonly (readonly number[])[] => {
  const parent = new Map<number, number>();
  const top = (id: number): number => {
    let at = id;
    for (let up = parent.get(at) ?? at; up !== at; up = parent.get(at) ?? at) at = up;
    return at;
  };
  for (const [left, right] of links) {
    const [one, other] = [top(left), top(right)].toSorted((a, b) => a - b);
    for (const id of [left, right]) if (!parent.has(id)) parent.set(id, id);
    if (one !== undefined && other !== undefined) parent.set(other, one);
  }
  const components = Map.groupBy([...parent.keys()].toSorted((a, b) => a - b), top);
  return [...components.values()];
};
