import type { Cancel, EncodedSources, Frontier } from './seq2seq-scorer.ts';
import type { TermAutomaton, TermsState } from './term-automaton.ts';

export type BeamSettings = {
  /** 1 is greedy. */
  readonly beams: number;
  /** Scores are divided by (number of tokens)^penalty, the end and a language token included, as in Hugging Face transformers. */
  readonly lengthPenalty: number;
  /** Tokens after the prompt, at most: of all sources, or one number a source. */
  readonly longest: number | readonly number[];
  readonly end: number;
  /** Tokens that must not be generated; the others share their probability (`renormalize_logits`). */
  readonly forbidden: readonly number[];
  /** Tokens of the prompt that count as generated: 1 where the target language is a forced first token. */
  readonly promptLength: number;
  /** Terms that the translation of a source must hold, one automaton a source, null for none. */
  readonly terms?: readonly (TermAutomaton | null)[];
};

/** One translation: its tokens without the end, the plain sum of log P, and the length-normalised score by which it is ranked. */
export type Hypothesis = {
  readonly tokens: Int32Array; readonly logProbability: number; readonly score: number; readonly ended: boolean;
  /** Numbers of the terms that could not be brought in; empty but for a translation that was cut off. */
  readonly unmet: readonly number[];
};

type Beam = { readonly tokens: readonly number[]; readonly sum: number; readonly state: TermsState };

/** The search of one source: its beams stand in the frontier's rows from `firstRow`. */
type Search = { readonly longest: number; readonly terms: TermAutomaton | null; readonly width: number; running: readonly Beam[]; readonly ended: Hypothesis[]; firstRow: number };

/** How many beams a source has: with terms, at least four more than it has tokens of terms (Post and Vilar: the beam should outnumber the banks), 24 at most. */
export const beamsOf = (beams: number, terms: TermAutomaton | null): number => (terms === null ? beams : Math.max(beams, Math.min(24, terms.total + 4)));

/**
 * Beam search of all encoded sources side by side, with early stopping: a source is done when as many hypotheses have ended as it has beams. Best first a source.
 *
 * The rule of Hugging Face transformers 4.55 (`_beam_search`, `early_stopping=True`): each step the 2 x beams best continuations are looked at, ties to
 * the lower token; one that ends counts only among the first `beams` of them. A source that is done leaves the frontier.
 *
 * With terms: dynamic beam allocation (Post and Vilar 2018, "Fast lexically constrained decoding"). The continuations are the best ones and those that
 * bring a term further; they compete only with others that hold as many tokens of terms, and none may end before it holds all.
 */
export const beamSearch = async (encoded: EncodedSources, settings: BeamSettings, signal?: Cancel): Promise<readonly (readonly Hypothesis[])[]> => {
  const all = Array.from({ length: encoded.count }, (_, source): Search => {
    const terms = settings.terms?.[source] ?? null;
    const longest = typeof settings.longest === 'number' ? settings.longest : settings.longest[source] ?? 0;
    return { longest, terms, width: beamsOf(settings.beams, terms), running: [{ tokens: [], sum: 0, state: terms?.start ?? [] }], ended: [], firstRow: source };
  });
  let open: readonly Search[] = all;
  let frontier = await encoded.begin(Uint32Array.from(all, (_, source) => source), signal);
  for (let length = 1; open.length > 0; length += 1) {
    const parents: number[] = [];
    const tokens: number[] = [];
    const stillOpen: Search[] = [];
    for (const search of open) {
      const going = step(search, frontier, settings);
      search.running = going.map(({ beam }) => beam);
      if (search.ended.length >= search.width || going.length === 0 || length >= search.longest) continue;
      search.firstRow = parents.length;
      stillOpen.push(search);
      for (const { row, token } of going) { parents.push(row); tokens.push(token); }
    }
    open = stillOpen;
    if (open.length > 0) frontier = await frontier.advance(Uint32Array.from(parents), Int32Array.from(tokens), signal);
  }
  return all.map((search) => ranked(search, settings));
};

/** What has ended, and what was cut off where too little did; a translation that lacks a term comes after all that hold more. */
const ranked = ({ running, ended, terms, width }: Search, settings: BeamSettings): readonly Hypothesis[] => {
  const cutOff = ended.length >= width ? [] : running.map((beam) => hypothesis(beam, false, terms, settings));
  return [...ended, ...cutOff].sort((left, right) => left.unmet.length - right.unmet.length || right.score - left.score).slice(0, settings.beams);
};

type Going = Choice & { readonly beam: Beam };

