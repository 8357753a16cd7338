import { Failure } from '../../contract/errors.ts';
import type { EncoderDescription, ProviderMeasure } from '../../contract/models.ts';
import { covers } from './language-coverage.ts';
import { graphBytes, speedOf } from './encode-effort.ts';

/** The encoder that knows the most languages: taken where nothing else is known to be better. */
const broadest = 'multilingual-e5-small';
/** The fast encoder, better and about ten times faster than the broad one in the languages that it knows. */
const fast = 'use-multilingual-v3';

export type Candidate = { readonly encoder: EncoderDescription; readonly bundled: boolean; readonly measures: readonly ProviderMeasure[] };

export type EncoderChoice = {
  readonly encoder: EncoderDescription;
  /** One sentence: why this one, and what it costs. */
  readonly reason: string;
  /** Languages that the chosen encoder is not known to know, one sentence each. */
  readonly warnings: readonly string[];
};

export type EncoderQuestion = {
  /** BCP-47 tags of the two sides. */
  readonly languages: readonly string[];
  /** Sentences of each side. */
  readonly sizes: readonly number[];
  readonly models: readonly Candidate[];
};

/**
 * The rule of `--encoder auto`: language coverage first, then quality and time as known of the bundled encoders. Never `both`.
 *
 * 1. The fast encoder where it knows both languages. 2. The broad one where it knows both. 3. An added encoder that says it knows both, the smallest.
 * 4. The broad one with a warning: a language that an encoder was not trained on may still share script and vocabulary with one that it knows.
 */
export const chooseEncoder = ({ languages, sizes, models }: EncoderQuestion): EncoderChoice => {
  const sentences = sizes.reduce((sum, size) => sum + size, 0);
  const byId = (id: string): Candidate | undefined => models.find((model) => model.bundled && model.encoder.id === id);
  const knowsAll = (candidate: Candidate): boolean => languages.every((tag) => covers(candidate.encoder.languages, tag));
  const seconds = (candidate: Candidate): number => sentences / speedOf(candidate.encoder, candidate.measures);
  const quick = byId(fast);
  const broad = byId(broadest);
  const spoken = listOf(languages);

  if (quick !== undefined && knowsAll(quick)) {
    const other = broad !== undefined && knowsAll(broad) ? ` (${broad.encoder.title}: ${duration(seconds(broad))})` : '';
    return { encoder: quick.encoder, warnings: [], reason: `${quick.encoder.title} knows ${spoken}, where it finds more pairs than ${broad?.encoder.title ?? 'the others'}; encoding takes ${duration(seconds(quick))}${other}.` };
  }
  if (broad !== undefined && knowsAll(broad)) {
    const missing = quick === undefined ? [] : languages.filter((tag) => !covers(quick.encoder.languages, tag));
    const why = quick === undefined ? '' : `; the faster ${quick.encoder.title} does not know ${listOf(missing)}`;
    return { encoder: broad.encoder, warnings: [], reason: `${broad.encoder.title} knows ${spoken}${why}. Encoding takes ${duration(seconds(broad))}.` };
  }
  const added = models.filter((model) => !model.bundled && knowsAll(model)).sort((left, right) => graphBytes(left.encoder) - graphBytes(right.encoder) || (left.encoder.id < right.encoder.id ? -1 : 1))[0];
  if (added !== undefined) return { encoder: added.encoder, warnings: [], reason: `${added.encoder.title}, which was added, is the smallest encoder here that states ${spoken}. Encoding takes ${duration(seconds(added))}.` };
  return withoutCoverage(broad ?? quick ?? models[0], languages, seconds);
};

const withoutCoverage = (candidate: Candidate | undefined, languages: readonly string[], seconds: (candidate: Candidate) => number): EncoderChoice => {
  if (candidate === undefined) throw new Failure('model-missing', 'There is no encoder.', { hint: 'Add one with "dragoman models add FOLDER", or install the program anew: two are part of it.' });
  const { title } = candidate.encoder;
  return {
    encoder: candidate.encoder,
    warnings: coverageWarnings(candidate.encoder, languages),
    reason: `No encoder here states all of ${listOf(languages)}; ${title} knows the most languages. Encoding takes ${duration(seconds(candidate))}.`,
  };
};

/** One sentence for each language that the encoder does not state; also said of an encoder that the user chose. */
export const coverageWarnings = (encoder: EncoderDescription, languages: readonly string[]): readonly string[] =>
  [...new Set(languages)].filter((tag) => !covers(encoder.languages, tag)).map((tag) =>
    `${encoder.title} was not trained on ${languageName(tag)}${encoder.languages.length === 0 ? ' as far as its files say' : ''}: margins there may mean little. Look at the pairs before you trust a threshold.`);

const listOf = (tags: readonly string[]): string => {
  const names = [...new Set(tags)].map(languageName);
  return names.length < 2 ? names[0] ?? 'no language' : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
};

const languageName = (tag: string): string => {
  if (tag === 'und') return 'a language that is not stated (und)';
  if (tag.startsWith('x-')) return tag;
  const name = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(tag);
  return name === undefined ? tag : `${name} (${tag})`;
};

const duration = (seconds: number): string => {
  if (seconds < 1) return 'less than a second';
  if (seconds < 90) return `about ${Math.round(seconds)} s`;
  return seconds < 5400 ? `about ${Math.round(seconds / 60)} min` : `about ${(seconds / 3600).toFixed(1)} h`;
};
