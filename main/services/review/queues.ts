import { Failure } from '../../contract/errors.ts';
import { knownFailure } from '../../contract/known-failures.ts';
import type { InputOf } from '../../contract/method.ts';
import type { Queue, queuesContract } from '../../contract/review-queues.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import { shareOut } from '../../domain/review/share-out.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { QueueOrders, StoredQueue } from '../../store/api-queues.ts';
import type { Project } from '../../store/api.ts';
import type { ReviewContext } from './context.ts';
import { drawPairs } from './queue-sampling.ts';
import { schemeById } from './schemes.ts';

type Part = Pick<PartOf<WorkbenchContract, 'review'>, keyof typeof queuesContract>;
type Opened = InputOf<(typeof queuesContract)['review.openQueue']>;

/** What is to be judged: frozen orders in the file, one position an annotator; and the filters kept by name. */
export const createQueues = ({ project, now }: ReviewContext): Part => ({
  'review.queues': async ({ annotator }, { signal }) => {
    const queues: Queue[] = [];
    for (const queue of project().queues.list()) queues.push(await asSeen(project(), queue, annotator, signal));
    return queues;
  },
  'review.queue': ({ queue, annotator }, { signal }) => asSeen(project(), project().queues.get(queue), annotator, signal),
  'review.openQueue': async (input, { signal }) => {
    const { annotator, ...asked } = checked(project(), input);
    const { queues } = project();
    const all = await drawPairs(project().seenBy(annotator), asked, signal);
    if (all.length === 0) throw knownFailure('no-pair-matches');
    const parts = shareOut(all, asked.annotators, asked.overlap);
    const stored = await queues.create({ ...asked, createdAt: now() }, { all, shares: new Map(asked.annotators.map((one, at) => [one, parts[at] ?? new Uint32Array(0)])) });
    return asSeen(project(), stored, annotator, signal);
  },
  'review.renameQueue': ({ queue, annotator, name }, { signal }) => {
    project().queues.rename(queue, namedWell(name));
    return asSeen(project(), project().queues.get(queue), annotator, signal);
  },
  'review.removeQueue': ({ queue }) => {
    project().queues.remove(queue);
    return {};
  },
  'review.setPosition': ({ queue, annotator, position }) => {
    project().queues.setPosition(queue, annotator, Math.max(0, Math.trunc(position)));
    return {};
  },
  'review.refreshQueue': async ({ queue, annotator }, { signal }) => asSeen(project(), await refreshed(project(), project().queues.get(queue), signal), annotator, signal),
  'review.endBlind': ({ queue, annotator }, { signal }) => {
    project().queues.endBlind(queue);
    return asSeen(project(), project().queues.get(queue), annotator, signal);
  },
  'review.filters': () => [...project().filters.list()],
  'review.saveFilter': ({ name, ...filter }) => {
    project().filters.save({ ...filter, name: namedWell(name) });
    return [...project().filters.list()];
  },
  'review.removeFilter': ({ id }) => {
    project().filters.remove(id);
    return [...project().filters.list()];
  },
});

const asSeen = async (project: Project, stored: StoredQueue, annotator: number, signal: AbortSignal): Promise<Queue> => {
  const { queues } = project.seenBy(annotator);
  const standing = await queues.standing(stored, annotator, signal);
  const { edition: _, ...queue } = stored;
  return { ...queue, ...standing, view: queues.view(stored, annotator), position: Math.min(queues.position(queue.id, annotator), standing.pairs) };
};

/** Every list without what no longer matches, as far as its annotator may know; who stood at a pair stands at it still, or at the next one that is left. */
const refreshed = async (project: Project, queue: StoredQueue, signal: AbortSignal): Promise<StoredQueue> => {
  const { queues, views } = project;
  const idsOf = (annotator: number): Uint32Array => {
    const view = queues.view(queue, annotator);
    return views.ids(view, 0, views.get(view).count);
  };
  const matching = (seen: Project, ids: Uint32Array): Promise<Uint32Array> => seen.queues.matching(queue.origin, queue.predicate, ids, signal);
  const shares = new Map<number, Uint32Array>();
  for (const annotator of queue.annotators) shares.set(annotator, await matching(project.seenBy(annotator), idsOf(annotator)));
  const positions = new Map<number, number>();
  for (const [annotator, at] of queues.positions(queue.id)) positions.set(annotator, (await matching(project.seenBy(annotator), idsOf(annotator).subarray(0, at))).length);
  const orders: QueueOrders = { all: await matching(project, idsOf(everybody)), shares };
  return queues.replace(queue.id, orders, positions);
};

/** No annotator has this number: the list of all. */
const everybody = 0;

const checked = (project: Project, input: Opened): Opened => {
  const { sampling, overlap } = input;
  const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 10_000_000;
  if ('count' in sampling && !isCount(sampling.count)) throw new Failure('bad-input', `A queue takes a whole number of pairs, not ${sampling.count}.`);
  if (sampling.kind === 'stratified' && !(Number.isInteger(sampling.bands) && sampling.bands >= 1 && sampling.bands <= 1_000)) throw new Failure('bad-input', `A score is cut into 1 to 1,000 bands, not ${sampling.bands}.`);
  if (!(overlap >= 0 && overlap <= 1)) throw new Failure('bad-input', `The share of pairs given to two annotators lies between 0 and 1, not at ${overlap}.`);
  schemeById(project, input.scheme);
  const annotators = [...new Set(input.annotators)];
  for (const annotator of annotators) project.reviews.annotator(annotator);
  return { ...input, annotators, name: namedWell(input.name) };
};

const namedWell = (name: string): string => {
  const trimmed = name.trim();
  if (trimmed === '') throw knownFailure('name-missing');
  return trimmed;
};
