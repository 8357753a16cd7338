import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'commander';
import type { Collection } from '../../contract/corpora.ts';
import type { GoldReport, MinePlan, Run } from '../../contract/mine.ts';
import { exitCode, UsageError, type ExitCode } from './exit.ts';
import { languageArgument, importBitext, importSide } from './import-side.ts';
import { settingsOf, type MineOptions } from './mine-settings.ts';
import { jobProgress, type Progress } from './progress.ts';
import { openSession, type Session } from './session.ts';

type Shared = MineOptions & { readonly out: string; readonly project?: string; readonly gold?: string; readonly ignore?: string; readonly json: boolean; readonly quiet: boolean };
type Sides = { readonly since?: string; readonly source: string; readonly target: string; readonly sourceLanguage: string; readonly targetLanguage: string };

/** Adds the options of the recipe to a command; one table for `mine` and `score-bitext`. */
const withRecipe = (command: Command): Command => command
  .option('--encoder <id>', 'auto, both, an encoder id, or a model folder', 'auto')
  .option('--index <kind>', 'auto, exact, hnsw (usearch), hnsw-hnswlib', 'auto')
  .option('--k <number>', 'neighbours a side', '4')
  .option('--margin <kind>', 'ratio, distance, absolute', 'ratio')
  .option('--refine <when>', 'auto, on, off (the plain recipe)', 'auto')
  .option('--provider <name>', 'auto (as the settings of this machine say), cpu, webgpu, cuda, coreml, directml', 'auto')
  .option('--threads <number>', 'default: as the settings of this machine say')
  .option('--precision <kind>', 'vectors on disk: f32 or f16', 'f32')
  .option('--cosine-floor <number>', 'pairs below this cosine are no candidates')
  .option('--upper-bound <number>', 'count and mark margins above this')
  .option('--project <file>', 'a project to work in; default: a temporary one')
  .option('--json', 'a summary as JSON on standard output', false)
  .option('--quiet', 'no progress on standard error', false);

export const describeMine = (program: Command, done: (code: ExitCode) => void): void => {
  withRecipe(program.command('mine').description('mine pairs from two collections'))
    .requiredOption('--source <file>', 'one sentence a line, or id TAB sentence; gz, xz, zst too')
    .requiredOption('--target <file>', 'likewise')
    .requiredOption('--source-language <tag>', 'de, zh-Hant, deu, deu_Latn, und ...')
    .requiredOption('--target-language <tag>')
    .requiredOption('--out <file>', 'score cosine source_id target_id source target, with a header; a manifest is written beside it')
    .option('--retrieval <kind>', 'max, intersection, forward, backward, union', 'max')
    .option('--threshold <cut>', 'auto or a number', 'auto')
    .option('--since <run>', 'a finished run of the project (a number, or "last"): only what is new since is compared')
    .option('--gold <file>', 'source_id TAB target_id: print precision, recall, F1')
    .option('--ignore <file>', 'pairs that count neither way')
    .action(async (options: Shared & Sides) => done(await mine(options)));
};

export const describeScoreBitext = (program: Command, done: (code: ExitCode) => void): void => {
  withRecipe(program.command('score-bitext').description('score the pairs of an existing bitext with the same neighbours as mining'))
    .requiredOption('--pairs <file>', 'source TAB target, further columns kept')
    .requiredOption('--source-language <tag>')
    .requiredOption('--target-language <tag>')
    .requiredOption('--out <file>', 'all pairs with margin and cosine, in the order of the file')
    .action(async (options: Shared & Sides & { readonly pairs: string }) => done(await scoreBitext(options)));
};

const mine = async (options: Shared & Sides): Promise<ExitCode> => {
  if (options.ignore !== undefined && options.gold === undefined) throw new UsageError('--ignore needs --gold.');
  if (options.since !== undefined && options.project === undefined) throw new UsageError('--since needs --project: the run it names is in a project.');
  const sourceLanguage = languageArgument(options.sourceLanguage, '--source-language');
  const targetLanguage = languageArgument(options.targetLanguage, '--target-language');
  const progress = jobProgress(options.quiet);
  const session = await openSession(options.project);
  try {
    if (session.attached !== null) progress.say(`The project is open in the workbench at ${session.attached}; working there.`);
    const settings = await settingsOf(session, options);
    const source = await importSide(session, options.source, sourceLanguage, progress);
    const target = await importSide(session, options.target, targetLanguage, progress);
    const run = await runToEnd(session, source, target, async () => {
      const earlier = options.since === undefined ? null : await runSince(session, options.since, sourceLanguage, targetLanguage);
      const plan = await session.client.call('mine.plan', { source: source.id, target: target.id, settings, earlier });
      sayPlan(plan, progress);
      return session.client.call('mine.start', { source: source.id, target: target.id, settings, plan, name: null, earlier });
    }, settings, progress);
    const written = await exportRun(session, run, options.out, progress);
    const gold = options.gold === undefined ? null : await session.client.call('mine.gold', { run: run.id, gold: resolve(options.gold), ignore: options.ignore === undefined ? null : resolve(options.ignore) });
    return report(options, [source, target], run, written, gold, progress);
  } finally {
    await session.close();
  }
};

/** The run that `--since` names; `last` is the newest finished one of the same languages. */
const runSince = async (session: Session, since: string, source: string, target: string): Promise<number> => {
  const finished = (await session.client.call('mine.runs', {})).filter((run) => run.kind === 'mine' && run.state === 'ready');
  const found = since === 'last'
    ? finished.filter((run) => run.source.language === source && run.target.language === target).reduce<Run | undefined>((newest, run) => (newest === undefined || run.id > newest.id ? run : newest), undefined)
    : finished.find((run) => String(run.id) === since);
  if (found !== undefined) return found.id;
  if (since === 'last') throw new UsageError(`--since last: the project has no finished run from ${source} to ${target}.`);
  throw new UsageError(`--since ${since}: the project's finished runs are ${finished.map((run) => `${run.id} (${run.name})`).join(', ') || 'none'}.`);
};

