import type { Cancel, Frontier } from '../translate/seq2seq-scorer.ts';
import { bestSpans, scoreTolerance, type BestSpans, type ScoredSpan } from './best-spans.ts';
import { certifiedShare, nextSteps, nextTokens, treeSize, type MarkerAnswer, type MarkerQuestion, type Progress } from './marker-search.ts';

/** `sums` holds log P after each of the target's tokens: a finished target's sums are what `lookAhead` compares with. */
type Path = Progress & { readonly sums: readonly number[] };

export type DepthOptions = {
  /**
   * Absent: exact. A number: a partial target is dropped when it is below what the K-th best target had this many tokens later (Codec's alpha).
   * That is faster and may lose spans, the last of the K first.
   */
  readonly lookAhead?: number;
};

type Search = {
  readonly question: MarkerQuestion;
  readonly signal: Cancel | undefined;
  readonly options: DepthOptions;
  readonly best: BestSpans;
  /** Sums of the targets among the K best. */
  readonly sums: Map<string, readonly number[]>;
  readonly scored: number[];
  readonly discarded: number[];
  readonly effort: { rows: number; calls: number };
};

/**
 * Depth-first search with a bound: always the best children first, in chunks of at most `rows` that share a decoder call.
 *
 * The first dive follows the likeliest markers, so good targets are finished early and the rest is cut by them. Needs the least memory of the three.
 */
export const searchDepth = async (question: MarkerQuestion, signal?: Cancel, options: DepthOptions = {}): Promise<MarkerAnswer> => {
  const search: Search = { question, signal, options, best: bestSpans(question.count), sums: new Map(), scored: [], discarded: [], effort: { rows: 1, calls: 1 } };
  const frontier = await question.encoded.begin(Uint32Array.of(question.source), signal);
  await descend(search, frontier, [{ placed: 0, from: -1, to: -1, sums: [] }]);
  const { best, scored, discarded, effort } = search;
  return {
    spans: best.spans(),
    share: options.lookAhead === undefined ? certifiedShare(scored, discarded) : 0,
    counters: { ...effort, pruned: discarded.length, tree: treeSize(question.template.length) },
  };
};

type Child = { readonly parent: number; readonly token: number; readonly path: Path };

const descend = async (search: Search, frontier: Frontier, paths: readonly Path[]): Promise<void> => {
  const { question, signal, effort } = search;
  const scores = frontier.scores(Int32Array.from(paths.flatMap((path) => nextTokens(question, path))));
  const children = paths.flatMap((path, parent) => goOn(search, path, parent, scores.subarray(3 * parent, 3 * parent + 3)));
  const hopeful = children.filter((child) => promising(search, child.path));
  hopeful.sort((left, right) => sumOf(right.path) - sumOf(left.path));
  for (let start = 0; start < hopeful.length; start += question.rows) {
    // Targets found since may have raised the bound.
    const chunk = hopeful.slice(start, start + question.rows).filter((child) => promising(search, child.path));
    if (chunk.length === 0) continue;
    effort.rows += chunk.length;
    effort.calls += 1;
    const next = await frontier.advance(Uint32Array.from(chunk, (child) => child.parent), Int32Array.from(chunk, (child) => child.token), signal);
    await descend(search, next, chunk.map((child) => child.path));
  }
};

/** The next steps of a path; a finished one is scored instead. */
const goOn = (search: Search, path: Path, parent: number, scores: Float64Array): Child[] => {
  const { question } = search;
  const after = (choice: number): readonly number[] => [...path.sums, sumOf(path) + (scores[choice] ?? -Infinity)];
  if (path.placed === question.template.length && path.to >= 0) {
    const sums = after(0);
    finish(search, { from: path.from, to: path.to, score: sums.at(-1) ?? -Infinity }, sums);
    return [];
  }
  return nextSteps(question, path).map(({ choice, token, placed, from, to }) => ({ parent, token, path: { placed, from, to, sums: after(choice) } }));
};

const sumOf = ({ sums }: Path): number => sums.at(-1) ?? 0;

const finish = ({ best, sums, scored }: Search, span: ScoredSpan, path: readonly number[]): void => {
  scored.push(span.score);
  best.add(span);
  if (best.has(span.from, span.to)) sums.set(`${span.from} ${span.to}`, path);
};

const promising = (search: Search, path: Path): boolean => {
  const { best, options, discarded } = search;
  const sum = sumOf(path);
  const hopeless = options.lookAhead === undefined ? best.hopeless(sum) : sum < laterSum(search, path, options.lookAhead);
  if (hopeless) discarded.push(sum + scoreTolerance);
  return !hopeless;
};

/** What the K-th best target had `lookAhead` tokens after this path's length. */
const laterSum = ({ best, sums }: Search, path: Path, lookAhead: number): number => {
  if (best.bound() === -Infinity) return -Infinity;
  const worst = best.spans().at(-1);
  const line = worst === undefined ? undefined : sums.get(`${worst.from} ${worst.to}`);
  return line?.[Math.min(path.sums.length - 1 + lookAhead, line.length - 1)] ?? -Infinity;
};
