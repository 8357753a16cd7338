import type { Metric, Score, Segment, Statistics } from '../metric.ts';
import { checkOptionNames } from '../options.ts';
import { scoreText } from '../score-text.ts';
import { checkSegments, presentReferences } from '../segments.ts';
import { emptyStatistics } from '../statistics.ts';
import { pyRstrip } from '../text/python-text.ts';
import { type TerTokenizerOptions, terWords } from '../tokenizers/ter.ts';
import { EditCounter, type EditRate } from './translation-edit-rate.ts';

/** How many comparisons of a hypothesis with one reference met a limit of the search, so that a more patient search could have found fewer edits. */
export type TerLimits = {
  /** 1,000 candidate shifts: sacreBLEU stops here too. */
  readonly candidates: number;
  /** The beam of 25 words to each side, sacreBLEU's too, may have hidden a cheaper alignment. */
  readonly beam: number;
  /** A text too long for the search for shifts, on which sacreBLEU would run out of time or memory. */
  readonly size: number;
};

export type TerScore = Score & {
  /** The fewest edits over the references, summed. */
  readonly edits: number;
  /** The mean length of the references in words, summed. */
  readonly referenceLength: number;
  /** Null for a score of summed statistics, which no longer know. */
  readonly limits: TerLimits | null;
};

/** Rows of [edits, mean reference length]. */
export type TerStatistics = Statistics & { readonly limits: TerLimits };

export type TerMetric = Omit<Metric<TerScore>, 'extract'> & { extract(segments: readonly Segment[]): TerStatistics };

/**
 * Translation edit rate (Snover et al., 2006) with sacreBLEU's tercom behaviour: edits and block moves per reference word, in percent.
 *
 * Of several references the fewest edits count, but the mean length; an empty reference costs the hypothesis' length.
 */
export const ter = (options: TerTokenizerOptions = {}): TerMetric => {
  checkOptionNames('TER', options, ['normalized', 'noPunctuation', 'asianSupport', 'caseSensitive']);
  const counter = new EditCounter();

  const extract = (segments: readonly Segment[]): TerStatistics => {
    checkSegments(segments);
    const statistics = emptyStatistics(segments.length, 2);
    const limits = { candidates: 0, beam: 0, size: 0 };
    for (const [at, segment] of segments.entries()) {
      const number = numbering();
      const references = presentReferences(segment).map((reference) => number(referenceWords(reference, options)));
      const hypothesis = number(terWords(pyRstrip(segment.hypothesis), options));
      const rates = references.map((reference) => counter.count(hypothesis, reference));
      for (const rate of rates) addLimits(limits, rate);
      statistics.values[2 * at] = Math.min(...rates.map((rate) => rate.edits));
      statistics.values[2 * at + 1] = references.reduce((sum, reference) => sum + reference.length, 0) / references.length;
    }
    return { ...statistics, limits };
  };

  const score = (sums: ArrayLike<number>, limits: TerLimits | null = null): TerScore => {
    const edits = sums[0] ?? 0;
    const referenceLength = sums[1] ?? 0;
    const rate = referenceLength > 0 ? edits / referenceLength : Number(edits > 0);
    const printable = { name: 'TER', value: 100 * rate, verbose: '' };
    return { ...printable, edits: Math.trunc(edits), referenceLength, limits, format: (width = 2, scoreOnly = false) => scoreText(printable, { width, scoreOnly }) };
  };

  return {
    name: 'TER',
    higherIsBetter: false,
    width: 2,
    fractional: true,
    extract,
    score: (sums) => score(sums),
    sentence: (segment) => {
      const { values, limits } = extract([segment]);
      return score(values, limits);
    },
    signatureFields: () => [
      ['case', 'c', options.caseSensitive === true ? 'mixed' : 'lc'],
      ['tok', 't', 'tercom'],
      ['norm', 'nr', yesNo(options.normalized)],
      ['punct', 'pn', yesNo(options.noPunctuation !== true)],
      ['asian', 'as', yesNo(options.asianSupport)],
    ],
  };
};

/**
 * References go through the tokenizer twice upstream, hypotheses once, which shows where `normalized` finds more to split the second time: `..1` is two words in a
 * hypothesis and three in a reference. Kept: `_preprocess_segment` runs in Metric._cache_references and again in TER._extract_reference_info,
 * https://github.com/mjpost/sacrebleu/blob/v2.6.0/sacrebleu/metrics/ter.py
 */
const referencesTokenizedTwice = true;

const referenceWords = (reference: string, options: TerTokenizerOptions): string[] => {
  const words = terWords(pyRstrip(reference), options);
  return referencesTokenizedTwice && options.normalized === true ? terWords(words.join(' '), options) : words;
};

/** Gives equal words equal numbers. */
const numbering = (): ((words: readonly string[]) => Int32Array<ArrayBuffer>) => {
  const numbers = new Map<string, number>();
  return (words) => Int32Array.from(words, (word) => {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    numbers.set(word, numbers.size);
    return numbers.size - 1;
  });
};

const addLimits = (limits: { candidates: number; beam: number; size: number }, { stop, beam }: EditRate): void => {
  if (stop !== null) limits[stop] += 1;
  if (beam) limits.beam += 1;
};

const yesNo = (value: boolean | undefined): string => (value === true ? 'yes' : 'no');