/** One step of one source: hypotheses that end are kept, the others go on. */
const step = (search: Search, frontier: Frontier, settings: BeamSettings): readonly Going[] => {
  const { running, ended, firstRow, terms, width } = search;
  const going: Going[] = [];
  for (const [rank, choice] of (terms === null ? bestContinuations(frontier, search, settings) : bestOfBanks(frontier, search, terms, settings)).entries()) {
    const beam = running[choice.row - firstRow];
    if (beam === undefined) continue;
    if (choice.token === settings.end) {
      if (rank < width) ended.push(hypothesis({ ...beam, sum: choice.sum }, true, terms, settings));
    } else if (going.length < width) going.push({ ...choice, beam: { tokens: [...beam.tokens, choice.token], sum: choice.sum, state: terms?.after(beam.state, choice.token) ?? beam.state } });
  }
  return going;
};

const hypothesis = ({ tokens, sum, state }: Beam, ended: boolean, terms: TermAutomaton | null, { lengthPenalty, promptLength }: BeamSettings): Hypothesis =>
  ({ tokens: Int32Array.from(tokens), logProbability: sum, score: sum / (tokens.length + promptLength + Number(ended)) ** lengthPenalty, ended, unmet: terms?.open(state) ?? [] });

type Choice = { readonly row: number; readonly token: number; readonly sum: number };

const bestContinuations = (frontier: Frontier, { firstRow, running, width }: Search, { forbidden }: BeamSettings): readonly Choice[] => {
  const best = topChoices(Math.max(2, 2 * width));
  for (const [at, beam] of running.entries()) best.offer(firstRow + at, beam.sum, allowed(frontier.all(firstRow + at), forbidden));
  return best.choices;
};

/** The best continuations under dynamic beam allocation; nothing ends that lacks a term. */
const bestOfBanks = (frontier: Frontier, { firstRow, running, width }: Search, terms: TermAutomaton, { forbidden, end }: BeamSettings): readonly Choice[] => {
  const banks = new Map<number, Choice[]>();
  for (const [at, beam] of running.entries()) {
    const row = firstRow + at;
    const next = allowed(frontier.all(row), forbidden);
    const likely = topChoices(2 * width);
    likely.offer(row, beam.sum, next);
    const known = new Set(likely.choices.map(({ token }) => token));
    const wanted = terms.wanted(beam.state).filter((token) => !known.has(token)).map((token) => ({ row, token, sum: beam.sum + (next[token] ?? -Infinity) }));
    for (const choice of [...likely.choices, ...wanted]) {
      const complete = terms.met(beam.state) === terms.total;
      if (choice.sum === -Infinity || (choice.token === end && !complete)) continue;
      const bank = choice.token === end ? terms.total : terms.met(terms.after(beam.state, choice.token));
      banks.set(bank, [...banks.get(bank) ?? [], choice]);
    }
  }
  return allocate(banks, width);
};

/** Places are shared evenly among the banks that have somebody, those nearest to complete first; what a bank cannot fill goes to the others, best first. */
const allocate = (banks: ReadonlyMap<number, readonly Choice[]>, places: number): readonly Choice[] => {
  const queues = [...banks].sort(([left], [right]) => right - left).map(([, choices]) => [...choices].sort(better));
  const share = Math.max(1, Math.floor(places / Math.max(1, queues.length)));
  const seated = queues.slice(0, places).flatMap((queue) => queue.splice(0, share));
  const rest = queues.flat().sort(better);
  return [...seated, ...rest.slice(0, Math.max(0, places - seated.length))].sort(better);
};

const better = (left: Choice, right: Choice): number => right.sum - left.sum || left.row - right.row || left.token - right.token;

/** The best choices of several rows: sum descending, ties to the row and token that were offered first. */
const topChoices = (wanted: number) => {
  const best: Choice[] = [];
  const offer = (row: number, before: number, next: Float32Array): void => {
    for (let token = 0; token < next.length; token += 1) {
      const sum = before + (next[token] ?? -Infinity);
      const last = best[wanted - 1];
      if (last !== undefined && sum <= last.sum) continue;
      let place = Math.min(best.length, wanted - 1);
      while (place > 0 && (best[place - 1]?.sum ?? Infinity) < sum) { best[place] = best[place - 1] ?? { row, token, sum }; place -= 1; }
      best[place] = { row, token, sum };
    }
  };
  return { choices: best as readonly Choice[], offer };
};

/** Takes the forbidden tokens out and gives their probability to the others. */
export const allowed = (next: Float32Array, forbidden: readonly number[]): Float32Array => {
  if (forbidden.length === 0) return next;
  const lost = forbidden.reduce((sum, token) => sum + Math.exp(next[token] ?? -Infinity), 0);
  const gain = -Math.log1p(-Math.min(lost, 1 - Number.EPSILON));
  const rest = next.map((score) => score + gain);
  for (const token of forbidden) rest[token] = -Infinity;
  return rest;
};
