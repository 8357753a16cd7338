import type { Cancel, EncodedSources } from '../translate/seq2seq-scorer.ts';
import type { ScoredSpan } from './best-spans.ts';

/**
 * The question that all searches answer: where in a fixed translation do the two markers of a marked source belong?
 *
 * The decoder is forced along the template; the only freedom is where the opening and the closing marker stand. A span (from, to) puts them before tokens
 * `from` and `to`, from < to <= n, and its score is log P of the whole marked target, the end of the sentence included. Every target has the same length,
 * so nothing is normalised. (The idea: Codec, ICLR 2024; the searches and the bounds are this project's.)
 */
export type MarkerQuestion = {
  readonly encoded: EncodedSources;
  /** Which of the encoded sources holds the marked sentence. */
  readonly source: number;
  /** n token ids, without the end. */
  readonly template: Int32Array;
  readonly end: number;
  readonly open: number;
  readonly close: number;
  /** Slots 0 .. n where a marker may stand, 1 or 0 each: [n + 1]. All where absent; leaving out slots that could win makes the search inexact. */
  readonly slots?: { readonly open: Uint8Array; readonly close: Uint8Array };
  /** How many spans are wanted: K. */
  readonly count: number;
  /** Rows a call, at most. */
  readonly rows: number;
};

export type MarkerAnswer = {
  /** At most K, best first: fewer only where the template has fewer spans. */
  readonly spans: readonly ScoredSpan[];
  /**
   * A lower bound of the best span's share of the probability of all allowed spans: 0 .. 1.
   *
   * Certified: what was thrown away enters with the upper bound by which it was thrown away. In an exact search only.
   */
  readonly share: number;
  readonly counters: MarkerCounters;
};

/** Rows and calls of the decoder, partial targets thrown away by the bound, and how many there are in all (the prefix tree). */
export type MarkerCounters = { readonly rows: number; readonly calls: number; readonly pruned: number; readonly tree: number };

export type MarkerSearch = (question: MarkerQuestion, signal?: Cancel) => Promise<MarkerAnswer>;

/** Partial targets of a template of n tokens with every slot open: C(n + 4, 3) - 1, empty spans included. */
export const treeSize = (n: number): number => ((n + 4) * (n + 3) * (n + 2)) / 6 - 1;

/** How many non-empty spans the slots allow. */
export const spanCount = (question: MarkerQuestion): number => {
  let spans = 0;
  let opened = 0;
  for (let slot = 0; slot <= question.template.length; slot += 1) {
    if (mayClose(question, slot)) spans += opened;
    if (mayOpen(question, slot)) opened += 1;
  }
  return spans;
};

/** The last slot cannot open: nothing would be left to hold. */
export const mayOpen = ({ slots, template }: MarkerQuestion, slot: number): boolean => slot < template.length && (slots === undefined || slots.open[slot] === 1);
export const mayClose = ({ slots }: MarkerQuestion, slot: number): boolean => slot > 0 && (slots === undefined || slots.close[slot] === 1);

/** Where a partial target stands: template tokens placed, and the slots of its markers, -1 where there is none yet. */
export type Progress = { readonly placed: number; readonly from: number; readonly to: number };

/** What a partial target may take next: the template's token, the opening marker, the closing one. `choice` counts them so, as `nextTokens` asks. */
export type Step = Progress & { readonly choice: 0 | 1 | 2; readonly token: number };

/** The three tokens whose scores decide: a finished template's next token is the end. */
export const nextTokens = ({ template, end, open, close }: MarkerQuestion, { placed }: Progress): readonly [number, number, number] => [template[placed] ?? end, open, close];

/** All ways on. Without its markers a target cannot end, and what can no longer get them does not go on. */
export const nextSteps = (question: MarkerQuestion, progress: Progress): readonly Step[] => {
  const { placed, from, to } = progress;
  const [next, open, close] = nextTokens(question, progress);
  const n = question.template.length;
  const steps: Step[] = [];
  if (placed < n && (from >= 0 || placed + 1 < n)) steps.push({ choice: 0, token: next, placed: placed + 1, from, to });
  if (from < 0 && mayOpen(question, placed)) steps.push({ choice: 1, token: open, placed, from: placed, to });
  if (from >= 0 && to < 0 && placed > from && mayClose(question, placed)) steps.push({ choice: 2, token: close, placed, from, to: placed });
  return steps;
};

/** The template with markers in it; `to` is left out where only the opening one stands. */
export const markedTemplate = ({ template, open, close }: Pick<MarkerQuestion, 'template' | 'open' | 'close'>, from: number, to?: number): Int32Array => {
  const inside = template.subarray(from, to ?? template.length);
  return to === undefined ? Int32Array.of(...template.subarray(0, from), open, ...inside) : Int32Array.of(...template.subarray(0, from), open, ...inside, close, ...template.subarray(to));
};

/** The share of the best span, given the others that were scored and upper bounds (logarithms) of what was not. */
export const certifiedShare = (scored: readonly number[], discarded: readonly number[]): number => {
  const best = scored.reduce((most, score) => Math.max(most, score), -Infinity);
  if (best === -Infinity) return 0;
  const sum = (logs: readonly number[]): number => logs.reduce((total, log) => total + Math.exp(log - best), 0);
  return 1 / (sum(scored) + sum(discarded));
};
