import type { Option } from './arguments.ts';

export const metricChoices = ['bleu', 'chrf', 'ter'] as const;
export const formatChoices = ['json', 'text', 'latex'] as const;
export const smoothChoices = ['none', 'floor', 'add-k', 'exp'] as const;
const tokenizerChoices = ['none', 'zh', '13a', 'intl', 'char', 'ja-mecab', 'ko-mecab', 'spm', 'flores101', 'flores200', 'spBLEU-1K'] as const;

type Group = { readonly title: string; readonly options: readonly Option[] };

const flag = (names: Option['names'], help: string): Option => ({ names, kind: 'flag', help });

/** Every option of sacreBLEU 2.6.0, and one of ours, in the order of the help text. */
export const optionGroups: readonly Group[] = [
  {
    title: 'Files',
    options: [
      { names: ['--input', '-i'], kind: 'texts', help: 'system outputs, one file each; standard input, tab-separated, where left out' },
      { names: ['--num-refs', '-nr'], kind: 'integer', help: 'split each reference line on tabs into so many references (1)' },
      { names: ['--encoding', '-e'], kind: 'text', help: 'encoding of all files (utf-8)' },
      { names: ['--sentencepiece-model'], kind: 'text', help: 'SentencePiece model file for the tokenizers spm, flores101, flores200 and spBLEU-1K' },
    ],
  },
  {
    title: 'What to compute',
    options: [
      { names: ['--metrics', '-m'], kind: 'texts', needsOne: true, choices: metricChoices, help: 'bleu, chrf, ter; several may be given (bleu)' },
      flag(['--sentence-level', '-sl'], 'a line for each segment instead of one for all'),
      { names: ['--language-pair', '-l'], kind: 'text', help: 'as in en-zh: the target language chooses the tokenizer of BLEU' },
    ],
  },
  {
    title: 'BLEU',
    options: [
      { names: ['--smooth-method', '-s'], kind: 'text', choices: smoothChoices, help: 'exp, floor, add-k or none (exp)' },
      { names: ['--smooth-value', '-sv'], kind: 'number', help: 'for floor (0.1) and add-k (1)' },
      { names: ['--tokenize', '-tok'], kind: 'text', choices: tokenizerChoices, help: 'none, zh, 13a, intl, char, spm, flores101, flores200 or spBLEU-1K (13a; zh for Chinese)' },
      flag(['--lowercase', '-lc'], 'ignore case'),
      flag(['--force'], 'do not warn about tokenised text'),
    ],
  },
  {
    title: 'chrF',
    options: [
      { names: ['--chrf-char-order', '-cc'], kind: 'integer', help: 'longest character n-gram (6)' },
      { names: ['--chrf-word-order', '-cw'], kind: 'integer', help: 'longest word n-gram (0); 2 is chrF++' },
      { names: ['--chrf-beta'], kind: 'integer', help: 'weight of recall against precision (2)' },
      flag(['--chrf-whitespace'], 'count whitespace in character n-grams'),
      flag(['--chrf-lowercase'], 'ignore case'),
      flag(['--chrf-eps-smoothing'], 'smooth as chrF++.py, NLTK and Moses do'),
    ],
  },
  {
    title: 'TER',
    options: [
      flag(['--ter-case-sensitive'], 'do not ignore case'),
      flag(['--ter-asian-support'], 'widen the next two to Chinese and Japanese'),
      flag(['--ter-no-punct'], 'remove punctuation'),
      flag(['--ter-normalized'], 'normalise and tokenise'),
    ],
  },
  {
    title: 'Significance',
    options: [
      flag(['--confidence', '-ci'], 'bootstrap interval of one system'),
      { names: ['--confidence-n', '-cin'], kind: 'integer', help: 'resamples for it (1000)' },
      flag(['--paired-ar', '-par'], 'approximate randomization of every system against the first'),
      flag(['--paired-bs', '-pbs'], 'paired bootstrap of every system against the first'),
      { names: ['--paired-ar-n', '-parn'], kind: 'integer', help: 'trials (10000)' },
      { names: ['--paired-bs-n', '-pbsn'], kind: 'integer', help: 'resamples (1000)' },
      { names: ['--paired-jobs', '-j'], kind: 'integer', help: 'accepted and ignored: one process is enough here' },
    ],
  },
  {
    title: 'Output',
    options: [
      flag(['--quiet', '-q'], 'errors and warnings only on standard error'),
      flag(['--short', '-sh'], 'short signatures'),
      flag(['--score-only', '-b'], 'the number alone'),
      { names: ['--width', '-w'], kind: 'integer', help: 'decimals (1)' },
      flag(['--detail', '-d'], 'details of a test set; there are none for files'),
      flag(['--no-color', '-nc'], 'no colours; they are used on a terminal only'),
      { names: ['--format', '-f'], kind: 'text', choices: formatChoices, help: 'json, text, or latex for several systems (json)' },
      flag(['--version', '-V'], 'the version, and quit'),
      flag(['--help', '-h'], 'this text, and quit'),
    ],
  },
];

/** What sacreBLEU does with the test sets it downloads. Known, so that the refusal can say why. */
const testSetOptions: readonly Option[] = [
  flag(['--citation', '--cite'], ''),
  flag(['--list'], ''),
  { names: ['--test-set', '-t'], kind: 'text', help: '' },
  { names: ['--origlang', '-ol'], kind: 'text', help: '' },
  { names: ['--subset'], kind: 'text', help: '' },
  { names: ['--download'], kind: 'text', help: '' },
  { names: ['--echo'], kind: 'texts', needsOne: true, help: '' },
];

export const testSetOptionNames: readonly string[] = testSetOptions.map((option) => option.names[0]);

export const allOptions: readonly Option[] = [...optionGroups.flatMap((group) => group.options), ...testSetOptions];

const placeholder = ({ kind, names }: Option): string => (kind === 'flag' ? '' : ` ${names[0].replace(/^-+/, '').toUpperCase()}${kind === 'texts' ? ' ...' : ''}`);

export const helpText = (): string => {
  const lines = optionGroups.flatMap(({ title, options }) => ['', `${title}:`, ...options.map((option) => `  ${(option.names.join(', ') + placeholder(option)).padEnd(44)} ${option.help}`)]);
  return [
    'Usage: sacrebleu-ts REFERENCE ... [-i SYSTEM ...] [options]',
    '',
    'BLEU, chrF and TER with the numbers of sacreBLEU 2.6.0. References come before -i. Files ending in .gz are unpacked.',
    'Environment: SACREBLEU_FORMAT, SACREBLEU_SEED (12345; none for a new one each time), NO_COLOR.',
    ...lines,
    '',
    'Test sets are not downloaded: the options -t, -ol, --subset, --echo, --list, --citation and --download are refused.',
    'Exit codes: 0 done, 1 refused, 2 wrong call, 17 a line with the wrong number of tab-separated fields.',
    '',
  ].join('\n');
};
