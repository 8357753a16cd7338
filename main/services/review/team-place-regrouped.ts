import type { PairOrigin } from '../../contract/pairs.ts';
import { editedText } from '../../domain/review/edited-text.ts';
import type { Project } from '../../store/api.ts';
import type { StoredAnnotator } from '../../store/api-review.ts';
import { createPacer } from '../../store/pacer.ts';
import { goneColumn } from '../../store/review-columns.ts';
import type { Brought, Refused, Regrouping } from './team-merge.ts';
import type { RegroupedLine, WorkLine } from './work-files.ts';

export type PlacedGroup = RegroupedLine & { readonly line: number };

/** Every pair of the group is either there still or gone into one that is, and nothing comes from elsewhere. */
export const isSound = ({ pairs, made, gone }: RegroupedLine): boolean => {
  const numbers = new Set(pairs.map(({ pair }) => pair));
  const kept = made.flatMap(({ pair }) => (pair === null ? [] : [pair]));
  const all = [...kept, ...gone.map(({ pair }) => pair)];
  return numbers.size === pairs.length && all.length === numbers.size && new Set(all).size === numbers.size && all.every((pair) => numbers.has(pair))
    && made.every(({ pair, from }) => numbers.has(from) && (pair === null || pair === from)) && gone.every(({ into }) => into < made.length);
};

export const broughtOf = (by: StoredAnnotator, { decision, label, reason, at, flags, comments, line }: Omit<WorkLine, 'pair' | 'source' | 'target'> & { readonly line: number }, pair: number, edits: Brought['edits']): Brought =>
  ({ line, pair, said: at === 0 ? [] : [{ judge: by.id, decision, label, reason, at }], flags, edits, comments: comments.map((text) => text.toWellFormed()) });

/**
 * Finds out what is to be done about pairs that were cut or joined elsewhere.
 *
 * Where they read here as they were sent, the same is done here (`regroupings`). Where that was done already, what was said of them is compared like that of
 * all others. Where they were changed here as well, the texts here stay, and the pair waits for somebody to decide, with a comment that holds the others.
 */
export const placeRegrouped = async (project: Project, origin: PairOrigin, by: StoredAnnotator, groups: readonly PlacedGroup[], signal: AbortSignal): Promise<{ readonly brought: readonly Brought[]; readonly regroupings: readonly Regrouping[]; readonly refused: readonly Refused[] }> => {
  const pace = createPacer(signal);
  const children = groups.length === 0 ? new Map<number, number[]>() : await addedPairs(project, origin, signal);
  const brought: Brought[] = [];
  const regroupings: Regrouping[] = [];
  const refused: Refused[] = [];
  for (const group of groups) {
    const done = madeHere(project, origin, group, children);
    if (isAsSent(project, origin, group)) regroupings.push(regroupingOf(by, group));
    else if (done !== null) group.made.forEach((one, at) => brought.push(broughtOf(by, { ...one, line: group.line }, done[at] ?? 0, [])));
    else {
      const present = group.pairs.find(({ pair }) => isPresent(project, origin, pair));
      refused.push({ line: group.line, reason: `${namesOf(group)} cut or joined by ${by.name} and changed here as well; the texts here stay` });
      if (present !== undefined) brought.push({ line: group.line, pair: present.pair, said: [], flags: [], edits: [], comments: [], dispute: disputeOf(group, by) });
    }
    await pace();
  }
  return { brought, regroupings, refused };
};

const namesOf = ({ pairs }: RegroupedLine): string => (pairs.length === 1 ? `pair ${pairs[0]?.pair ?? 0} was` : `pairs ${pairs.map(({ pair }) => pair).join(', ')} were`);

const regroupingOf = (by: StoredAnnotator, { line, at, pairs, made, gone }: PlacedGroup): Regrouping => ({
  pairs: pairs.map(({ pair }) => pair), at, gone,
  made: made.map((one) => ({ pair: one.pair, from: one.from, source: editedText(one.source), target: editedText(one.target), brought: broughtOf(by, { ...one, line }, one.pair ?? one.from, []) })),
});

const longestComment = 10_000;

const disputeOf = ({ made }: RegroupedLine, { name }: StoredAnnotator): string => `${name} made these of it: ${made.map(({ source, target }) => `“${source}” – “${target}”`).join(' | ')}`.slice(0, longestComment).toWellFormed();

const isPresent = (project: Project, origin: PairOrigin, pair: number): boolean => {
  const gone = project.columns.find(origin, goneColumn);
  return gone === null || project.columns.valuesOf(gone, [pair])[0] !== 1;
};

const isAsSent = (project: Project, origin: PairOrigin, { pairs }: RegroupedLine): boolean => {
  const now = project.pairs.texts(origin, pairs.map(({ pair }) => pair));
  return pairs.every(({ pair, source, target }, at) => isPresent(project, origin, pair) && now.source[at] === source && now.target[at] === target);
};

/** The pairs here that are those made there, where the same has been done here before; null: it has not. */
const madeHere = (project: Project, origin: PairOrigin, { made, gone }: RegroupedLine, children: ReadonlyMap<number, readonly number[]>): readonly number[] | null => {
  if (gone.some(({ pair }) => isPresent(project, origin, pair))) return null;
  const taken = new Set<number>();
  const found = made.map(({ pair, from, source, target }) => {
    const candidates = pair === null ? (children.get(from) ?? []).filter((id) => !taken.has(id)) : [pair];
    const now = project.pairs.texts(origin, candidates);
    const at = candidates.findIndex((id, place) => isPresent(project, origin, id) && now.source[place] === editedText(source) && now.target[place] === editedText(target));
    const id = candidates[at];
    if (id !== undefined) taken.add(id);
    return id;
  });
  return found.every((id) => id !== undefined) ? found : null;
};

const slice = 500;

/** The pairs that splits made here, by the pair they were split from, ascending. */
const addedPairs = async (project: Project, origin: PairOrigin, signal: AbortSignal): Promise<Map<number, number[]>> => {
  const children = new Map<number, number[]>();
  const added = await project.pairs.select(origin, { kind: 'mark', mark: 'added', value: true }, signal);
  for (let from = 0; from < added.length; from += slice) {
    for (const { id, review: { splitFrom } } of project.pairs.rows(origin, added.subarray(from, from + slice), [])) {
      if (splitFrom !== null) children.set(splitFrom, [...children.get(splitFrom) ?? [], id]);
    }
  }
  return children;
};
