import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { knownFailure } from '../../contract/known-failures.ts';
import type { MineResult } from '../../contract/engine.ts';
import type { InputOf, ItemOf } from '../../contract/method.ts';
import type { engineContract } from '../../contract/engine.ts';
import type { Run, RunCounts } from '../../contract/mine.ts';
import type { EncoderDescription } from '../../contract/models.ts';
import { mineSignature } from '../../domain/mine/signature.ts';
import type { Project } from '../../store/api.ts';
import { encodeCollection, encodePlanOf, vectorPlace, type EncodeResult, type EngineClient, type EngineLink } from '../engine/index.ts';
import type { JobControl, JobWork, StageStart } from '../jobs/index.ts';
import { bitextTexts, type SideTexts } from './bitext-texts.ts';
import { earlierInput } from './earlier-run.ts';
import { loadPairs } from './load-pairs.ts';
import { runFolder, sidesOf } from './run-places.ts';

type MineInput = InputOf<(typeof engineContract)['engine.mine']>;
type MineItem = ItemOf<(typeof engineContract)['engine.mine']>;

export type RunWorkInput = {
  readonly project: () => Project;
  readonly engine: EngineLink;
  readonly encoderById: (id: string) => EncoderDescription;
  readonly annotator: string;
  readonly version: string;
  readonly now: () => number;
};

const parameters = v.object({ run: v.number() });

/** A run in one line. Before it has run, nobody knows whether a linear map will help; it is named only when it was used. */
export const signatureOf = (run: Pick<Run, 'settings' | 'plan'>, version: string, mapUsed: boolean): string => mineSignature({
  settings: run.settings, encoders: run.plan.encoders.map((encoder) => encoder.id), index: run.plan.index, version,
  refinement: run.plan.centre ? (mapUsed ? 'centre+map' : 'centre') : 'off',
});

/** The stages of a run as the job centre shows them, with the seconds of the plan. */
export const stagesOfPlan = (run: Pick<Run, 'plan' | 'source' | 'target'>): StageStart[] => {
  const seconds = (name: string, subject?: string): number => run.plan.stages.filter((stage) => stage.name === name && (subject === undefined || stage.subject === subject)).reduce((sum, stage) => sum + stage.seconds, 0);
  return [
    { name: 'encode-source', subject: run.source.language, unit: 'sentences', seconds: seconds('encode', 'source') },
    { name: 'encode-target', subject: run.target.language, unit: 'sentences', seconds: seconds('encode', 'target') },
    { name: 'neighbours', unit: 'tiles', seconds: seconds('neighbours') },
    { name: 'margin', unit: 'pairs', seconds: seconds('margin') },
    { name: 'retrieve', unit: 'pairs', seconds: seconds('retrieve') },
  ];
};

/** Encode both sides, find neighbours, score, retrieve, keep: the work of a mining job and of scoring a bitext. */
export const createRunWork = (input: RunWorkInput): JobWork => ({
  pausable: true,
  lane: 'engine',
  run: async (control, given) => {
    const { run: id } = v.parse(parameters, given);
    const project = input.project();
    project.runs.update(id, { state: 'running', job: control.job });
    control.setRun(id);
    const run = project.runs.get(id);
    const unlisten = input.engine.onErrorLine((line) => control.log('info', `engine: ${line}`));
    try {
      await input.engine.withRetries((engine) => mineOnce(input, engine, project, run, control), (note) => control.log('warning', note), control.signal);
    } finally {
      unlisten();
    }
  },
  cancelled: (given) => { input.project().runs.update(v.parse(parameters, given).run, { state: 'cancelled' }); },
  failed: (given) => { input.project().runs.update(v.parse(parameters, given).run, { state: 'failed' }); },
});

