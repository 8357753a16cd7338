import type { InputOf } from '../../contract/method.ts';
import type { bulkContract, BulkPreview } from '../../contract/review-bulk.ts';
import { checks, checkMask } from '../../domain/review/checks/check-ids.ts';
import { createPairChecks } from '../../domain/review/checks/check-pair.ts';
import { createSmallestSample } from '../../domain/review/smallest-sample.ts';
import type { Project } from '../../store/api.ts';
import { firstWhere } from '../../store/order.ts';
import { createPacer } from '../../store/pacer.ts';
import { createChanger, type Changer } from './bulk-changes.ts';
import { eachChange } from './bulk-walk.ts';
import { languagesOfPairs } from './languages.ts';

type Scope = InputOf<(typeof bulkContract)['review.bulkPreview']>;
type Sampled = { readonly pair: number; readonly source: string | null; readonly target: string | null };

/** Pairs looked at for the first sample: where most of what matches changes, it is the last one, too. */
const glimpsed = 1_024;
/** Milliseconds of work in one turn of the event loop. */
const turn = 8;
/** Milliseconds between two reports; each waits longer, up to the most. */
const [firstReport, lastReport] = [150, 1_000];

/**
 * What would change: those pairs first that a sample takes first, so that some are shown at once, then all of them in their order.
 *
 * The sample is the changing pairs whose numbers hash lowest: what the glimpse finds of it stays.
 */
export const previewBulk = async (project: Project, scope: Scope, signal: AbortSignal, item: (found: BulkPreview) => Promise<void>): Promise<BulkPreview> => {
  const changer = createChanger(project, scope.origin, scope.action, scope.annotator);
  try {
    const ids = await project.pairs.select(scope.origin, scope.predicate, signal);
    const show = createShowing(project, scope, changer, ids, signal);
    const sample = createSmallestSample<number>(scope.sample, scope.seed);
    const glimpse = await glimpseOf(ids, scope.seed, signal);
    await eachChange(changer, glimpse, { signal, wanted: false }, ({ pairs }) => pairs.forEach((pair) => sample.offer(pair, () => pair)));
    const first = await show.rows(sample.items());
    // A reader that takes its time must not hold the counting up: what it has not taken yet is old by then.
    const tell = (found: Counted): void => void item(show.found(found, first)).catch(() => undefined);
    const { counted, chosen } = await countAll(scope, changer, ids, signal, tell);
    return show.found(counted, await show.rows(chosen));
  } finally {
    changer.close();
  }
};

type Counted = Pick<BulkPreview, 'looked' | 'changing' | 'places'>;

const countAll = async (scope: Scope, changer: Changer, ids: Uint32Array, signal: AbortSignal, tell: (counted: Counted) => void): Promise<{ readonly counted: Counted; readonly chosen: readonly number[] }> => {
  const excluded = new Set(scope.excluded);
  const sample = createSmallestSample<number>(scope.sample, scope.seed);
  let [looked, changing, places] = [0, 0, 0];
  let [told, wait] = [performance.now(), firstReport];
  tell({ looked, changing, places });
  await eachChange(changer, ids, { signal, wanted: false }, (changes, more) => {
    looked += more;
    changes.pairs.forEach((pair, at) => {
      sample.offer(pair, () => pair);
      if (excluded.has(pair)) return;
      changing += 1;
      places += changes.places[at] ?? 0;
    });
    if (performance.now() - told < wait) return;
    tell({ looked, changing, places });
    [told, wait] = [performance.now(), Math.min(lastReport, wait * 2)];
  });
  return { counted: { looked, changing, places }, chosen: sample.items() };
};

/** The pairs that a sample would take first, ascending. */
const glimpseOf = async (ids: Uint32Array, seed: number, signal: AbortSignal): Promise<Uint32Array> => {
  const pace = createPacer(signal, turn);
  const first = createSmallestSample<number>(glimpsed, seed);
  for (let from = 0; from < ids.length; from += 16_384) {
    for (const id of ids.subarray(from, from + 16_384)) first.offer(id, () => id);
    await pace();
  }
  return Uint32Array.from(first.items()).sort();
};

const createShowing = (project: Project, { origin, excluded }: Scope, changer: Changer, ids: Uint32Array, signal: AbortSignal) => {
  const out = new Set(excluded);
  const matchedOut = [...out].filter((pair) => ids[firstWhere(ids.length, (at) => (ids[at] ?? 0) >= pair)] === pair).length;
  const pace = createPacer(signal, turn);
  type Shown = Pick<BulkPreview, 'sample' | 'wouldFail'>;
  return {
    rows: async (pairs: readonly number[]): Promise<Shown> => {
      const chosen: Sampled[] = [];
      await eachChange(changer, Uint32Array.from(pairs).sort(), { signal }, (changes) => {
        const { original } = project.pairs.texts(origin, changes.pairs);
        const read = (side: 'source' | 'target', at: number): string | null => { const text = changes[side][at]; return text === null ? original[side][at] ?? '' : text ?? null; };
        changes.pairs.forEach((pair, at) => chosen.push({ pair, source: read('source', at), target: read('target', at) }));
      });
      await pace();
      const rows = project.pairs.rows(origin, chosen.map(({ pair }) => pair));
      await pace();
      return {
        sample: rows.map((row, at) => ({ row, source: chosen[at]?.source ?? null, target: chosen[at]?.target ?? null, excluded: out.has(row.id) })),
        wouldFail: countFailing(project, origin, chosen.filter(({ pair }) => !out.has(pair))),
      };
    },
    found: (counted: Counted, shown: Shown): BulkPreview => ({ matched: ids.length, excluded: matchedOut, ...counted, ...shown }),
  };
};

/** Pairs that would have an error of a check that they do not have now. */
const countFailing = (project: Project, origin: Scope['origin'], sample: readonly Sampled[]): number => {
  if (sample.every(({ source, target }) => source === null && target === null)) return 0;
  const pairChecks = createPairChecks(languagesOfPairs(project, origin));
  const errors = checks.reduce((mask, { id, severity }) => (severity === 'error' ? mask | checkMask(id) : mask), 0);
  const now = project.pairs.texts(origin, sample.map(({ pair }) => pair));
  return sample.filter(({ source, target }, at) => {
    const [oldSource, oldTarget] = [now.source[at] ?? '', now.target[at] ?? ''];
    return (pairChecks.bits(source ?? oldSource, target ?? oldTarget) & errors & ~pairChecks.bits(oldSource, oldTarget)) !== 0;
  }).length;
};
