import { seededRandom } from '../review/seeded-random.ts';
import { allowed, type Hypothesis } from './beam-search.ts';
import type { Cancel, EncodedSources } from './seq2seq-scorer.ts';

export type SampleSettings = {
  /** Samples a source. */
  readonly count: number;
  /** One number a source: the same seed draws the same samples, whatever is translated beside it. */
  readonly seeds: readonly number[];
  /** Below 1 the likely tokens become likelier, above 1 the rare ones. */
  readonly temperature: number;
  /** Only the so many likeliest tokens; 0: all. */
  readonly topK: number;
  /** Only the likeliest tokens that together have this probability (Holtzman et al. 2020, "The curious case of neural text degeneration"); 1: all. */
  readonly topP: number;
  readonly longest: readonly number[];
  readonly end: number;
  readonly forbidden: readonly number[];
};

type Drawing = { readonly source: number; readonly random: () => number; readonly tokens: number[]; sum: number; ended: boolean };

/** Draws translations token by token. `logProbability` and `score` are the model's own log P, temperature and cuts left out. In the order of drawing. */
export const sampleTargets = async (encoded: EncodedSources, settings: SampleSettings, signal?: Cancel): Promise<readonly (readonly Hypothesis[])[]> => {
  const drawings = Array.from({ length: encoded.count }, (_, source) => Array.from({ length: settings.count }, (_one, sample): Drawing =>
    ({ source, random: seededRandom(mixedSeed(settings.seeds[source] ?? 0, sample)), tokens: [], sum: 0, ended: false }))).flat();
  let open: readonly Drawing[] = drawings;
  let frontier = await encoded.begin(Uint32Array.from(open, ({ source }) => source), signal);
  while (open.length > 0) {
    const parents: number[] = [];
    const tokens: number[] = [];
    const stillOpen: Drawing[] = [];
    for (const [row, drawing] of open.entries()) {
      const scores = frontier.all(row);
      const token = draw(allowed(scores, settings.forbidden), settings, drawing.random());
      drawing.sum += scores[token] ?? -Infinity;
      if (token === settings.end) { drawing.ended = true; continue; }
      drawing.tokens.push(token);
      if (drawing.tokens.length >= (settings.longest[drawing.source] ?? 0)) continue;
      stillOpen.push(drawing);
      parents.push(row);
      tokens.push(token);
    }
    open = stillOpen;
    if (open.length > 0) frontier = await frontier.advance(Uint32Array.from(parents), Int32Array.from(tokens), signal);
  }
  const answers = Array.from({ length: encoded.count }, (): Hypothesis[] => []);
  for (const { source, tokens, sum, ended } of drawings) answers[source]?.push({ tokens: Int32Array.from(tokens), logProbability: sum, score: sum, ended, unmet: [] });
  return answers;
};

/** The token in whose share of the probability the chance (0..1) falls; where there is a cut, tokens from likely to rare, ties to the lower one. */
export const draw = (scores: Float32Array, { temperature, topK, topP }: Pick<SampleSettings, 'temperature' | 'topK' | 'topP'>, chance: number): number => {
  let most = -Infinity;
  for (const score of scores) if (score > most) most = score;
  const weights = new Float64Array(scores.length);
  let all = 0;
  for (let token = 0; token < scores.length; token += 1) {
    const weight = Math.exp(((scores[token] ?? -Infinity) - most) / temperature);
    weights[token] = weight;
    all += weight;
  }
  if (topK === 0 && topP >= 1) return fallsOn(weights, null, chance * all);
  const among = likeliest(weights, all, topK, topP);
  return fallsOn(weights, among, chance * sumOf(among, weights));
};

const fallsOn = (weights: Float64Array, among: Uint32Array | null, place: number): number => {
  let left = place;
  let last = 0;
  const count = among?.length ?? weights.length;
  for (let at = 0; at < count; at += 1) {
    const token = among?.[at] ?? at;
    const weight = weights[token] ?? 0;
    if (weight > 0) last = token;
    left -= weight;
    if (left < 0) return token;
  }
  return last;
};

/** The first `topK` tokens (0: all), and of these the fewest that have `topP` of their probability; only as many are sorted as it takes. */
const likeliest = (weights: Float64Array, all: number, topK: number, topP: number): Uint32Array => {
  for (let floor = 1e-3; ; floor = floor < 1e-12 ? 0 : floor * 1e-3) {
    const heavy: number[] = [];
    let sum = 0;
    for (let token = 0; token < weights.length; token += 1) {
      const weight = weights[token] ?? 0;
      if (weight >= floor) { heavy.push(token); sum += weight; }
    }
    if (floor > 0 && (topK > 0 ? heavy.length < topK : sum < topP * all)) continue;
    const order = Uint32Array.from(heavy.sort((left, right) => (weights[right] ?? 0) - (weights[left] ?? 0) || left - right));
    const first = topK > 0 ? order.subarray(0, topK) : order;
    return cutByShare(first, weights, topP * (topK > 0 ? sumOf(first, weights) : all));
  }
};

/** The fewest of the first tokens that together have the share. */
const cutByShare = (order: Uint32Array, weights: Float64Array, share: number): Uint32Array => {
  let sum = 0;
  const last = order.findIndex((token) => { sum += weights[token] ?? 0; return sum >= share; });
  return last < 0 ? order : order.subarray(0, last + 1);
};

const sumOf = (tokens: Uint32Array, weights: Float64Array): number => tokens.reduce((sum, token) => sum + (weights[token] ?? 0), 0);

const mixedSeed = (seed: number, sample: number): number => Math.imul(seed ^ Math.imul(sample + 1, 0x9e37_79b1), 0x85eb_ca6b) >>> 0;

/** A source's own seed: from the seed of the job and the source's tokens (FNV-1a). */
export const seedOf = (seed: number, source: Int32Array): number => source.reduce((hash, token) => Math.imul(hash ^ token, 0x0100_0193), (seed ^ 0x811c_9dc5) | 0) >>> 0;
