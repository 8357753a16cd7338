import type { Frontier } from '../translate/seq2seq-scorer.ts';
import { bestSpans, scoreTolerance, type BestSpans } from './best-spans.ts';
import { certifiedShare, mayClose, mayOpen, treeSize, type MarkerQuestion, type MarkerSearch } from './marker-search.ts';
import { openTable, openings, type Table } from './marker-search-table.ts';

/** Openings whose spans are scored first, and for each wanted span how many candidates: good incumbents make the bound tight. */
const firstOpenings = 5;
const candidatesPerSpan = 2;

/** A partial target: `placed` template tokens, the slots of its markers (-1: not yet), log P so far. */
type State = { readonly placed: number; readonly from: number; readonly to: number; readonly score: number };
type Chunk = { readonly frontier: Frontier; readonly states: readonly State[] };

/**
 * Breadth-synchronous search: all partial targets of one length take their next token together, n + 3 steps in all.
 *
 * A few forced rows give incumbents first (the five best openings, the best spans below them by estimate); partial targets that fall below the K-th of
 * them are dropped. Exact. The cache of the decoder keeps the work a token small, so it suits a processor and large vocabularies.
 */
export const searchBreadth: MarkerSearch = async (question, signal) => {
  const { encoded, source, template } = question;
  const table = await openTable(question, signal);
  const best = bestSpans(question.count);
  await findIncumbents(question, table, best);
  const { effort } = table;
  const scored: number[] = [];
  const discarded: number[] = [];
  effort.rows += 1;
  effort.calls += 1;
  let chunks: readonly Chunk[] = [{ frontier: await encoded.begin(Uint32Array.of(source), signal), states: [{ placed: 0, from: -1, to: -1, score: 0 }] }];
  for (let step = 0; step < template.length + 2; step += 1) {
    const next: Chunk[] = [];
    for (const chunk of chunks) {
      const children = childrenOf(question, chunk).filter((child) => keep(child.state.score, best, discarded));
      for (let start = 0; start < children.length; start += question.rows) {
        const part = children.slice(start, start + question.rows);
        effort.rows += part.length;
        effort.calls += 1;
        const frontier = await chunk.frontier.advance(Uint32Array.from(part, (child) => child.parent), Int32Array.from(part, (child) => child.token), signal);
        next.push({ frontier, states: part.map((child) => child.state) });
      }
    }
    chunks = next;
  }
  for (const { frontier, states } of chunks) {
    const ends = frontier.scores(new Int32Array(states.length).fill(question.end));
    for (const [row, { from, to, score }] of states.entries()) {
      const whole = score + (ends[row] ?? -Infinity);
      scored.push(whole);
      best.add({ from, to, score: whole });
    }
  }
  return { spans: best.spans(), share: certifiedShare(scored, discarded), counters: { ...effort, pruned: discarded.length, tree: treeSize(template.length) } };
};

const keep = (score: number, best: BestSpans, discarded: number[]): boolean => {
  if (!best.hopeless(score)) return true;
  discarded.push(score + scoreTolerance);
  return false;
};

const findIncumbents = async (question: MarkerQuestion, table: Table, best: BestSpans): Promise<void> => {
  const starts = openings(question, table).sort((left, right) => right.estimate - left.estimate).slice(0, firstOpenings);
  if (starts.length === 0) return;
  const candidates: Parameters<Table['expand']>[1] = [];
  for (let start = 0; start < starts.length; start += question.rows) await table.expand(starts.slice(start, start + question.rows), candidates);
  const promising = candidates.sort((left, right) => right.estimate - left.estimate).slice(0, candidatesPerSpan * question.count);
  for (let start = 0; start < promising.length; start += question.rows) {
    for (const span of await table.expand(promising.slice(start, start + question.rows), [])) best.add(span);
  }
};

export type Child = { readonly parent: number; readonly token: number; readonly state: State };

/** Every state goes on with the template's next token and, where one may stand here, with a marker. */
export const childrenOf = (question: MarkerQuestion, { frontier, states }: Chunk): Child[] => {
  const { template, end, open, close } = question;
  const n = template.length;
  const asked = new Int32Array(3 * states.length);
  for (const [row, { placed }] of states.entries()) asked.set([template[placed] ?? end, open, close], 3 * row);
  const scores = frontier.scores(asked);
  return states.flatMap((state, parent) => {
    const { placed, from, to } = state;
    const after = (choice: number): number => state.score + (scores[3 * parent + choice] ?? -Infinity);
    const children: Child[] = [];
    // Without its markers a target cannot end, and what can no longer get them need not go on.
    if (placed < n && (from >= 0 || placed + 1 < n)) children.push({ parent, token: template[placed] ?? end, state: { placed: placed + 1, from, to, score: after(0) } });
    if (from < 0 && mayOpen(question, placed)) children.push({ parent, token: open, state: { placed, from: placed, to, score: after(1) } });
    if (from >= 0 && to < 0 && placed > from && mayClose(question, placed)) children.push({ parent, token: close, state: { placed, from, to: placed, score: after(2) } });
    return children;
  });
};
