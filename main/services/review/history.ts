import { Failure } from '../../contract/errors.ts';
import type { PairOrigin } from '../../contract/pairs.ts';
import type { PairEvent, Side } from '../../contract/review.ts';
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
    const events = project.seenBy(annotator).reviews.history(origin, pair);
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
    const textOf = (side: Side): string | undefined => {
      const text = event === null ? null : project.reviews.textAfter(pair, side, event);
      return text === null ? original[side][0] ?? '' : text;
    };
    const [source, target] = [textOf('source'), textOf('target')];
    if (source === undefined && target === undefined) throw new Failure('not-found', `Nobody knows any more how pair ${pair} read then: the change was undone, and another one has taken its place since.`, { detail: 'Nothing was changed.', hint: 'Restore another moment of its history.' });
    // Of a change that was undone and forgotten, only what it wrote itself is known: the other side stays as it reads.
    const title = source === undefined ? `Restored the target of pair ${pair}` : target === undefined ? `Restored the source of pair ${pair}` : `Restored pair ${pair}`;
    return writeTexts(context, { origin, annotator }, { title, by }, 'edit', [{ pair, ...(source === undefined ? {} : { source }), ...(target === undefined ? {} : { target }) }]);
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
