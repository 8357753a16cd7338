import { inOrder, type Link } from './similarity-links.ts';

/** One set of links out of those of two directions, both written source-target (Och and Ney 2003; Koehn et al. 2003); the same as fast_align's atools. */
export type Symmetrisation = 'intersect' | 'union' | 'grow-diag' | 'grow-diag-final-and';

const name = ([source, target]: Link): string => `${source}-${target}`;
/** Places around a link, along its diagonals too. */
const around = [[-1, 0], [0, -1], [1, 0], [0, 1], [-1, -1], [-1, 1], [1, -1], [1, 1]] as const;

export const symmetrise = (forward: readonly Link[], backward: readonly Link[], how: Symmetrisation): Link[] => {
  const [left, right] = [new Set(forward.map(name)), new Set(backward.map(name))];
  if (how === 'union') return inOrder([...forward, ...backward.filter((link) => !left.has(name(link)))]);
  const accepted = growing(forward.filter((link) => right.has(name(link))));
  if (how === 'intersect') return inOrder(accepted.links);
  grow(accepted, [...forward, ...backward.filter((link) => !left.has(name(link)))]);
  if (how === 'grow-diag-final-and') {
    for (const link of [...inOrder(forward), ...inOrder(backward)]) if (!accepted.hasSource(link[0]) && !accepted.hasTarget(link[1])) accepted.add(link);
  }
  return inOrder(accepted.links);
};

type Growing = { readonly links: Link[]; add(link: Link): void; has(link: Link): boolean; hasSource(source: number): boolean; hasTarget(target: number): boolean };

const growing = (start: readonly Link[]): Growing => {
  const links: Link[] = [];
  const [names, sources, targets] = [new Set<string>(), new Set<number>(), new Set<number>()];
  const add = (link: Link): void => { links.push(link); names.add(name(link)); sources.add(link[0]); targets.add(link[1]); };
  for (const link of inOrder(start)) add(link);
  return { links, add, has: (link) => names.has(name(link)), hasSource: (source) => sources.has(source), hasTarget: (target) => targets.has(target) };
};

/** Goes through the offered links in order, again and again, adding those that touch an accepted one and whose source or target word has none yet. */
const grow = (accepted: Growing, offered: readonly Link[]): void => {
  let waiting = inOrder(offered).filter((link) => !accepted.has(link));
  for (let before = -1; before !== waiting.length;) {
    before = waiting.length;
    waiting = waiting.filter((link) => {
      const [source, target] = link;
      const fits = (!accepted.hasSource(source) || !accepted.hasTarget(target)) && around.some(([down, right]) => accepted.has([source + down, target + right]));
      if (fits) accepted.add(link);
      return !fits;
    });
  }
};
