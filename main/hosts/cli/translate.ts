import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { TranslateRequest, TranslateResult, TranslateSettings } from '../../contract/translate.ts';
import { translationPrecision, type TranslationSearch } from '../../contract/translation.ts';
import { existing, wholeNumber } from './arguments.ts';
import { exitCode, UsageError, type ExitCode } from './exit.ts';
import { languageArgument } from './import-side.ts';
import { jobProgress, type Progress } from './progress.ts';
import { openSession } from './session.ts';

type Options = {
  readonly in: string; readonly model: string; readonly sourceLanguage: string; readonly targetLanguage: string; readonly out: string;
  readonly beam?: string; readonly nbest?: string; readonly lengthPenalty: string; readonly precision: string;
  readonly sample?: string; readonly seed?: string; readonly temperature?: string; readonly topK?: string; readonly topP?: string; readonly mbr: boolean;
  readonly protect: boolean; readonly glossary?: string;
  readonly pivotModel?: string; readonly pivotLanguage?: string; readonly pivotNbest: string;
  readonly project?: string; readonly json: boolean; readonly quiet: boolean;
};

export const describeTranslate = (program: Command, done: (code: ExitCode) => void): void => {
  program.command('translate').description('translate a file with a local model, one line a line')
    .requiredOption('--in <file>', 'one sentence a line; gz, xz, zst too')
    .requiredOption('--model <folder>', 'an encoder-decoder model exported with Optimum: M2M-100, NLLB, OPUS-MT, mBART, T5, MADLAD')
    .requiredOption('--source-language <tag>', 'de, zh-Hant, deu, deu_Latn ...')
    .requiredOption('--target-language <tag>')
    .requiredOption('--out <file>', 'one line a line; with --nbest: line rank score text, with a header')
    .option('--beam <number>', 'beams; 1 is greedy (default: 4, or as many as --nbest asks for)')
    .option('--nbest <number>', 'write so many translations of each line')
    .option('--length-penalty <number>', 'scores are divided by length^penalty', '1')
    .option('--precision <kind>', 'auto (the most exact there is), fp32, q8, int8, uint8, q4', 'auto')
    .option('--sample <number>', 'draw so many translations instead of searching the likeliest')
    .option('--seed <number>', 'of the samples (default: 1)')
    .option('--temperature <number>', 'of the samples (default: 1)')
    .option('--top-k <number>', 'samples: only the so many likeliest tokens')
    .option('--top-p <number>', 'samples: only the likeliest tokens that together have this probability')
    .option('--mbr', 'of several translations choose the one that agrees best with the others (minimum Bayes risk, chrF)', false)
    .option('--glossary <file>', 'source TAB target: where the source stands in a line, the target must stand in its translation')
    .option('--no-protect', 'let the model translate code, formulas, placeholders, addresses, tags and JSON keys too')
    .option('--pivot-model <folder>', 'translate over a third language: --model into it, this one out of it')
    .option('--pivot-language <tag>', 'the third language')
    .option('--pivot-nbest <number>', 'translations of the first model that the second goes on from', '4')
    .option('--project <file>', 'keep finished lines in this project; default: beside the output until it is written')
    .option('--json', 'a summary as JSON on standard output', false)
    .option('--quiet', 'no progress on standard error', false)
    .action(async (options: Options) => done(await translate(options)));
};

const translate = async (options: Options): Promise<ExitCode> => {
  const request = requestOf(options);
  const progress = jobProgress(options.quiet);
  const session = await openSession(options.project);
  try {
    const { job } = await session.client.call('translate.start', request);
    await session.finish(job, progress).catch((thrown: unknown) => {
      if (existsSync(`${request.output}.translating`)) progress.say(`Finished lines are kept in ${request.output}.translating; the same command goes on from there.`);
      throw thrown;
    });
    const result = await session.client.call('translate.result', { job });
    report(result, request, progress);
    if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    return result.counts.malformed + result.counts.tooLong > 0 ? exitCode.rejectedInput : exitCode.ok;
  } finally {
    await session.close();
  }
};

const numberIn = (given: string, option: string, least: number, most: number): number => {
  const value = Number(given);
  if (given.trim() === '' || !(value >= least && value <= most)) throw new UsageError(`${option} ${given}: a number from ${least} to ${most}.`);
  return value;
};

