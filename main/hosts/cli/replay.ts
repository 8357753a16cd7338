import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { Command } from 'commander';
import * as v from 'valibot';
import { Failure } from '../../contract/errors.ts';
import { manifest, type Manifest } from '../../services/export/index.ts';
import { exitCode, type ExitCode } from './exit.ts';
import { jobProgress, type Progress } from './progress.ts';
import { openSession, type Session } from './session.ts';

type Options = { readonly out?: string; readonly inputs?: string; readonly json: boolean; readonly quiet: boolean };

export const describeReplay = (program: Command, done: (code: ExitCode) => void): void => {
  program.command('replay <manifest>').description('do again what a manifest says and compare the bytes')
    .option('--out <file>', 'where to write; default: beside the manifest, with .replayed before the ending').option('--inputs <folder>', 'look for the input files here, by name')
    .option('--json', 'a summary as JSON', false).option('--quiet', 'no progress', false)
    .action(async (path: string, options: Options) => done(await replay(resolve(path), options)));
};

const readManifest = (path: string): Manifest => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Failure('file-missing', `${path} does not exist or cannot be read.`);
  }
  try {
    return v.parse(manifest, JSON.parse(text));
  } catch (thrown) {
    throw new Failure('malformed-input', `${path} is not a manifest of an export.`, { detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
};

/**
 * Imports what the manifest names, encodes and mines by its plan, cuts, exports, and compares checksums.
 *
 * Collections whose vectors were only reused are imported and encoded too, in the same order, so that every vector comes from the same batch as then.
 */
const replay = async (path: string, options: Options): Promise<ExitCode> => {
  const wanted = readManifest(path);
  const progress = jobProgress(options.quiet);
  const out = resolve(options.out ?? replayedName(wanted));
  if (wanted.selection.decisions > 0) throw new Failure('plan-impossible', `${wanted.selection.decisions} pairs of this export were decided by hand; decisions live in the project, not in the manifest.`, { hint: 'Export again from the project.' });
  if (wanted.selection.edited > 0) throw new Failure('plan-impossible', `${wanted.selection.edited} pairs of this export were edited by hand; edits live in the project, not in the manifest.`, { hint: 'Export again from the project.' });
  const session = await openSession(undefined);
  try {
    const collections = new Map<number, number>();
    for (const input of wanted.inputs) collections.set(input.collection, await importInput(session, input, options.inputs, progress));
    const origin = wanted.run === null ? { collection: of(collections, wanted.inputs[0]?.collection ?? -1) } : { run: await runAgain(session, wanted, wanted.run, collections, progress) };
    const { job } = await session.client.call('export.start', { origin, predicate: wanted.selection.predicate, format: wanted.selection.format, path: out, columns: wanted.selection.columns, review: wanted.selection.review, overwrite: true });
    await session.finish(job, progress);
    const result = await session.client.call('export.result', { job });
    return compareOutputs(wanted, result.files, options.json, progress);
  } finally {
    await session.close();
  }
};

/** The name the export was asked for (for Moses the stem), with `.replayed` before its ending. */
const replayedName = (wanted: Manifest): string => {
  const first = wanted.outputs[0]?.path ?? 'replayed';
  const packed = first.endsWith('.gz') ? '.gz' : '';
  const plain = first.slice(0, first.length - packed.length);
  const stem = wanted.outputs.length > 1 ? plain.replace(/\.[^.]+$/, '') : plain;
  const dot = wanted.outputs.length > 1 ? -1 : basename(stem).lastIndexOf('.');
  const name = dot <= 0 ? `${basename(stem)}.replayed` : `${basename(stem).slice(0, dot)}.replayed${basename(stem).slice(dot)}`;
  return join(dirname(stem), `${name}${packed}`);
};

const of = (collections: ReadonlyMap<number, number>, id: number): number => {
  const found = collections.get(id);
  if (found === undefined) throw new Failure('malformed-input', `The manifest names collection ${id} but does not list it among its inputs.`);
  return found;
};

const importInput = async (session: Session, input: Manifest['inputs'][number], folder: string | undefined, progress: Progress): Promise<number> => {
  const files = input.files.map((file) => {
    const path = folder === undefined ? file.path : join(resolve(folder), basename(file.path));
    if (!isAbsolute(path)) throw new Failure('malformed-input', `The manifest names ${path} without its folder.`);
    try {
      statSync(path);
    } catch {
      throw new Failure('file-missing', `${path} is not there.`, { hint: 'Give the folder of the input files with --inputs.' });
    }
    return { ...file, path };
  });
  const moses = files.length === 2 && files.every((file) => file.options.layout === 'moses');
  const [first, second] = files;
  const asked = moses && first !== undefined && second !== undefined
    ? [{ path: first.path, targetPath: second.path, options: first.options }]
    : files.map((file) => ({ path: file.path, targetPath: null, options: file.options }));
  const started = await session.client.call('corpora.import', { name: input.name, files: asked });
  await session.finish(started.job, progress);
  const made = (await session.client.call('corpora.list', {})).find((one) => one.id === started.collection);
  for (const [index, file] of files.entries()) {
    const found = made?.files[index]?.sha256;
    if (found !== file.sha256) throw new Failure('replay-differs', `${file.path} is not the file of the export: its sha256 is ${found ?? 'unknown'}, the manifest says ${file.sha256}.`);
  }
  return started.collection;
};

const runAgain = async (session: Session, wanted: Manifest, run: NonNullable<Manifest['run']>, collections: ReadonlyMap<number, number>, progress: Progress): Promise<number> => {
  const models = await session.client.call('models.list', {});
  for (const encoder of wanted.encoders) {
    const here = models.find((model) => model.encoder.id === encoder.id);
    if (here === undefined) throw new Failure('model-missing', `The encoder ${encoder.id} is not here.`, { hint: 'Add its folder with `dragoman models add`.' });
    if (here.encoder.hash !== encoder.hash) throw new Failure('replay-differs', `The encoder ${encoder.id} has other files than in the manifest.`);
  }
  const mined = new Set([...run.earlier, run].flatMap(({ source, target }) => [source, target]));
  const encoderSetting = { ...run.settings, provider: run.plan.provider };
  for (const input of wanted.inputs) {
    if (mined.has(input.collection)) continue;
    for (const encoder of run.plan.encoders) {
      const { job } = await session.client.call('mine.embed', { collection: of(collections, input.collection), settings: { ...encoderSetting, encoder: encoder.id }, out: null });
      await session.finish(job, progress);
    }
  }
  const again = new Map<number, number>();
  const startMining = async (one: Pick<typeof run, 'source' | 'target' | 'settings' | 'plan'>) => {
    const carried = one.plan.earlier ?? null;
    const earlier = carried === null ? null : again.get(carried.run) ?? null;
    if (carried !== null && earlier === null) throw new Failure('plan-impossible', 'This export carries on a run that was deleted from its project, so it cannot be made again.', { hint: 'Mine without --since and export that.' });
    return session.client.call('mine.start', { source: of(collections, one.source), target: of(collections, one.target), settings: one.settings, plan: one.plan, name: null, earlier });
  };
  for (const earlier of run.earlier) {
    const { job, run: made } = await startMining(earlier);
    await session.finish(job, progress);
    again.set(earlier.run, made);
  }
  const started = run.kind === 'mine'
    ? await startMining(run)
    : await session.client.call('mine.scoreBitext', { collection: of(collections, run.source), settings: run.settings });
  await session.finish(started.job, progress);
  if (run.cut !== null) {
    const now = await session.client.call('mine.run', { run: started.run });
    if (now.cut !== run.cut) await session.client.call('mine.cut', { run: started.run, cut: run.cut });
  }
  return started.run;
};

const compareOutputs = (wanted: Manifest, files: readonly { readonly path: string; readonly sha256: string; readonly bytes: number }[], json: boolean, progress: Progress): ExitCode => {
  const same = wanted.outputs.length === files.length && wanted.outputs.every((output, index) => files[index]?.sha256 === output.sha256);
  if (json) process.stdout.write(`${JSON.stringify({ same, files, expected: wanted.outputs })}\n`);
  progress.say(same ? `The same bytes: ${files.map((file) => file.path).join(', ')}.` : `Other bytes than in the manifest: ${files.map((file) => file.path).join(', ')}.`);
  if (!same) {
    throw new Failure('replay-differs', 'The replayed files differ from the manifest.', {
      detail: `They were made with Node ${wanted.program.node} on ${wanted.program.platform} ${wanted.program.architecture}; the same bytes are promised for the same kind of processor.`, hint: 'Compare the files: scores should differ in the last digits only.',
    });
  }
  return exitCode.ok;
};
