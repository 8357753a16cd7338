import { availableParallelism, freemem, totalmem } from 'node:os';
import { existsSync, statfsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { engineContract } from '../../contract/engine.ts';
import { Failure } from '../../contract/errors.ts';
import { connect } from '../../rpc/client.ts';
import { childProcessHost } from '../server/child-process-host.ts';
import { programVersion, userDataFolder } from '../server/places.ts';
import { exitCode, type ExitCode } from './exit.ts';
import { openSession } from './session.ts';

type DoctorOptions = { readonly json: boolean; readonly bundle?: string; readonly project?: string };

export const describeDoctor = (program: Command, done: (code: ExitCode) => void): void => {
  program.command('doctor').description('what this machine can do').option('--json', 'as JSON', false)
    .option('--bundle <file>', 'also write a diagnostic bundle: versions, kinds and states of jobs, codes of failures; no texts, names or paths').option('--project <file>', 'the project whose jobs go into the bundle')
    .action(async (options: DoctorOptions) => done(await doctor(options)));
};

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** Starts a real engine and tells what it finds: processors, memory, providers, models with their checksums, what is absent. Fails when a bundled model is broken. */
const doctor = async ({ json, bundle, project }: DoctorOptions): Promise<ExitCode> => {
  if (project !== undefined && !existsSync(project)) throw new Failure('project-missing', `There is no project ${project}.`);
  const spawned = childProcessHost().spawn('engine');
  const engine = connect(spawned.channel, engineContract);
  const facts = await engine.call('engine.facts', {});
  spawned.kill();
  const session = await openSession(project);
  try {
    const listed = await session.client.call('models.list', {});
    const models = await Promise.all(listed.map((model) => session.client.call('models.verify', { id: model.encoder.id })));
    const disk = statfsSync(process.cwd());
    const facts2 = {
      program: programVersion(), node: process.versions.node, platform: `${process.platform} ${process.arch}`, cores: availableParallelism(), memory: totalmem(), free: freemem(),
      disk: disk.bavail * disk.bsize, dataFolder: userDataFolder(), versions: facts.versions, providers: facts.providers, absent: facts.absent,
      models: models.map((model) => ({ id: model.encoder.id, state: model.state, note: model.note, languages: model.encoder.languages.length })),
    };
    if (json) process.stdout.write(`${JSON.stringify(facts2)}\n`);
    else {
      process.stdout.write([
        `Dragoman ${facts2.program}, Node ${facts2.node}, ${facts2.platform}`,
        `${facts2.cores} cores, ${gibibytes(facts2.memory)} of memory (${gibibytes(facts2.free)} free), ${gibibytes(facts2.disk)} free on this disk`,
        `providers: ${facts.providers.join(', ')}`,
        ...Object.entries(facts.versions).map(([name, version]) => `${name} ${version}`),
        ...facts2.models.map((model) => `model ${model.id}: ${model.state}${model.note === null ? '' : ` (${model.note})`}`),
        ...facts.absent.map((line) => `absent: ${line}`),
        `data folder: ${facts2.dataFolder}`, '',
      ].join('\n'));
    }
    if (bundle !== undefined) {
      const { path } = await session.client.call('project.saveDiagnostics', { path: resolve(bundle), settings: {} });
      process.stderr.write(`Diagnostic bundle: ${path}. Read it before you send it.\n`);
    }
    return models.every((model) => model.state === 'ready') ? exitCode.ok : exitCode.failed;
  } finally {
    await session.close();
  }
};