const mineOnce = async (input: RunWorkInput, engine: EngineClient, project: Project, run: Run, control: JobControl): Promise<void> => {
  const sides = sidesOf(project, run);
  const bitext = run.kind === 'mine' ? null : await bitextTexts(project, run.source.collection, control.signal);
  const source = await encodeSide(input, engine, project, run, control, 'source', sides.source, bitext?.source);
  const target = await encodeSide(input, engine, project, run, control, 'target', sides.target, bitext?.target);
  const folder = runFolder(project, run.id);
  mkdirSync(folder, { recursive: true });
  const earlier = earlierInput(project, input.encoderById, run);
  const request: MineInput = { folder, source: source.side, target: target.side, settings: run.settings, plan: run.plan, ...(earlier === null ? {} : { earlier }) };
  const stages = stageFollower(control);
  const result = bitext === null
    ? await engine.stream('engine.mine', request, { signal: control.signal, onItem: stages.follow })
    : await scoreBitext(engine, project, run, bitext, request, control.signal, stages.follow);
  stages.end();
  for (const { text } of result.warnings.filter((warning) => warning.kind === 'reused')) control.log('info', text);
  const done = project.runs.update(run.id, { signature: signatureOf(run, input.version, result.refinement?.['mapUsed'] === true) });
  const retrieve = control.stage('retrieve');
  retrieve.start(result.count, 'into the project');
  await loadPairs({ project, run: done, path: result.pairs, count: result.count, sides, scored: bitext?.pairs ?? null, progress: (loaded) => retrieve.progress(loaded), signal: control.signal });
  await finish(input, project, done, result, [source.result, target.result]);
  retrieve.finish();
};

const encodeSide = async (input: RunWorkInput, engine: EngineClient, project: Project, run: Run, control: JobControl, side: 'source' | 'target', collection: number, texts?: SideTexts) => {
  const stage = control.stage(`encode-${side}`);
  const sentences = texts?.count ?? project.sentences.count(collection);
  if (sentences === 0) throw knownFailure('no-sentences', { name: run[side].name });
  stage.start(sentences * run.plan.encoders.length);
  const results: EncodeResult[] = [];
  const vectors: { folder: string; rows: string }[] = [];
  for (const [index, planned] of run.plan.encoders.entries()) {
    const encoder = input.encoderById(planned.id);
    const plan = encodePlanOf(run.plan, planned);
    if (encoder.hash !== planned.hash) {
      throw knownFailure('model-changed', { title: encoder.title });
    }
    const place = vectorPlace(project, encoder, plan, collection, texts?.key);
    results.push(await encodeCollection({
      engine, project, encoder, plan, collection, ...(texts === undefined ? {} : { texts }), origin: `collection:${collection}`, job: control.job, stage, before: index * sentences, signal: control.signal, log: control.log,
    }));
    vectors.push({ folder: place.folder, rows: place.rows });
  }
  const result = total(results);
  if (result.truncated > 0) control.log('warning', `${result.truncated} sentences of ${run[side].name} are longer than the encoder reads; they were shortened and marked.`);
  stage.finish(result.reused > 0 ? `${result.encoded} encoded, ${result.reused} reused` : `${result.encoded} encoded`);
  return { side: { vectors, sentences, language: run[side].language }, result };
};

const total = (results: readonly EncodeResult[]): EncodeResult => ({
  encoded: results.reduce((sum, one) => sum + one.encoded, 0),
  reused: results.reduce((sum, one) => sum + one.reused, 0),
  truncated: Math.max(0, ...results.map((one) => one.truncated)),
  origins: results.flatMap((one) => one.origins),
});

/** Maps the engine's stages onto the job's: everything up to the neighbour search is one, margins and the cut another. */
const stageFollower = (control: JobControl) => {
  let current: 'neighbours' | 'margin' | undefined;
  const enter = (name: 'neighbours' | 'margin', total: number): void => {
    if (current === name) return;
    if (current !== undefined) control.stage(current).finish();
    current = name;
    control.stage(name).start(total);
  };
  return {
    follow: (item: MineItem): void => {
      // A linear map is tried after the first margins and searches again; stages do not run backwards for it.
      const searches = item.stage === 'prepare' || item.stage === 'neighbours' || item.stage === 'refine';
      const name = searches && current !== 'margin' ? 'neighbours' : 'margin';
      enter(name, item.total);
      control.stage(name).progress(item.done, { total: item.total, ...(item.rate > 0 ? { rate: item.rate } : {}), ...(item.note === undefined ? {} : { note: item.note }) });
    },
    end: (): void => {
      enter('neighbours', 1);
      enter('margin', 1);
      control.stage('margin').finish();
    },
  };
};

