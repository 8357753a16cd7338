import { resolve } from 'node:path';
import type { Command } from 'commander';
import { exportFormat } from '../../contract/export.ts';
import { exitCode, UsageError, type ExitCode } from './exit.ts';
import { jobProgress } from './progress.ts';
import { openSession } from './session.ts';

type Options = { readonly project: string; readonly run?: string; readonly collection?: string; readonly format: string; readonly out: string; readonly columns: string; readonly all: boolean; readonly review: boolean; readonly force: boolean; readonly json: boolean; readonly quiet: boolean };

export const describeExport = (program: Command, done: (code: ExitCode) => void): void => {
  program.command('export').description('write pairs of a project as files with a manifest')
    .requiredOption('--project <file>').requiredOption('--out <file>', 'for moses the common stem; .gz at the end compresses')
    .option('--run <number>', 'a mining run; default: the newest').option('--collection <number>', 'an imported bitext')
    .option('--format <kind>', exportFormat.options.join(', '), 'tsv').option('--columns <names>', 'score and label columns, comma-separated', '')
    .option('--all', 'also the pairs below the cut', false).option('--review', 'what was judged along: decisions, labels, annotators, flags, comments, imported texts of edited ones', false).option('--force', 'replace existing files', false).option('--json', 'a summary as JSON', false).option('--quiet', 'no progress', false)
    .action(async (options: Options) => done(await exportPairs(options)));
};

const exportPairs = async (options: Options): Promise<ExitCode> => {
  const format = exportFormat.options.find((one) => one === options.format);
  if (format === undefined) throw new UsageError(`--format ${options.format}: one of ${exportFormat.options.join(', ')}.`);
  const progress = jobProgress(options.quiet);
  const session = await openSession(options.project);
  try {
    const newest = (await session.client.call('mine.runs', {})).find((run) => run.state === 'ready');
    const run = options.run === undefined ? newest?.id : Number(options.run);
    if (options.collection === undefined && run === undefined) throw new UsageError('This project has no finished run; name a bitext with --collection.');
    const origin = options.collection === undefined ? { run: run ?? 0 } : { collection: Number(options.collection) };
    const { job } = await session.client.call('export.start', {
      origin, predicate: options.all ? { kind: 'all', of: [] } : null, format, path: resolve(options.out), columns: options.columns.split(',').filter((name) => name !== ''), review: options.review, overwrite: options.force,
    });
    await session.finish(job, progress);
    const result = await session.client.call('export.result', { job });
    progress.say(`${result.pairs} pairs in ${result.files.map((file) => file.path).join(', ')}; manifest ${result.manifest}.`);
    if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    return exitCode.ok;
  } finally {
    await session.close();
  }
};
