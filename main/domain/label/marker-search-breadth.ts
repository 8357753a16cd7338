import type { Frontier } from '../translate/seq2seq-scorer.ts';
import { bestSpans, scoreTolerance, type BestSpans } from './best-spans.ts';
import { certifiedShare, nextSteps, nextTokens, treeSize, type MarkerQuestion, type MarkerSearch, type Progress } from './marker-search.ts';
import { openTable, openings, type Table } from './marker-search-table.ts';

/** Openings whose spans are scored first, and for each wanted span how many candidates: good incumbents make the bound tight. */
const firstOpenings = 5;
const candidatesPerSpan = 2;

/** A partial target with its log P so far. */
type State = Progress & { readonly score: number };
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

type Child = { readonly parent: number; readonly token: number; readonly state: State };

const childrenOf = (question: MarkerQuestion, { frontier, states }: Chunk): Child[] => {
  const scores = frontier.scores(Int32Array.from(states.flatMap((state) => nextTokens(question, state))));
  return states.flatMap((state, parent) => nextSteps(question, state).map(({ choice, token, placed, from, to }): Child =>
    ({ parent, token, state: { placed, from, to, score: state.score + (scores[3 * parent + choice] ?? -Infinity) } })));
};
