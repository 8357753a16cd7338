import type { EncodedSources, Effort, ForcedRow, Frontier, Seq2SeqScorer } from './seq2seq-scorer.ts';

export type ToySettings = {
  readonly seed: number;
  readonly vocabularySize: number;
  readonly end: number;
  /** How uneven the next tokens are: logits are drawn from 0 .. contrast. */
  readonly contrast: number;
};

/**
 * A model without weights: the logits of the next token are drawn from a hash of seed, source and prefix.
 *
 * Every prefix counts, as in a real autoregressive model, so no search can rely on more structure than the seam promises.
 */
export const toyScorer = (settings: ToySettings): Seq2SeqScorer => {
  const effort: Effort = { calls: 0, rows: 0, tokens: 0 };
  const next = (state: number): Float32Array => nextTokens(state, settings);
  const count = (rows: number, tokens: number): void => { effort.calls += 1; effort.rows += rows; effort.tokens += tokens; };

  const frontier = (states: Uint32Array): Frontier => {
    const known = Array.from(states, next);
    return {
      rows: states.length,
      scores: (ids) => Float64Array.from(ids, (id, at) => known[Math.floor(at * states.length / ids.length)]?.[id] ?? -Infinity),
      all: (row) => Float32Array.from(known[row] ?? []),
      advance: async (parents, tokens) => {
        count(parents.length, parents.length);
        return frontier(Uint32Array.from(parents, (parent, row) => mixed(states[parent] ?? 0, tokens[row] ?? 0)));
      },
    };
  };

  const force = (start: number, { tokens, asked }: ForcedRow): Float64Array => {
    const k = asked.length / (tokens.length + 1);
    const scores = new Float64Array(asked.length);
    let state = start;
    for (let position = 0; position <= tokens.length; position += 1) {
      const known = next(state);
      for (let c = 0; c < k; c += 1) scores[position * k + c] = known[asked[position * k + c] ?? 0] ?? -Infinity;
      state = mixed(state, tokens[position] ?? 0);
    }
    return scores;
  };

  const encode = (sources: readonly Int32Array[]): EncodedSources => {
    const starts = Uint32Array.from(sources, (source) => source.reduce((state, token) => mixed(state, token), mixed(0x9e37, settings.seed)));
    return {
      count: sources.length,
      force: async (rows) => {
        count(rows.length, rows.reduce((sum, row) => sum + row.tokens.length + 1, 0));
        return rows.map((row) => force(starts[row.source] ?? 0, row));
      },
      begin: async (which) => {
        count(which.length, which.length);
        return frontier(Uint32Array.from(which, (source) => starts[source] ?? 0));
      },
    };
  };

  return { vocabularySize: settings.vocabularySize, end: settings.end, effort, encode: async (sources) => encode(sources) };
};

const nextTokens = (state: number, { vocabularySize, contrast }: ToySettings): Float32Array => {
  const logits = Float64Array.from({ length: vocabularySize }, (_, token) => contrast * (mixed(state, token + 0x1000) / 0xffff_ffff));
  const normaliser = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
  return Float32Array.from(logits, (logit) => logit - normaliser);
};

/** A hash of a state and a token (the finaliser of MurmurHash3). */
const mixed = (state: number, token: number): number => {
  let hash = Math.imul(state ^ Math.imul(token + 0x85eb, 0x9e37_79b1), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  hash ^= hash >>> 16;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
};
