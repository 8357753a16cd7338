import type { Cancel } from '../translate/seq2seq-scorer.ts';
import { bestSpans, scoreTolerance, type BestSpans, type ScoredSpan } from './best-spans.ts';
import { certifiedShare, markedTemplate, mayClose, mayOpen, treeSize, type MarkerAnswer, type MarkerQuestion, type MarkerSearch } from './marker-search.ts';

/** Something to be scored: an opening alone (to = null), or a span. `upper` bounds every score below it; `estimate` says what to try first. */
type Item = { readonly from: number; readonly to: number | null; readonly upper: number; readonly estimate: number };

/**
 * Teacher-forced table search: a few large calls.
 *
 * One row of the plain template gives an upper bound of every opening at once; one row with an opening gives an upper bound of every span that begins
 * there; one row with both markers is a span's exact score. Best estimates first, a batch at a time, until nothing is left that could be among the K best.
 * Exact: a log-probability is never above 0, so a prefix bounds all that goes on from it.
 */
export const searchTable: MarkerSearch = async (question, signal) => {
  const table = await openTable(question, signal);
  const best = bestSpans(question.count);
  const scored: number[] = [];
  let waiting: Item[] = openings(question, table);
  const discarded: number[] = [];
  while (waiting.length > 0) {
    waiting.sort((left, right) => left.estimate - right.estimate || right.from - left.from);
    const batch = waiting.splice(-question.rows);
    for (const span of await table.expand(batch, waiting)) {
      best.add(span);
      scored.push(span.score);
    }
    waiting = keepHopeful(waiting, best, discarded);
  }
  return answerOf(question, best, scored, discarded, table.effort);
};

/** What the forced rows tell about a template, and what they cost. */
export type Table = {
  /** [n + 1]: log P of the plain template up to each slot. */
  readonly plain: Float64Array;
  /** [n + 1]: log P of the plain template up to each slot and the opening marker there. */
  readonly opened: Float64Array;
  /** The whole plain template, its end included. */
  readonly whole: number;
  /** Scores a batch: spans come back with their scores, openings leave their spans in `waiting`. */
  expand(batch: readonly Item[], waiting: Item[]): Promise<readonly ScoredSpan[]>;
  readonly effort: { rows: number; calls: number };
};

export const openTable = async (question: MarkerQuestion, signal?: Cancel): Promise<Table> => {
  const { encoded, source, template, end, open, close } = question;
  const n = template.length;
  const effort = { rows: 0, calls: 0 };
  const force = async (rows: readonly { readonly tokens: Int32Array; readonly asked: Int32Array }[]): Promise<readonly Float64Array[]> => {
    effort.rows += rows.length;
    effort.calls += 1;
    return encoded.force(rows.map((row) => ({ source, ...row })), signal);
  };

  const [first = new Float64Array()] = await force([{ tokens: template, asked: pairsWith(template, end, open) }]);
  const plain = new Float64Array(n + 1);
  for (let slot = 0; slot < n; slot += 1) plain[slot + 1] = (plain[slot] ?? 0) + (first[2 * slot] ?? 0);
  const whole = (plain[n] ?? 0) + (first[2 * n] ?? 0);
  const opened = plain.map((sum, slot) => sum + (first[2 * slot + 1] ?? 0));
  const rest = (slot: number): number => whole - (plain[slot] ?? 0);

  const expand: Table['expand'] = async (batch, waiting) => {
    const answers = await force(batch.map(({ from, to }) => {
      const tokens = markedTemplate({ template, open, close }, from, to ?? undefined);
      return { tokens, asked: to === null ? pairsWith(tokens, end, close) : Int32Array.of(...tokens, end) };
    }));
    const spans: ScoredSpan[] = [];
    for (const [at, { from, to }] of batch.entries()) {
      const scores = answers[at] ?? new Float64Array();
      if (to !== null) { spans.push({ from, to, score: scores.reduce((sum, score) => sum + score, 0) }); continue; }
      // Behind the opening marker a slot has one token more before it than in the template.
      let before = (scores[0] ?? 0);
      for (let slot = 1; slot <= n; slot += 1) {
        before += scores[2 * slot] ?? 0;
        if (slot <= from || !mayClose(question, slot)) continue;
        const upper = before + (scores[2 * (slot + 1) + 1] ?? 0);
        waiting.push({ from, to: slot, upper, estimate: upper + rest(slot) });
      }
    }
    return spans;
  };
  return { plain, opened, whole, expand, effort };
};

/** For each position the token that comes next and one more id: [tokens.length + 1, 2]. */
const pairsWith = (tokens: Int32Array, end: number, id: number): Int32Array => {
  const asked = new Int32Array(2 * tokens.length + 2).fill(id);
  for (const [at, token] of tokens.entries()) asked[2 * at] = token;
  asked[2 * tokens.length] = end;
  return asked;
};

export const openings = (question: MarkerQuestion, { plain, opened, whole }: Table): Item[] => Array.from(opened.keys())
  .filter((slot) => mayOpen(question, slot))
  .map((from) => ({ from, to: null, upper: opened[from] ?? 0, estimate: (opened[from] ?? 0) + whole - (plain[from] ?? 0) }));

const keepHopeful = (waiting: readonly Item[], best: BestSpans, discarded: number[]): Item[] => waiting.filter(({ upper }) => {
  if (!best.hopeless(upper)) return true;
  discarded.push(upper + scoreTolerance);
  return false;
});

const answerOf = ({ template }: MarkerQuestion, best: BestSpans, scored: readonly number[], discarded: readonly number[], effort: { readonly rows: number; readonly calls: number }): MarkerAnswer => ({
  spans: best.spans(),
  share: certifiedShare(scored, discarded),
  counters: { ...effort, pruned: discarded.length, tree: treeSize(template.length) },
});
