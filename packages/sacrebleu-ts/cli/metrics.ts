import { bleu } from '../src/metrics/bleu.ts';
import { smoothDefaults } from '../src/metrics/bleu-score.ts';
import { chrf } from '../src/metrics/chrf.ts';
import { ter, type TerLimits } from '../src/metrics/ter.ts';
import type { Metric, Segment, Statistics } from '../src/metric.ts';
import { sentencePieceTokenizer } from '../src/sentencepiece/tokenizer.ts';
import { defaultTokenizerName } from '../src/tokenizers/registry.ts';
import type { Tokenizer } from '../src/tokenizers/tokenizer.ts';
import { CommandFailure } from './failure.ts';
import { readBytes } from './read.ts';
import type { MetricKey, Settings } from './settings.ts';

/** A metric, and statistics of a system with what is worth a note about them. */
export type CommandMetric = { readonly metric: Metric; extract(segments: readonly Segment[]): { readonly statistics: Statistics; readonly notes: readonly string[] } };

export const metricFrom = (key: MetricKey, settings: Settings, folder: string): CommandMetric => {
  if (key === 'ter') return terMetric(settings);
  if (key === 'chrf') return silent(chrf(settings.chrf));
  const { force, tokenize, smoothMethod, smoothValue, lowercase } = settings.bleu;
  const tokenizer = chooseTokenizer(tokenize ?? defaultTokenizerName(settings.targetLanguage), settings, folder);
  const usedValue = smoothDefaults[smoothMethod] === null ? null : smoothValue;
  const metric = bleu({ smoothMethod, smoothValue: usedValue, lowercase, tokenize: tokenizer, effectiveOrder: settings.sentenceLevel });
  return { metric, extract: (segments) => ({ statistics: metric.extract(segments), notes: force ? [] : tokenisedNotes(segments) }) };
};

const silent = (metric: Metric): CommandMetric => ({ metric, extract: (segments) => ({ statistics: metric.extract(segments), notes: [] }) });

const terMetric = (settings: Settings): CommandMetric => {
  const metric = ter(settings.ter);
  return {
    metric,
    extract: (segments) => {
      const statistics = metric.extract(segments);
      return { statistics, notes: limitNotes(statistics.limits) };
    },
  };
};

const limitNotes = ({ candidates, size }: TerLimits): readonly string[] => [
  ...(candidates > 0 ? [`TER: the search for shifts ended at 1,000 candidates in ${candidates} comparisons, as sacreBLEU's does.`] : []),
  ...(size > 0 ? [`TER: ${size} comparisons were too long for the whole search for shifts; fewer edits may be possible.`] : []),
];

/** sacreBLEU's own test and wording. */
const tokenisedNotes = (segments: readonly Segment[]): readonly string[] => {
  const spaced = segments.filter(({ hypothesis }) => hypothesis.endsWith(' .')).length;
  if (spaced < 100) return [];
  return [`${spaced} lines end in a tokenized period ('.'). It looks like you forgot to detokenize your test data, which may hurt your score; --force leaves this warning out.`];
};

/** One of sacreBLEU's names for a SentencePiece model with the file it stands for, or a name that needs none. */
const chooseTokenizer = (name: string, { modelFile }: Settings, folder: string): string | Tokenizer => {
  if (!sentencePieceNames.has(name)) {
    if (modelFile === null) return name;
    throw new CommandFailure(`--sentencepiece-model is for the tokenizers ${[...sentencePieceNames].join(', ')}, not for ${name}.`);
  }
  if (modelFile === null) throw new CommandFailure(`The tokenizer ${name} needs a SentencePiece model, and nothing is downloaded here: name its file with --sentencepiece-model.`);
  return sentencePieceTokenizer({ name, file: readBytes(modelFile, folder) });
};

const sentencePieceNames = new Set(['spm', 'flores101', 'flores200', 'spBLEU-1K']);
