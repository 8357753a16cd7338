import type { Arguments, Value } from './arguments.ts';
import { CommandFailure, wrongCall } from './failure.ts';
import type { SmoothMethod } from '../src/metrics/bleu-score.ts';
import { formatChoices, metricChoices, smoothChoices, testSetOptionNames } from './options.ts';

export type MetricKey = (typeof metricChoices)[number];
export type Format = (typeof formatChoices)[number];
export type Test = 'bootstrap' | 'randomization';

/** The command line, understood: defaults filled in, contradictions refused. */
export type Settings = {
  readonly references: readonly string[];
  /** Null: standard input. */
  readonly inputs: readonly string[] | null;
  readonly fieldsPerLine: number;
  readonly encoding: string;
  readonly modelFile: string | null;
  /** In alphabetical order, each once. */
  readonly metrics: readonly MetricKey[];
  readonly sentenceLevel: boolean;
  readonly targetLanguage: string;
  readonly bleu: { readonly smoothMethod: SmoothMethod; readonly smoothValue: number | null; readonly tokenize: string | null; readonly lowercase: boolean; readonly force: boolean };
  readonly chrf: { readonly charOrder: number; readonly wordOrder: number; readonly beta: number; readonly whitespace: boolean; readonly lowercase: boolean; readonly epsSmoothing: boolean };
  readonly ter: { readonly normalized: boolean; readonly noPunctuation: boolean; readonly asianSupport: boolean; readonly caseSensitive: boolean };
  /** Resamples of the interval; null where none is wanted. */
  readonly confidence: number | null;
  readonly test: Test | null;
  /** Trials or resamples of the test. */
  readonly trials: number;
  readonly quiet: boolean;
  readonly shortSignature: boolean;
  readonly scoreOnly: boolean;
  readonly width: number;
  readonly detail: boolean;
  readonly color: boolean;
  readonly format: Format;
  /** As given in the environment, in lower case: a whole number or `none`. */
  readonly seed: string;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** @throws CommandFailure for what cannot be done, with sacreBLEU's exit code. */
export const settingsFrom = ({ values, positional }: Arguments, environment: Environment): Settings => {
  const flag = (name: string): boolean => values.get(name) === true;
  const text = (name: string): string | null => asText(values.get(name));
  const integer = (name: string, preset: number): number => asNumber(values.get(name)) ?? preset;
  const list = (name: string): readonly string[] | null => asList(values.get(name));
  refuseTestSets(values);
  const metrics = list('--metrics') ?? ['bleu'];
  const sentenceLevel = flag('--sentence-level');
  if (sentenceLevel && metrics.length > 1) throw new CommandFailure('Only one metric can be used in sentence-level mode.');
  if (flag('--paired-ar') && flag('--paired-bs')) throw wrongCall('argument --paired-bs/-pbs: not allowed with argument --paired-ar/-par');
  const fieldsPerLine = integer('--num-refs', 1);
  if (fieldsPerLine !== 1 && positional.length > 1) throw new CommandFailure('--num-refs splits the lines of one reference file; it cannot be used with several.');
  if (positional.length === 0) throw new CommandFailure('There is no reference file. References come before -i/--input; test sets are not downloaded here.');
  const test = flag('--paired-bs') ? 'bootstrap' : flag('--paired-ar') ? 'randomization' : null;
  return {
    references: positional,
    inputs: list('--input'),
    fieldsPerLine,
    encoding: text('--encoding') ?? 'utf-8',
    modelFile: text('--sentencepiece-model'),
    metrics: metricChoices.filter((name) => metrics.includes(name)),
    sentenceLevel,
    targetLanguage: targetLanguageOf(text('--language-pair')),
    bleu: {
      smoothMethod: smoothChoices.find((method) => method === text('--smooth-method')) ?? 'exp',
      smoothValue: asNumber(values.get('--smooth-value')),
      tokenize: text('--tokenize'),
      lowercase: flag('--lowercase'),
      force: flag('--force'),
    },
    chrf: {
      charOrder: integer('--chrf-char-order', 6),
      wordOrder: integer('--chrf-word-order', 0),
      beta: integer('--chrf-beta', 2),
      whitespace: flag('--chrf-whitespace'),
      lowercase: flag('--chrf-lowercase'),
      epsSmoothing: flag('--chrf-eps-smoothing'),
    },
    ter: {
      normalized: flag('--ter-normalized'),
      noPunctuation: flag('--ter-no-punct'),
      asianSupport: flag('--ter-asian-support'),
      caseSensitive: flag('--ter-case-sensitive'),
    },
    confidence: flag('--confidence') ? integer('--confidence-n', 1000) : null,
    test,
    trials: test === 'bootstrap' ? integer('--paired-bs-n', 1000) : integer('--paired-ar-n', 10_000),
    quiet: flag('--quiet'),
    shortSignature: flag('--short'),
    scoreOnly: flag('--score-only'),
    width: widthFrom(integer('--width', 1)),
    detail: flag('--detail'),
    color: !flag('--no-color') && (environment['NO_COLOR'] ?? '') === '',
    format: formatFrom(text('--format'), environment['SACREBLEU_FORMAT'], flag('--detail')),
    seed: (environment['SACREBLEU_SEED'] ?? '12345').toLowerCase(),
  };
};

const asText = (value: Value | undefined): string | null => (typeof value === 'string' ? value : null);
const asNumber = (value: Value | undefined): number | null => (typeof value === 'number' ? value : null);
const asList = (value: Value | undefined): readonly string[] | null => (typeof value === 'object' ? value : null);

const refuseTestSets = (values: Arguments['values']): void => {
  const used = testSetOptionNames.filter((name) => values.has(name));
  if (used.length > 0) throw new CommandFailure(`${used.join(' and ')} needs sacreBLEU's own test sets, and this program downloads nothing. Give the reference files by name, before -i.`);
};

const targetLanguageOf = (pair: string | null): string => {
  if (pair === null) return '';
  const target = pair.split('-')[1];
  if (target !== undefined) return target;
  throw new CommandFailure(`"${pair}" is no language pair. Write source and target, as in en-zh.`);
};

const widthFrom = (width: number): number => {
  if (width >= 0 && width <= 100) return width;
  throw new CommandFailure(`--width is a number of decimals from 0 to 100, not ${width}.`);
};

/** The environment wins over the option, as upstream; a word it does not know is ignored. Details would break JSON, so they turn it into text. */
const formatFrom = (given: string | null, environment: string | undefined, detail: boolean): Format => {
  const wanted = formatChoices.find((format) => format === environment?.toLowerCase()) ?? formatChoices.find((format) => format === given) ?? 'json';
  return detail && wanted === 'json' ? 'text' : wanted;
};
