import type { Cancel, EncodedSources, Frontier } from './seq2seq-scorer.ts';

export type BeamSettings = {
  /** 1 is greedy. */
  readonly beams: number;
  /** Scores are divided by (number of tokens)^penalty, the end and a language token included, as in Hugging Face transformers. */
  readonly lengthPenalty: number;
  /** Tokens after the prompt, at most. */
  readonly longest: number;
  readonly end: number;
  /** Tokens that must not be generated; the others share their probability (`renormalize_logits`). */
  readonly forbidden: readonly number[];
  /** Tokens of the prompt that count as generated: 1 where the target language is a forced first token. */
  readonly promptLength: number;
};

/** One translation: its tokens without the end, the plain sum of log P, and the length-normalised score by which it is ranked. */
export type Hypothesis = { readonly tokens: Int32Array; readonly logProbability: number; readonly score: number; readonly ended: boolean };

type Beam = { readonly tokens: readonly number[]; readonly sum: number };

/** The search of one source: its beams stand in the frontier's rows from `firstRow`. */
type Search = { readonly source: number; running: readonly Beam[]; readonly ended: Hypothesis[]; firstRow: number };

/**
 * Beam search of all encoded sources side by side, with early stopping: a source is done when `beams` hypotheses have ended. Best first a source.
 *
 * The rule of Hugging Face transformers 4.55 (`_beam_search`, `early_stopping=True`): each step the 2 x beams best continuations are looked at, ties to
 * the lower token; one that ends counts only among the first `beams` of them. A source that is done leaves the frontier.
 */
export const beamSearch = async (encoded: EncodedSources, settings: BeamSettings, signal?: Cancel): Promise<readonly (readonly Hypothesis[])[]> => {
  const all = Array.from({ length: encoded.count }, (_, source): Search => ({ source, running: [{ tokens: [], sum: 0 }], ended: [], firstRow: source }));
  let open: readonly Search[] = all;
  let frontier = await encoded.begin(Uint32Array.from(all, ({ source }) => source), signal);
  for (let length = 1; length <= settings.longest; length += 1) {
    const parents: number[] = [];
    const tokens: number[] = [];
    const stillOpen: Search[] = [];
    for (const search of open) {
      const going = step(search, frontier, settings);
      search.running = going.map(({ beam }) => beam);
      if (search.ended.length >= settings.beams || going.length === 0) continue;
      search.firstRow = parents.length;
      stillOpen.push(search);
      for (const { row, token } of going) { parents.push(row); tokens.push(token); }
    }
    open = stillOpen;
    if (open.length === 0 || length === settings.longest) break;
    frontier = await frontier.advance(Uint32Array.from(parents), Int32Array.from(tokens), signal);
  }
  return all.map(({ running, ended }) => {
    const cutOff = ended.length >= settings.beams ? [] : running.map((beam) => hypothesis(beam.tokens, beam.sum, false, settings));
    return [...ended, ...cutOff].sort((left, right) => right.score - left.score).slice(0, settings.beams);
  });
};

type Going = Choice & { readonly beam: Beam };

/** One step of one source: hypotheses that end are kept, the others go on. */
const step = ({ running, ended, firstRow }: Search, frontier: Frontier, settings: BeamSettings): readonly Going[] => {
  const going: Going[] = [];
  for (const [rank, choice] of bestContinuations(frontier, firstRow, running, settings).entries()) {
    const beam = running[choice.row - firstRow];
    if (beam === undefined) continue;
    if (choice.token === settings.end) {
      if (rank < settings.beams) ended.push(hypothesis(beam.tokens, choice.sum, true, settings));
    } else if (going.length < settings.beams) going.push({ ...choice, beam: { tokens: [...beam.tokens, choice.token], sum: choice.sum } });
  }
  return going;
};

const hypothesis = (tokens: readonly number[], sum: number, ended: boolean, { lengthPenalty, promptLength }: BeamSettings): Hypothesis =>
  ({ tokens: Int32Array.from(tokens), logProbability: sum, score: sum / (tokens.length + promptLength + Number(ended)) ** lengthPenalty, ended });

type Choice = { readonly row: number; readonly token: number; readonly sum: number };

const bestContinuations = (frontier: Frontier, firstRow: number, running: readonly Beam[], { beams, forbidden }: BeamSettings): readonly Choice[] => {
  const best: Choice[] = [];
  const wanted = Math.max(2, 2 * beams);
  for (const [at, beam] of running.entries()) {
    const row = firstRow + at;
    const next = allowed(frontier.all(row), forbidden);
    for (let token = 0; token < next.length; token += 1) {
      const sum = beam.sum + (next[token] ?? -Infinity);
      const last = best[wanted - 1];
      if (last !== undefined && sum <= last.sum) continue;
      let place = Math.min(best.length, wanted - 1);
      while (place > 0 && (best[place - 1]?.sum ?? Infinity) < sum) { best[place] = best[place - 1] ?? { row, token, sum }; place -= 1; }
      best[place] = { row, token, sum };
    }
  }
  return best;
};

/** Takes the forbidden tokens out and gives their probability to the others. */
const allowed = (next: Float32Array, forbidden: readonly number[]): Float32Array => {
  if (forbidden.length === 0) return next;
  const lost = forbidden.reduce((sum, token) => sum + Math.exp(next[token] ?? -Infinity), 0);
  const gain = -Math.log1p(-Math.min(lost, 1 - Number.EPSILON));
  const rest = next.map((score) => score + gain);
  for (const token of forbidden) rest[token] = -Infinity;
  return rest;
};
