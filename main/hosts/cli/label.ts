import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Failure } from '../../contract/errors.ts';
import { projectionRequest, projectionSettings, type ProjectionGold, type ProjectionRequest, type ProjectionResult } from '../../contract/projection.ts';
import { translationPrecision } from '../../contract/translation.ts';
import { existing, oneOf, wholeNumber } from './arguments.ts';
import { exitCode, UsageError, type ExitCode } from './exit.ts';
import { languageArgument } from './import-side.ts';
import { jobProgress, type Progress } from './progress.ts';
import { openSession } from './session.ts';

type Options = {
  readonly in: string; readonly translations: string; readonly sourceLanguage: string; readonly targetLanguage: string; readonly out: string;
  readonly method: string; readonly model?: string; readonly precision: string; readonly from: string; readonly to: string; readonly gold?: string;
  readonly aligner: string; readonly search: string; readonly candidates: string; readonly reverse: boolean;
  readonly project?: string; readonly json: boolean; readonly quiet: boolean;
};

export const describeLabel = (program: Command, done: (code: ExitCode) => void): void => {
  program.command('label').description('carry labelled spans to translations of their sentences')
    .requiredOption('--in <file>', 'labelled sentences: CoNLL, doccano JSONL, brat (.ann beside .txt), XML tags')
    .requiredOption('--translations <file>', 'one translation a line, in the order of the sentences')
    .requiredOption('--source-language <tag>', 'de, zh-Hant, deu, deu_Latn ...')
    .requiredOption('--target-language <tag>')
    .requiredOption('--out <file>', 'the translations with their labels')
    .option('--method <name>', 'alignment (fast), constrained (a translation model places markers), both', 'alignment')
    .option('--model <folder>', 'a translation model; constrained and both need one')
    .option('--precision <kind>', 'of the model: auto, fp32, q8, int8, uint8, q4', 'auto')
    .option('--from <format>', 'auto, conll, jsonl, brat, xml', 'auto')
    .option('--to <format>', 'conll or jsonl', 'conll')
    .option('--gold <file>', 'CoNLL of the same translations: print span F1 of each method')
    .option('--aligner <kind>', 'auto, encoder, statistical (learns from these sentences alone)', 'auto')
    .option('--search <kind>', 'of the constrained method: auto, table, breadth, depth; all find the same', 'auto')
    .option('--candidates <number>', 'places that are looked for a span', '3')
    .option('--reverse', 'rank places by the reverse direction of the model too', false)
    .option('--project <file>', 'a project to work in; default: a temporary one')
    .option('--json', 'a summary as JSON on standard output', false)
    .option('--quiet', 'no progress on standard error', false)
    .action(async (options: Options) => done(await label(options)));
};

const label = async (options: Options): Promise<ExitCode> => {
  const request = requestOf(options);
  const progress = jobProgress(options.quiet);
  const session = await openSession(options.project);
  try {
    const { job } = await session.client.call('projection.start', request).catch((thrown: unknown) => { throw thrown instanceof Failure && thrown.data.code === 'bad-input' ? new UsageError(wordsOf(thrown)) : thrown; });
    await session.finish(job, progress);
    for (const { text, level } of (await session.client.call('jobs.log', { job, after: 0, count: 100 })).lines) if (level !== 'info') progress.say(`Note: ${text}`);
    const result = await session.client.call('projection.result', { job });
    report(result, progress);
    if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    return exitCode.ok;
  } finally {
    await session.close();
  }
};

const wordsOf = ({ data: { message, detail, hint } }: Failure): string => [message, detail, hint].filter((part) => part !== undefined).join('\n  ');

/** Checks the options; anything wrong is a usage error before any work begins. */
const requestOf = (options: Options): ProjectionRequest => {
  const { entries } = projectionSettings;
  const method = oneOf(entries.method.options, options.method, '--method');
  if (method !== 'alignment' && options.model === undefined) throw new UsageError(`--method ${method} needs --model: the folder of a translation model.`);
  const count = wholeNumber(options.candidates, '--candidates', 1, 20);
  return {
    input: existing(options.in), from: oneOf(projectionRequest.entries.from.options, options.from, '--from'), translations: existing(options.translations),
    output: resolve(options.out), to: oneOf(projectionRequest.entries.to.options, options.to, '--to'), overwrite: true, gold: options.gold === undefined ? null : existing(options.gold),
    settings: {
      sourceLanguage: languageArgument(options.sourceLanguage, '--source-language'), targetLanguage: languageArgument(options.targetLanguage, '--target-language'),
      method, aligner: oneOf(entries.aligner.options, options.aligner, '--aligner'), search: oneOf(entries.search.options, options.search, '--search'),
      model: method === 'alignment' || options.model === undefined ? null : { folder: existing(options.model, 'folder'), precision: oneOf(translationPrecision.options, options.precision, '--precision') },
      count, reverse: options.reverse,
    },
  };
};

const percent = (value: number): string => (value * 100).toFixed(1);

const report = (result: ProjectionResult, progress: Progress): void => {
  const { sentences, spans, written, file } = result;
  progress.say(`${written} of ${spans} spans in ${sentences} sentences have a place in ${file?.path ?? 'the project'}${result.aligner === null ? '' : ` (${result.aligner.encoder ?? 'statistical aligner'})`}.`);
  for (const { method, placed, abstained } of result.methods) {
    const reasons = Object.entries(abstained).map(([reason, count]) => `${reason} ${count}`).join(', ');
    progress.say(`  ${method}: ${placed} placed${reasons === '' ? '' : `; without a place: ${reasons}`}`);
  }
  for (const { label: name, spans: all, written: kept } of result.byLabel) if (kept < all) progress.say(`  ${name}: ${all - kept} of ${all} lost`);
  if (result.agreement !== null) progress.say(`  Both methods: ${Object.entries(result.agreement).map(([kind, count]) => `${kind} ${count}`).join(', ')}`);
  if (result.constrained !== null) progress.say(`  Search: ${result.constrained.rows} rows in ${result.constrained.calls} calls, ${result.constrained.seconds.toFixed(0)} s in all`);
  for (const one of result.gold ?? []) progress.say(goldLine(one));
  for (const loss of result.losses) progress.say(`  ${loss}`);
};

const goldLine = ({ method, exact, overlap, exactLabelFree, predicted, gold }: ProjectionGold): string =>
  `Gold, ${method}: exact F1 ${percent(exact.f1)} (precision ${percent(exact.precision)}, recall ${percent(exact.recall)}), overlap F1 ${percent(overlap.f1)}, exact without labels ${percent(exactLabelFree.f1)}; ${predicted} of ${gold} spans`;
