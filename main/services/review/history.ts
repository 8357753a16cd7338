import { Failure } from '../../contract/errors.ts';
import type { PairOrigin } from '../../contract/pairs.ts';
import type { PairEvent } from '../../contract/review.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import type { StoredEvent } from '../../store/api-review.ts';
import type { ReviewContext } from './context.ts';
import { presentPairs } from './context.ts';
import { writeTexts } from './editing.ts';

type Part = Pick<PartOf<WorkbenchContract, 'review'>, 'review.history' | 'review.restore'>;

/** `id` of the event that begins every history. */
const beginning = 0;

/** All that happened to a pair, and going back in it. */
export const createHistory = (context: ReviewContext): Part => ({
  'review.history': ({ origin, pair, annotator }) => {
    const project = context.project();
    const names = new Map(project.reviews.annotators().map(({ id, name }) => [id, name]));
    const isBlind = isBlindTo(project, annotator, pair);
    const events = project.reviews.history(origin, pair).filter((event) => !isBlind || !tellsOfOthers(event, annotator));
    const nameOf = ({ annotator: judge, by }: StoredEvent): string => (judge === null ? null : names.get(judge)) ?? by ?? '';
    return [...events.map((event): PairEvent => asTold(event, nameOf(event))), firstEvent(project, origin)];
  },
  'review.restore': ({ origin, pair, annotator, event: id }) => {
    const project = context.project();
    const by = project.reviews.annotator(annotator);
    presentPairs(project, { origin, pairs: [pair] });
    const event = id === beginning ? null : project.reviews.history(origin, pair).find((one) => one.id === id);
    if (event === undefined) throw new Failure('not-found', `Pair ${pair} has no such event in its history.`, { hint: 'Open its history again.' });
    const { original } = project.pairs.texts(origin, [pair]);
    const textOf = (side: 'source' | 'target'): string => (event === null ? null : project.reviews.textAfter(pair, side, event)) ?? original[side][0] ?? '';
    return writeTexts(context, { origin, annotator }, { title: `Restored pair ${pair}`, by }, 'edit', [{ pair, source: textOf('source'), target: textOf('target') }]);
  },
});

const asTold = ({ id, at, annotator, kind, side, before, after, title, undone }: StoredEvent, name: string): PairEvent => ({ id, at, annotator, name, kind, side, before, after, title, undone });

const firstEvent = (project: Project, origin: PairOrigin): PairEvent => {
  const run = 'run' in origin ? project.runs.get(origin.run) : null;
  const plain = { id: beginning, annotator: null, side: null, before: null, after: null, title: null, undone: false };
  if (run !== null && run.kind === 'mine') return { ...plain, kind: 'mined', at: run.createdAt, name: run.name };
  const collection = project.collections.get(run === null && 'collection' in origin ? origin.collection : run?.source.collection ?? 0, { removed: true });
  return { ...plain, kind: 'imported', at: collection.createdAt, name: collection.name };
};

/** Whether the annotator was given the pair in a queue where nobody is to know what others say. */
const isBlindTo = (project: Project, annotator: number, pair: number): boolean => project.queues.list().some((queue) => {
  if (!queue.blind || !queue.annotators.includes(annotator)) return false;
  const view = project.queues.view(queue, annotator);
  return project.views.ids(view, 0, project.views.get(view).count).includes(pair);
});

/** Changes of texts are everybody's: they are seen in the pair itself. */
const tellsOfOthers = ({ kind, annotator, side }: StoredEvent, self: number): boolean =>
  annotator !== self && (kind === 'decision' || kind === 'label' || kind === 'flag' || kind === 'comment' || (kind === 'bulk' && side === null));
