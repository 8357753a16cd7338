import { resolve } from 'node:path';
import type { Command } from 'commander';
import { pooling, type Model, type ModelAnswers } from '../../contract/models.ts';
import { exitCode, UsageError, type ExitCode } from './exit.ts';
import { openSession, type Session } from './session.ts';

type Answers = { readonly pooling?: string; readonly prefix?: string; readonly normalise?: string; readonly maximumTokens?: string; readonly languages?: string; readonly licence?: string };

export const describeModels = (program: Command, done: (code: ExitCode) => void): void => {
  const models = program.command('models').description('encoders: list, add, remove, verify, probe').exitOverride();
  const json = ['--json', 'as JSON', false] as const;
  models.command('list', { isDefault: true }).option(...json).action(async (options: { readonly json: boolean }) => done(await withSession(async (session) => {
    const list = await session.client.call('models.list', {});
    process.stdout.write(options.json ? `${JSON.stringify(list)}\n` : list.map(describe).join(''));
  })));
  models.command('add <folder>').description('a sentence-transformers or Optimum ONNX folder')
    .option('--pooling <kind>', 'mean, cls, last, in-graph').option('--prefix <text>').option('--normalise <yes|no>').option('--maximum-tokens <number>').option('--languages <tags>', 'comma-separated').option('--licence <text>').option(...json)
    .action(async (folder: string, options: Answers & { readonly json: boolean }) => done(await withSession(async (session) => {
      const model = await session.client.call('models.add', { folder: resolve(folder), answers: answersOf(options) });
      process.stdout.write(options.json ? `${JSON.stringify(model)}\n` : describe(model));
    })));
  models.command('inspect <folder>').description('what its config files say, and what they do not')
    .action(async (folder: string) => done(await withSession(async (session) => { process.stdout.write(`${JSON.stringify(await session.client.call('models.inspect', { folder: resolve(folder) }), undefined, 2)}\n`); })));
  models.command('remove <id>').action(async (id: string) => done(await withSession(async (session) => { await session.client.call('models.remove', { id }); })));
  models.command('verify [id]').description('read every byte and compare checksums')
    .action(async (id: string | undefined) => done(await withSession(async (session) => {
      const ids = id === undefined ? (await session.client.call('models.list', {})).map((model) => model.encoder.id) : [id];
      for (const one of ids) process.stdout.write(describe(await session.client.call('models.verify', { id: one })));
    })));
  models.command('probe <id>').description('measure on each provider of this machine, checked against CPU').option(...json)
    .action(async (id: string, options: { readonly json: boolean }) => done(await withSession(async (session) => {
      const result = await session.client.stream('models.probe', { id, providers: null }, {
        onItem: (item) => { process.stderr.write(`${item.provider.padEnd(10)} ${item.state}${item.sentencesPerSecond === null ? '' : `, ${Math.round(item.sentencesPerSecond)} sentences/s, differs by ${item.difference?.toExponential(1) ?? 'nothing'}`}${item.note === null ? '' : `: ${item.note}`}\n`); },
      });
      process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `chosen: ${result.chosen}\n`);
    })));
};

const withSession = async (work: (session: Session) => Promise<void>): Promise<ExitCode> => {
  const session = await openSession(undefined);
  try {
    await work(session);
    return exitCode.ok;
  } finally {
    await session.close();
  }
};

const describe = ({ encoder, bundled, bytes, state, note }: Model): string => [
  `${encoder.id}  ${encoder.dimension} dimensions, ${(bytes / 1e6).toFixed(0)} MB, licence ${encoder.licence ?? 'not stated'}, ${state}${bundled ? ', bundled' : ''}${note === null ? '' : ` (${note})`}`,
  `  ${encoder.languages.length === 0 ? 'languages not stated' : `${encoder.languages.length} languages: ${encoder.languages.slice(0, 20).join(' ')}${encoder.languages.length > 20 ? ' ...' : ''}`}`, '',
].join('\n');

const answersOf = (options: Answers): ModelAnswers => {
  const chosen = pooling.options.find((one) => one === options.pooling);
  if (options.pooling !== undefined && chosen === undefined) throw new UsageError(`--pooling ${options.pooling}: one of ${pooling.options.join(', ')}.`);
  return {
    ...(chosen === undefined ? {} : { pooling: chosen }), ...(options.prefix === undefined ? {} : { prefix: options.prefix }),
    ...(options.normalise === undefined ? {} : { normalise: options.normalise === 'yes' }), ...(options.maximumTokens === undefined ? {} : { maximumTokens: Number(options.maximumTokens) }),
    ...(options.languages === undefined ? {} : { languages: options.languages.split(',') }), ...(options.licence === undefined ? {} : { licence: options.licence }),
  };
};