const scoreBitext = async (options: Shared & Sides & { readonly pairs: string }): Promise<ExitCode> => {
  const progress = jobProgress(options.quiet);
  const session = await openSession(options.project);
  try {
    const settings = await settingsOf(session, options);
    const pairs = await importBitext(session, options.pairs, languageArgument(options.sourceLanguage, '--source-language'), languageArgument(options.targetLanguage, '--target-language'), progress);
    const started = await session.client.call('mine.scoreBitext', { collection: pairs.id, settings });
    await session.finish(started.job, progress);
    const run = await session.client.call('mine.run', { run: started.run });
    const job = await session.client.call('export.start', {
      origin: { run: run.id }, predicate: { kind: 'all', of: [] }, format: 'tsv', path: resolve(options.out), columns: ['margin', 'cosine', ...pairs.columns.map((column) => column.name)], overwrite: true,
    });
    await session.finish(job.job, progress);
    return report(options, [pairs], run, await session.client.call('export.result', { job: job.job }), null, progress);
  } finally {
    await session.close();
  }
};

/** Starts a run and follows it; a run of the same collections and settings that was interrupted or paused goes on instead. */
const runToEnd = async (session: Session, source: Collection, target: Collection, start: () => Promise<{ readonly job: number; readonly run: number }>, settings: Run['settings'], progress: Progress): Promise<Run> => {
  const same = (await session.client.call('mine.runs', {})).filter((run) => run.kind === 'mine' && run.source.collection === source.id && run.target.collection === target.id && isDeepStrictEqual(run.settings, settings));
  for (const run of same) {
    if (run.job === null || run.state === 'ready') continue;
    const job = await session.client.call('jobs.get', { job: run.job }).catch(() => undefined);
    if (job === undefined || !['interrupted', 'paused', 'failed'].includes(job.state)) continue;
    progress.say(`Going on with ${run.name}, which had stopped.`);
    await session.client.call('jobs.resume', { job: job.id });
    await session.finish(job.id, progress);
    return session.client.call('mine.run', { run: run.id });
  }
  const started = await start();
  await session.finish(started.job, progress);
  return session.client.call('mine.run', { run: started.run });
};

const sayPlan = (plan: MinePlan, progress: Progress): void => {
  progress.say(`Plan: ${plan.encoders.map((encoder) => encoder.id).join(' + ')} on ${plan.provider}, ${plan.index}, about ${Math.ceil(plan.seconds)} s, ${Math.ceil(plan.memoryBytes / 2 ** 20)} MB of memory, ${Math.ceil(plan.diskBytes / 2 ** 20)} MB of disk.`);
  for (const reason of plan.reasons) progress.say(`  ${reason.text}`);
  for (const warning of plan.warnings) progress.say(`  Warning: ${warning}`);
};

const exportRun = async (session: Session, run: Run, out: string, progress: Progress) => {
  const { job } = await session.client.call('export.start', { origin: { run: run.id }, predicate: null, format: 'mined-tsv', path: resolve(out), columns: [], overwrite: true });
  await session.finish(job, progress);
  return session.client.call('export.result', { job });
};

const percent = (value: number | null): string => (value === null ? 'none' : `${(value * 100).toFixed(1)} %`);

const report = (options: Shared, sides: readonly Collection[], run: Run, written: { readonly files: readonly { readonly path: string; readonly sha256: string }[]; readonly manifest: string; readonly pairs: number }, gold: GoldReport | null, progress: Progress): ExitCode => {
  const rejected = sides.reduce((sum, side) => sum + side.malformed, 0);
  for (const warning of run.warnings) progress.say(`Warning: ${warning.text}`);
  progress.say(`${written.pairs} pairs in ${options.out}; cut ${run.cut === null ? `none (${run.threshold?.reason ?? 'none asked'})` : run.cut.toFixed(6)}${run.threshold?.precision === null || run.threshold === null ? '' : `, estimated precision ${percent(run.threshold.precision)}`}.`);
  if (gold !== null) progress.say(`Gold: precision ${percent(gold.precision)}, recall ${percent(gold.recall)}, F1 ${percent(gold.f1)}; best F1 ${percent(gold.bestF1)} at ${gold.bestCut?.toFixed(6) ?? 'none'}.`);
  if (rejected > 0) progress.say(`${rejected} malformed lines were left out.`);
  if (options.json) {
    process.stdout.write(`${JSON.stringify({
      pairs: written.pairs, cut: run.cut, cutBy: run.cutBy, signature: run.signature, seconds: run.seconds,
      threshold: run.threshold === null ? null : { cut: run.threshold.cut, reason: run.threshold.reason, precision: run.threshold.precision, low: run.threshold.precisionLow, high: run.threshold.precisionHigh, expectedTrue: run.threshold.expectedTrue },
      encoders: run.plan.encoders.map((encoder) => encoder.id), provider: run.plan.provider, index: run.plan.index, indexRecall: run.indexRecall, refinement: run.refinement, reasons: run.plan.reasons.map((reason) => reason.text),
      counts: run.counts, rejected, warnings: run.warnings, files: written.files, manifest: written.manifest,
      gold: gold === null ? null : { precision: gold.precision, recall: gold.recall, f1: gold.f1, cut: gold.cut, bestF1: gold.bestF1, bestCut: gold.bestCut, gold: gold.gold, ignored: gold.ignored, unknownIds: gold.unknownIds },
    })}\n`);
  }
  return rejected > 0 ? exitCode.rejectedInput : exitCode.ok;
};
