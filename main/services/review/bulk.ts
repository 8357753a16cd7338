import { Failure } from '../../contract/errors.ts';
import type { InputOf, ItemOf, OutputOf } from '../../contract/method.ts';
import type { BulkAction, bulkContract } from '../../contract/review-bulk.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import { checks, checkMask } from '../../domain/review/checks/check-ids.ts';
import { createPairChecks } from '../../domain/review/checks/check-pair.ts';
import { createSmallestSample } from '../../domain/review/smallest-sample.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project, Recorder } from '../../store/api.ts';
import { everyPair } from '../../store/api-review.ts';
import { createChanger, type Changer, type Changes } from './bulk-changes.ts';
import type { ReviewContext } from './context.ts';
import { asEdit } from './editing.ts';
import { languagesOfPairs } from './languages.ts';

type Part = Pick<PartOf<WorkbenchContract, 'review'>, keyof typeof bulkContract>;
type Scope = InputOf<(typeof bulkContract)['review.bulkApply']>;
type Preview = OutputOf<(typeof bulkContract)['review.bulkPreview']>;
type Progress = ItemOf<(typeof bulkContract)['review.bulkApply']>;

/** Pairs looked at in one turn of the event loop. */
const slice = 2_048;

/** One change to everything that matches: shown first, made in slices, one entry in the history. `touched` is told when it is over. */
export const createBulk = (context: ReviewContext, touched: () => void): Part => ({
  'review.bulkPreview': (scope, { signal }) => preview(context.project(), scope, signal),
  'review.bulkApply': async (scope, { signal, item }) => {
    try {
      return await apply(context, scope, signal, item);
    } finally {
      touched();
    }
  },
});

const preview = async (project: Project, scope: InputOf<(typeof bulkContract)['review.bulkPreview']>, signal: AbortSignal): Promise<Preview> => {
  const ids = await project.pairs.select(scope.origin, scope.predicate, signal);
  const excluded = new Set(scope.excluded);
  const sample = createSmallestSample<Sampled>(scope.sample, scope.seed);
  let [changing, places] = [0, 0];
  await eachChange(project, scope, ids, signal, async (changes) => {
    changes.pairs.forEach((pair, at) => {
      sample.offer(pair, () => ({ pair, source: changes.source[at] ?? null, target: changes.target[at] ?? null }));
      if (excluded.has(pair)) return;
      changing += 1;
      places += changes.places[at] ?? 0;
    });
  });
  const chosen = sample.items().toSorted((left, right) => left.pair - right.pair);
  const rows = project.pairs.rows(scope.origin, chosen.map(({ pair }) => pair));
  return {
    matched: ids.length, changing, places, excluded: ids.reduce((sum, id) => sum + Number(excluded.has(id)), 0),
    wouldFail: countFailing(project, scope, chosen.filter(({ pair }) => !excluded.has(pair))),
    sample: rows.map((row, at) => ({ row, source: chosen[at]?.source ?? null, target: chosen[at]?.target ?? null, excluded: excluded.has(row.id) })),
  };
};

type Sampled = { readonly pair: number; readonly source: string | null; readonly target: string | null };

/** Pairs that would have an error of a check that they do not have now. */
const countFailing = (project: Project, { origin }: Pick<Scope, 'origin'>, sample: readonly Sampled[]): number => {
  if (sample.every(({ source, target }) => source === null && target === null)) return 0;
  const pairChecks = createPairChecks(languagesOfPairs(project, origin));
  const errors = checks.reduce((mask, { id, severity }) => (severity === 'error' ? mask | checkMask(id) : mask), 0);
  const now = project.pairs.texts(origin, sample.map(({ pair }) => pair));
  return sample.filter(({ source, target }, at) => {
    const [oldSource, oldTarget] = [now.source[at] ?? '', now.target[at] ?? ''];
    return (pairChecks.bits(source ?? oldSource, target ?? oldTarget) & errors & ~pairChecks.bits(oldSource, oldTarget)) !== 0;
  }).length;
};