const scoreBitext = async (engine: EngineClient, project: Project, run: Run, bitext: Awaited<ReturnType<typeof bitextTexts>>, request: MineInput, signal: AbortSignal, onItem: (item: MineItem) => void): Promise<MineResult> => {
  const path = join(request.folder, 'given.bin');
  const origin = { collection: run.source.collection };
  const { first, count } = project.pairs.range(origin);
  const { pairs, source, target } = bitext;
  writeFileSync(path, new Uint8Array(0));
  for (let done = 0, at = 0; done < count; done += 65_536) {
    const { sources, targets } = project.pairs.ordinals(origin, first + done, Math.min(65_536, count - done));
    const records: number[] = [];
    for (; at < pairs.length && (pairs[at] ?? 0) < first + done + sources.length; at += 1) {
      const pair = pairs[at] ?? 0;
      const place = pair - first - done;
      records.push(source.ordinalOf(pair, sources[place] ?? 0), target.ordinalOf(pair, targets[place] ?? 0));
    }
    appendFileSync(path, new Uint8Array(Uint32Array.from(records).buffer));
  }
  source.save(request.folder, 'source');
  target.save(request.folder, 'target');
  return engine.stream('engine.scorePairs', { ...request, pairs: path, count: pairs.length }, { signal, onItem });
};

const finish = async (input: RunWorkInput, project: Project, run: Run, result: MineResult, encodings: readonly EncodeResult[]): Promise<void> => {
  const origin = { run: run.id };
  const cut = run.settings.threshold === 'auto' ? result.threshold.cut : run.settings.threshold;
  const job = run.job === null ? undefined : project.jobs.get(run.job);
  const collections = (run.kind === 'mine' ? [run.source, run.target] : [run.source]).map((side) => project.collections.get(side.collection, { removed: true }));
  const counts: RunCounts = {
    sourceSentences: run.source.sentences, targetSentences: run.target.sentences,
    merged: collections.reduce((sum, one) => sum + one.merged, 0), malformed: collections.reduce((sum, one) => sum + one.malformed, 0),
    encoded: encodings.reduce((sum, one) => sum + one.encoded, 0), reused: encodings.reduce((sum, one) => sum + one.reused, 0),
    truncated: encodings.reduce((sum, one) => sum + one.truncated, 0),
    ...result.counts, kept: result.count, dropped: 0,
  };
  const origins = [...new Set(encodings.flatMap((one) => one.origins.map((each) => each.origin)))];
  project.runs.update(run.id, {
    state: 'ready', endedAt: input.now(), seconds: job === undefined || job.startedAt === null ? 0 : (input.now() - job.startedAt) / 1000,
    counts, threshold: result.threshold, cut, cutBy: cut === null ? null : run.settings.threshold === 'auto' ? 'auto' : 'user',
    indexRecall: result.indexRecall, refinement: result.refinement,
    warnings: [
      ...result.warnings,
      ...(origins.length > 2 ? [{ kind: 'reused' as const, text: `${counts.reused} vectors were made earlier, for other collections of this project; the manifest names them.` }] : []),
      ...(counts.truncated > 0 ? [{ kind: 'truncated' as const, text: `${counts.truncated} sentences were longer than the encoder reads, and were shortened.` }] : []),
    ],
  });
  project.setMeta(`run:${run.id}:origins`, JSON.stringify(encodings.map((one) => one.origins)));
  project.setMeta(`run:${run.id}:offset`, String(result.offset));
  const kept = await project.pairs.count(origin, { kind: 'kept', value: true });
  project.runs.update(run.id, { counts: { ...counts, kept, dropped: result.count - kept } });
  if (run.kind !== 'mine' || project.meta(`run:${run.id}:listed`) !== null) return;
  project.setMeta(`run:${run.id}:listed`, 'yes');
  await project.operations.run({ title: `Mined ${run.source.name} to ${run.target.name}`, annotator: input.annotator }, (recorder) => recorder.addedRun(run.id));
};
