import { Failure } from '../../contract/errors.ts';
import { knownFailure } from '../../contract/known-failures.ts';
import type { InputOf, ItemOf, OutputOf } from '../../contract/method.ts';
import type { BulkAction, bulkContract } from '../../contract/review-bulk.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Recorder } from '../../store/api.ts';
import { everyPair } from '../../store/api-review.ts';
import { createChanger, type Changes } from './bulk-changes.ts';
import { previewBulk } from './bulk-preview.ts';
import { eachChange } from './bulk-walk.ts';
import type { ReviewContext } from './context.ts';

type Part = Pick<PartOf<WorkbenchContract, 'review'>, keyof typeof bulkContract>;
type Scope = InputOf<(typeof bulkContract)['review.bulkApply']>;
type Progress = ItemOf<(typeof bulkContract)['review.bulkApply']>;

/** One change to everything that matches: shown first, made in slices, one entry in the history. `touched` is told when it is over. */
export const createBulk = (context: ReviewContext, touched: () => void): Part => ({
  'review.bulkPreview': (scope, { signal, item }) => previewBulk(context.project().seenBy(scope.annotator), scope, signal, item),
  'review.bulkApply': async (scope, { signal, item }) => {
    try {
      return await apply(context, scope, signal, item);
    } finally {
      touched();
      // What a cancelled change has done is still being taken back.
      if (signal.aborted) void context.project().operations.settled().then(touched, () => undefined);
    }
  },
});

const apply = async ({ project: current, now }: ReviewContext, scope: Scope, signal: AbortSignal, item: (progress: Progress) => Promise<void>): Promise<OutputOf<(typeof bulkContract)['review.bulkApply']>> => {
  const project = current();
  const by = project.reviews.annotator(scope.annotator);
  if (scope.action.kind === 'decide' && scope.action.decision === 'conflict') throw new Failure('bad-input', 'A conflict is what differing judgements make; nobody can decide it.');
  const matching = await project.seenBy(scope.annotator).pairs.select(scope.origin, scope.predicate, signal);
  const excluded = new Set(scope.excluded);
  const ids = excluded.size === 0 ? matching : matching.filter((id) => !excluded.has(id));
  const title = titleOf(scope.action);
  const changer = createChanger(project, scope.origin, scope.action, scope.annotator);
  const { entry, result } = await project.operations.run({ title, annotator: by.name, bulk: true, signal }, async (recorder) => {
    recorder.addEvent({ pair: everyPair, annotator: by.id, side: null, before: null, at: now(), ...eventOf(scope.action) });
    const write = createWrites(recorder, scope, Math.floor(now() / 1_000));
    let [done, changed] = [0, 0];
    await eachChange(changer, ids, { signal }, async (changes, looked) => {
      if (changed === 0 && changes.pairs.length > 0) recorder.describe({ focusPair: changes.pairs[0] ?? 0 });
      changed += changes.pairs.length;
      done += looked;
      await write.slice(changes);
      await item({ done, total: ids.length });
    });
    await write.rest();
    if (changed === 0) throw knownFailure('nothing-to-change');
    recorder.describe({ title: `${title} in ${changed.toLocaleString('en')} ${changed === 1 ? 'pair' : 'pairs'}` });
    return changed;
  }).finally(changer.close);
  return { entry, changed: result };
};

/** Changes are gathered: each write also writes a whole chunk of the columns it touches. */
const createWrites = (recorder: Recorder, { origin, action, annotator }: Scope, seconds: number) => {
  const isText = action.kind !== 'decide' && action.kind !== 'flag';
  const enough = isText ? 16_384 : 262_144;
  const waiting: Changes[] = [];
  let count = 0;
  const flush = async (): Promise<void> => {
    const parts = waiting.splice(0);
    const ids = new Uint32Array(count);
    let at = 0;
    for (const { pairs } of parts) { ids.set(pairs, at); at += pairs.length; }
    count = 0;
    if (ids.length === 0) return;
    if (action.kind === 'decide') await recorder.judge(origin, ids, { judge: annotator, decision: action.decision, label: null, reason: action.reason, at: seconds });
    else if (action.kind === 'flag') await recorder.setFlag(origin, ids, action.flag, action.value, annotator);
    else {
      const [source, target] = [side(parts, 'source'), side(parts, 'target')];
      await recorder.setTexts(origin, ids, { ...(source === undefined ? {} : { source }), ...(target === undefined ? {} : { target }) });
    }
  };
  const side = (parts: typeof waiting, name: 'source' | 'target'): (string | null | undefined)[] | undefined =>
    (parts.every((part) => part[name].length === 0) ? undefined : parts.flatMap((part) => (part[name].length === 0 ? new Array<undefined>(part.pairs.length).fill(undefined) : part[name])));
  return {
    slice: async (changes: Changes): Promise<void> => {
      waiting.push(changes);
      count += changes.pairs.length;
      if (count >= enough) await flush();
    },
    rest: flush,
  };
};

const titleOf = (action: BulkAction): string => {
  switch (action.kind) {
    case 'decide': return { none: 'Took the decision back', accept: 'Accepted', reject: 'Rejected', unsure: 'Marked as unsure', conflict: '' }[action.decision];
    case 'flag': return `${action.value ? 'Flagged' : 'Unflagged'} (${action.flag})`;
    case 'replace': return `Replaced “${action.find}” with “${action.with}”`;
    case 'normalise': return 'Normalised';
    case 'swap': return 'Swapped the sides';
    case 'restore': return 'Restored the imported texts';
  }
};

const eventOf = (action: BulkAction): { readonly kind: 'decision' | 'flag' | 'edit' | 'swap'; readonly after: string | null } => {
  switch (action.kind) {
    case 'decide': return { kind: 'decision', after: action.decision };
    case 'flag': return { kind: 'flag', after: action.value ? action.flag : null };
    case 'swap': return { kind: 'swap', after: null };
    case 'replace': case 'normalise': case 'restore': return { kind: 'edit', after: null };
  }
};
