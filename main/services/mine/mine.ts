import { Failure } from '../../contract/errors.ts';
import { knownFailure } from '../../contract/known-failures.ts';
import { defaultMineSettings, type MinePlan, type MineSettings, type Run } from '../../contract/mine.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import { goldAtCut } from '../../domain/mine/evaluate.ts';
import { lowestKept } from '../../domain/mine/margin.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import type { EngineLink } from '../engine/index.ts';
import type { Jobs } from '../jobs/index.ts';
import type { ModelsService } from '../models/index.ts';
import type { FileGate } from '../project/index.ts';
import type { MachineSettingsService } from '../settings/index.ts';
import { runTexts } from './bitext-texts.ts';
import { compare } from './compare-runs.ts';
import { createEmbedWork } from './embed-job.ts';
import { explainPair } from './explain.ts';
import { judge, reportGold } from './gold.ts';
import { placeCut } from './place-cut.ts';
import { planRun } from './plan-run.ts';
import { createRunWork, signatureOf, stagesOfPlan } from './run-job.ts';
import { runFolder } from './run-places.ts';

export type MineServiceInput = {
  readonly project: () => Project; readonly engine: EngineLink; readonly models: ModelsService; readonly jobs: Jobs; readonly gate: FileGate;
  /** What a run leaves open: provider and threads. */
  readonly machine: Pick<MachineSettingsService, 'read'>;
  readonly annotator: string; readonly now: () => number; readonly version: string;
};

export type MineService = {
  readonly part: PartOf<WorkbenchContract, 'mine'>;
  /** The sample's first run, with its gold list; returns the job. */
  mineSample(source: number, target: number, gold: string): Promise<number>;
};

