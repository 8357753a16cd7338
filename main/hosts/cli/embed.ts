import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ExitCode } from './exit.ts';
import { exitCode } from './exit.ts';
import { importSide, languageArgument } from './import-side.ts';
import { settingsOf } from './mine-settings.ts';
import { jobProgress } from './progress.ts';
import { openSession } from './session.ts';

type Options = { readonly source: string; readonly language: string; readonly out?: string; readonly encoder: string; readonly provider: string; readonly precision: string; readonly project?: string; readonly json: boolean; readonly quiet: boolean };

export const describeEmbed = (program: Command, done: (code: ExitCode) => void): void => {
  program.command('embed').description('encode sentences; vectors as a NumPy file')
    .requiredOption('--source <file>', 'one sentence a line, or id TAB sentence').requiredOption('--language <tag>')
    .option('--out <file>', 'a .npy file of float32, one row a distinct sentence').option('--encoder <id>', 'auto, an encoder id, or a model folder', 'auto').option('--provider <name>', 'auto, cpu, webgpu, cuda, coreml, directml', 'auto')
    .option('--precision <kind>', 'vectors on disk: f32 or f16', 'f32').option('--project <file>', 'keep the vectors in this project').option('--json', 'a summary as JSON', false).option('--quiet', 'no progress', false)
    .action(async (options: Options) => done(await embed(options)));
};

const embed = async (options: Options): Promise<ExitCode> => {
  const progress = jobProgress(options.quiet);
  const session = await openSession(options.project);
  try {
    const settings = await settingsOf(session, { ...options, index: 'auto', k: '4', margin: 'ratio', refine: 'off' });
    const collection = await importSide(session, options.source, languageArgument(options.language, '--language'), progress);
    const { job } = await session.client.call('mine.embed', { collection: collection.id, settings, out: options.out === undefined ? null : resolve(options.out) });
    await session.finish(job, progress);
    const log = await session.client.call('jobs.log', { job, after: 0, count: 100 });
    for (const line of log.lines) progress.say(line.text);
    if (options.json) process.stdout.write(`${JSON.stringify({ sentences: collection.size, merged: collection.merged, malformed: collection.malformed, out: options.out ?? null })}\n`);
    return collection.malformed > 0 ? exitCode.rejectedInput : exitCode.ok;
  } finally {
    await session.close();
  }
};