const apply = async ({ project: current, now }: ReviewContext, scope: Scope, signal: AbortSignal, item: (progress: Progress) => Promise<void>): Promise<OutputOf<(typeof bulkContract)['review.bulkApply']>> => {
  const project = current();
  const by = project.reviews.annotator(scope.annotator);
  if (scope.action.kind === 'decide' && scope.action.decision === 'conflict') throw new Failure('bad-input', 'A conflict is what differing judgements make; nobody can decide it.');
  const matching = await project.pairs.select(scope.origin, scope.predicate, signal);
  const excluded = new Set(scope.excluded);
  const ids = excluded.size === 0 ? matching : matching.filter((id) => !excluded.has(id));
  const title = titleOf(scope.action);
  const { entry, result } = await project.operations.run({ title, annotator: by.name, bulk: true }, async (recorder) => {
    recorder.addEvent({ pair: everyPair, annotator: by.id, side: null, before: null, at: now(), ...eventOf(scope.action) });
    const write = createWrites(recorder, scope, Math.floor(now() / 1_000));
    let [done, changed] = [0, 0];
    await eachChange(project, scope, ids, signal, async (changes, looked) => {
      if (changed === 0 && changes.pairs.length > 0) recorder.describe({ focusPair: changes.pairs[0] ?? 0 });
      changed += changes.pairs.length;
      done += looked;
      await write.slice(changes);
      await item({ done, total: ids.length });
    });
    await write.rest();
    if (changed === 0) throw new Failure('bad-input', 'Nothing would change: none of the pairs that match has anything to change.', { detail: 'Nothing was written.' });
    recorder.describe({ title: `${title} in ${changed.toLocaleString('en')} ${changed === 1 ? 'pair' : 'pairs'}` });
    return changed;
  });
  return { entry, changed: result };
};

const eachChange = async (project: Project, { origin, action, annotator }: Scope, ids: Uint32Array, signal: AbortSignal, body: (changes: Changes, looked: number) => Promise<void>): Promise<void> => {
  const changer: Changer = createChanger(project, origin, action, annotator);
  const turn = (): Promise<void> => new Promise((go) => { setImmediate(go); });
  const look = (from: number): { readonly size: number; readonly changes: Promise<Changes> } => {
    const part = ids.subarray(from, from + slice);
    const changes = changer.changes(part);
    changes.catch(() => undefined);
    return { size: part.length, changes };
  };
  try {
    for (let from = 0, next = look(0); next.size > 0;) {
      signal.throwIfAborted();
      const changes = await next.changes;
      const { size } = next;
      await turn();
      from += slice;
      // The thread works at the next slice while this one is written.
      next = look(from);
      await turn();
      await body(changes, size);
    }
  } finally {
    changer.close();
  }
};

/** Changes are gathered: each write also writes a whole chunk of the columns it touches. */
const createWrites = (recorder: Recorder, { origin, action, annotator }: Scope, seconds: number) => {
  const isText = action.kind !== 'decide' && action.kind !== 'flag';
  const enough = isText ? 16_384 : 262_144;
  const waiting: { readonly pairs: Uint32Array; readonly source: readonly Edit[]; readonly target: readonly Edit[] }[] = [];
  let count = 0;
  const flush = async (): Promise<void> => {
    const parts = waiting.splice(0);
    const ids = new Uint32Array(count);
    let at = 0;
    for (const { pairs } of parts) { ids.set(pairs, at); at += pairs.length; }
    count = 0;
    if (ids.length === 0) return;
    if (action.kind === 'decide') await recorder.judge(origin, ids, { judge: annotator, decision: action.decision, label: null, reason: action.reason, at: seconds });
    else if (action.kind === 'flag') await recorder.setFlag(origin, ids, action.flag, action.value);
    else await recorder.setTexts(origin, ids, { source: parts.flatMap(({ source }) => source), target: parts.flatMap(({ target }) => target) });
  };
  return {
    slice: async ({ pairs, source, target, texts }: Changes): Promise<void> => {
      const edits = (side: readonly (string | undefined)[], originals: readonly string[]): readonly Edit[] => side.map((text, at) => (text === undefined ? undefined : asEdit(text, originals[at])));
      waiting.push({ pairs, source: edits(source, texts.original.source), target: edits(target, texts.original.target) });
      count += pairs.length;
      if (count >= enough) await flush();
    },
    rest: flush,
  };
};

/** Null gives the original back, undefined leaves the text. */
type Edit = string | null | undefined;

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