/** Mining: plans, runs, cuts, explanations, gold figures, comparisons. */
export const createMineService = (input: MineServiceInput): MineService => {
  const { project, engine, jobs } = input;
  const work = createRunWork({ project, engine, encoderById: (id) => input.models.encoder(id), annotator: input.annotator, version: input.version, now: input.now });
  jobs.register('mine', work);
  jobs.register('score-bitext', work);
  jobs.register('embed', createEmbedWork({ project, engine, encoderById: (id) => input.models.encoder(id) }));

  const side = (collection: number) => {
    const found = project().collections.get(collection);
    if (found.state !== 'ready') throw knownFailure('still-imported', { name: found.name });
    return found;
  };

  const start = async (kind: Run['kind'], source: number, target: number, settings: MineSettings, given: MinePlan | null, name: string | null, signal: AbortSignal, earlier: number | null = null) => {
    const [left, right] = [side(source), side(target)];
    if (kind === 'mine' && (left.kind === 'bitext' || right.kind === 'bitext')) throw new Failure('bad-input', 'Mining wants two collections of sentences; a bitext can be scored instead.');
    const plan = given === null || (earlier !== null && (given.earlier ?? null) === null) ? await planRun(input, kind, source, target, settings, signal, earlier) : carrying(given, earlier);
    const sides = kind === 'mine' ? { source: project().collections.sides(source).source, target: project().collections.sides(target).target } : project().collections.sides(source);
    const run = project().runs.create({
      kind, name: name ?? (kind === 'mine' ? `${left.name} to ${right.name}` : left.name), state: 'planned', job: null,
      source: { collection: source, name: left.name, language: left.language, sentences: project().sentences.count(sides.source) },
      target: { collection: target, name: right.name, language: kind === 'mine' ? right.language : right.targetLanguage ?? 'und', sentences: project().sentences.count(sides.target) },
      settings, plan, createdAt: input.now(), endedAt: null, seconds: 0, counts: null, threshold: null, cut: null, cutBy: null, indexRecall: null, warnings: [], refinement: null,
      signature: signatureOf({ settings, plan }, input.version, false),
    });
    const job = jobs.start({ kind, title: run.name, params: { run: run.id }, run: run.id, stages: stagesOfPlan(run) });
    project().runs.update(run.id, { job });
    return { job, run: run.id };
  };

  const goldOf = (run: number): { readonly gold: string; readonly ignore: string | null } | null => {
    const stored = project().meta(`run:${run}:gold`);
    return stored === null ? null : (JSON.parse(stored) as { gold: string; ignore: string | null });
  };

  const judged = async (run: Run) => {
    const lists = goldOf(run.id);
    return lists === null ? null : judge(project(), run, lists.gold, lists.ignore);
  };

  const setGold = (run: number, gold: string, ignore: string | null): void => project().setMeta(`run:${run}:gold`, JSON.stringify({ gold, ignore }));

  const part: PartOf<WorkbenchContract, 'mine'> = {
    'mine.plan': ({ source, target, settings, earlier }, { signal }) => planRun(input, 'mine', source, target, settings, signal, earlier ?? null),
    'mine.start': ({ source, target, settings, plan, name, earlier }, { signal }) => start('mine', source, target, settings, plan, name, signal, earlier ?? null),
    'mine.scoreBitext': ({ collection, settings }, { signal }) => start('score-bitext', collection, collection, settings, null, null, signal),
    'mine.embed': async ({ collection, settings, out }, { signal }) => {
      const found = side(collection);
      const plan = await planRun(input, 'mine', collection, collection, settings, signal);
      const seconds = plan.stages.find((stage) => stage.name === 'encode')?.seconds ?? 1;
      return { job: jobs.start({
        kind: 'embed', title: found.name, collection, params: { collection, plan, out: out === null ? null : input.gate.check(out) },
        stages: [{ name: 'encode-source', subject: found.language, unit: 'sentences', seconds }],
      }) };
    },
    'mine.runs': () => [...project().runs.list()],
    'mine.run': ({ run }) => project().runs.get(run),
    'mine.partial': async ({ run }) => {
      const found = project().runs.get(run);
      const client = await engine.client();
      const partial = await client.call('engine.partial', { folder: runFolder(project(), run), bins: 80, rows: 200 });
      const sources = runTexts(project(), found, 'source').ofOrdinals(partial.rows.map((row) => row.source));
      const targets = runTexts(project(), found, 'target').ofOrdinals(partial.rows.map((row) => row.target));
      return { ...partial, rows: partial.rows.map((row, i) => ({ source: sources[i] ?? '', target: targets[i] ?? '', margin: row.margin, cosine: row.cosine })) };
    },
    'mine.explain': async ({ run, pair }) => explainPair(project(), await engine.client(), project().runs.get(run), pair),
    'mine.cut': async ({ run, cut }) => {
      const { threshold } = project().runs.get(run);
      const next = cut === 'auto' ? threshold?.cut ?? null : cut;
      if (cut === 'auto' && next === null) throw new Failure('bad-input', `There is no estimated cut for this run: ${threshold?.reason ?? 'it has not ended'}.`, { hint: 'Set a number.' });
      await placeCut(project(), run, { cut: next, cutBy: cut === 'auto' ? 'auto' : 'user' }, input.annotator);
      return project().runs.get(run);
    },
    'mine.cutPreview': async ({ run, cut }, { signal }) => {
      const found = project().runs.get(run);
      const kept = await project().pairs.count({ run }, { kind: 'number', column: 'margin', relation: '>=', value: lowestKept(cut) }, signal);
      const point = pointAt(found, cut);
      const gold = await judged(found);
      const figures = gold === null ? null : goldAtCut(gold, cut);
      return {
        kept, dropped: await project().pairs.count({ run }, null) - kept, precision: point?.precision ?? null, low: point?.low ?? null, high: point?.high ?? null,
        gold: figures === null || figures.precision === null || figures.recall === null || figures.f1 === null ? null : { precision: figures.precision, recall: figures.recall, f1: figures.f1 },
      };
    },
    'mine.gold': async ({ run, gold, ignore }) => {
      const found = project().runs.get(run);
      if (gold !== null) setGold(run, input.gate.check(gold), ignore === null ? null : input.gate.check(ignore));
      const result = await judged(found);
      if (result === null) throw new Failure('not-found', 'This run has no gold list.');
      return reportGold(result, found.cut);
    },
    'mine.hubs': async ({ run, side: which, count }) => {
      const client = await engine.client();
      const found = await client.call('engine.hubs', { folder: runFolder(project(), run), side: which, count });
      const texts = runTexts(project(), project().runs.get(run), which).ofOrdinals(found.map((hub) => hub.ordinal));
      return found.map((hub, i) => ({ ...hub, text: texts[i] ?? '' }));
    },
    'mine.compare': (request) => compare(project(), request),
    'mine.rename': async ({ run, name }) => {
      const found = project().runs.get(run);
      await project().operations.run({ title: `Renamed ${found.name} to ${name}`, annotator: input.annotator }, (recorder) => recorder.setRun(run, { name }));
      return project().runs.get(run);
    },
    'mine.remove': async ({ run }) => {
      const found = project().runs.get(run);
      await project().operations.run({ title: `Removed ${found.name}`, annotator: input.annotator }, (recorder) => recorder.setRun(run, { removed: true }));
      return { removed: run };
    },
  };

  return {
    part,
    mineSample: async (source, target, gold) => {
      const started = await start('mine', source, target, defaultMineSettings, null, null, new AbortController().signal);
      setGold(started.run, gold, null);
      return started.job;
    },
  };
};

/** A plan that carries a run on, with the run that is asked for now: a replay makes the earlier one anew, under another number. */
const carrying = (plan: MinePlan, earlier: number | null): MinePlan => (earlier === null || plan.earlier === undefined || plan.earlier === null ? plan : { ...plan, earlier: { ...plan.earlier, run: earlier } });

/** The point of the precision curve at a cut: the lowest one at or above it, else the highest there is. */
const pointAt = (run: Run, cut: number) => {
  const curve = [...(run.threshold?.curve ?? [])].sort((left, right) => left.margin - right.margin);
  return curve.find((point) => point.margin >= cut) ?? curve.at(-1);
};