/** Checks the options; anything wrong is a usage error before any work begins. */
const requestOf = (options: Options): TranslateRequest => {
  const count = options.nbest === undefined ? 1 : wholeNumber(options.nbest, '--nbest', 1, 64);
  const search = searchOf(options, count);
  if (options.mbr && (search.kind === 'beam' ? Math.max(search.beams, search.count) : search.count) < 2) throw new UsageError('--mbr chooses among several translations: give --beam, --nbest or --sample of at least 2.');
  if (options.glossary !== undefined && search.kind === 'sample') throw new UsageError('--glossary needs a search with beams, not --sample.');
  return {
    input: existing(options.in, 'file'), output: resolve(options.out), overwrite: true, format: options.nbest === undefined ? 'lines' : 'tsv',
    glossary: options.glossary === undefined ? null : existing(options.glossary, 'file'),
    keep: options.project === undefined ? 'beside-output' : 'project',
    settings: {
      model: modelOf(options.model, options.precision, '--precision'),
      sourceLanguage: languageArgument(options.sourceLanguage, '--source-language'), targetLanguage: languageArgument(options.targetLanguage, '--target-language'),
      search, count, ranking: options.mbr ? 'mbr' : 'model', protect: options.protect, pivot: pivotOf(options),
    },
  };
};

const searchOf = (options: Options, nbest: number): TranslationSearch => {
  if (options.sample === undefined) {
    const only = ([['--seed', options.seed], ['--temperature', options.temperature], ['--top-k', options.topK], ['--top-p', options.topP]] as const).find(([, given]) => given !== undefined);
    if (only !== undefined) throw new UsageError(`${only[0]} belongs to --sample.`);
    const beams = options.beam === undefined ? Math.max(4, nbest) : wholeNumber(options.beam, '--beam', 1, 64);
    if (nbest > beams) throw new UsageError(`--nbest ${nbest} needs at least as many beams: --beam ${nbest}.`);
    return { kind: 'beam', beams, count: options.mbr ? beams : nbest, lengthPenalty: numberIn(options.lengthPenalty, '--length-penalty', -10, 10) };
  }
  if (options.beam !== undefined) throw new UsageError('--sample and --beam exclude each other.');
  const count = wholeNumber(options.sample, '--sample', 1, 256);
  if (nbest > count) throw new UsageError(`--nbest ${nbest} needs at least as many samples: --sample ${nbest}.`);
  return {
    kind: 'sample', count, seed: wholeNumber(options.seed ?? '1', '--seed', 0, 0xffff_ffff), temperature: numberIn(options.temperature ?? '1', '--temperature', 0.01, 10),
    topK: wholeNumber(options.topK ?? '0', '--top-k', 0, 10_000), topP: numberIn(options.topP ?? '1', '--top-p', 0.001, 1),
  };
};

const pivotOf = (options: Options): TranslateSettings['pivot'] => {
  if (options.pivotModel === undefined && options.pivotLanguage === undefined) return null;
  if (options.pivotModel === undefined || options.pivotLanguage === undefined) throw new UsageError('--pivot-model and --pivot-language belong together.');
  return { model: modelOf(options.pivotModel, options.precision, '--precision'), language: languageArgument(options.pivotLanguage, '--pivot-language'), count: wholeNumber(options.pivotNbest, '--pivot-nbest', 1, 16) };
};

const modelOf = (folder: string, given: string, option: string): TranslateSettings['model'] => {
  const precision = translationPrecision.options.find((one) => one === given);
  if (precision === undefined) throw new UsageError(`${option} ${given}: one of ${translationPrecision.options.join(', ')}.`);
  return { folder: existing(folder, 'folder'), precision };
};

/** What a reader should know of the file, in a few lines. */
const report = ({ counts, remarks, warnings, signature, seconds }: TranslateResult, request: TranslateRequest, progress: Progress): void => {
  const many = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`;
  for (const warning of warnings) progress.say(`Warning: ${warning}`);
  for (const { line, text } of remarks.slice(0, remarksSaid)) progress.say(`Line ${line}: ${text}`);
  if (remarks.length > remarksSaid) progress.say(`and more; --json lists ${remarks.length} of them.`);
  progress.say([
    `${many(counts.lines, 'line')} in ${request.output}: ${counts.translated} translated in ${seconds.toFixed(1)} s`,
    counts.reused > 0 ? `${many(counts.reused, 'text')} of them known from before` : '',
    counts.empty > 0 ? `${counts.empty} empty` : '',
    counts.malformed > 0 ? `${counts.malformed} malformed, left empty` : '',
    counts.tooLong > 0 ? `${counts.tooLong} too long for the model, left empty` : '',
    counts.cutOff > 0 ? `${counts.cutOff} without an end` : '',
  ].filter((part) => part !== '').join(', ') + '.');
  if (counts.protectedSegments > 0) progress.say(`${many(counts.protectedSegments, 'protected segment')} in ${many(counts.protectedLines, 'line')}: all kept; the model lost some in ${many(counts.protectedInPieces, 'line')}, which ${counts.protectedInPieces === 1 ? 'was' : 'were'} translated in pieces around them.`);
  if (counts.terms > 0) progress.say(`${many(counts.terms, 'term')} of the glossary asked for, ${counts.termsMissing} missing.`);
  progress.say(signature);
};

const remarksSaid = 20;
