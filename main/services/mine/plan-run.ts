import { availableParallelism, totalmem } from 'node:os';
import type { MinePlan, MineSettings, Run } from '../../contract/mine.ts';
import { chooseEncoders } from '../../domain/mine/plan-encoders.ts';
import type { IndexProbe } from '../../domain/mine/plan-index.ts';
import type { PlanInput } from '../../domain/mine/plan-input.ts';
import { planMining } from '../../domain/mine/plan.ts';
import type { Project } from '../../store/api.ts';
import type { EngineLink } from '../engine/index.ts';
import type { ModelsService } from '../models/index.ts';
import type { MachineSettingsService } from '../settings/index.ts';
import { earlierRun, planEarlier, settingsLike } from './earlier-run.ts';

export type PlanRunInput = { readonly project: () => Project; readonly engine: EngineLink; readonly models: ModelsService; readonly machine: Pick<MachineSettingsService, 'read'> };

/**
 * Gathers sizes, encoders and measurements, and lets the pure planner decide.
 *
 * `carried` names a finished run that this one carries on. An encoder that has never run on this machine is measured first, on every provider there is (seconds, once); so is the search at the dimension it will have.
 */
export const planRun = async (input: PlanRunInput, kind: Run['kind'], source: number, target: number, asked: MineSettings, signal: AbortSignal, carried: number | null = null): Promise<MinePlan> => {
  const project = input.project();
  const earlier = carried === null ? null : earlierRun(project, carried);
  const machine = input.machine.read();
  const settings = asMachineSays(earlier === null ? asked : settingsLike(earlier, asked), machine.provider);
  const threads = settings.threads ?? earlier?.plan.threads ?? machine.threads;
  const [left, right] = [project.collections.get(source), project.collections.get(target)];
  const sides = kind === 'mine' ? { source: project.collections.sides(source).source, target: project.collections.sides(target).target } : project.collections.sides(source);
  const sizes = { source: project.sentences.count(sides.source), target: project.sentences.count(sides.target) };
  const givenPairs = kind === 'score-bitext' ? await project.pairs.count({ collection: source }, null, signal) : null;
  const facts = (): PlanInput => ({
    settings,
    source: { sentences: sizes.source, language: left.language },
    target: { sentences: sizes.target, language: kind === 'mine' ? right.language : right.targetLanguage ?? 'und' },
    encoders: input.models.candidates().map((one) => ({ ...one, missing: sizes })),
    probe: () => null,
    memoryBytes: totalmem(), cores: availableParallelism(),
    ...(givenPairs === null ? {} : { givenPairs }),
  });
  const { encoders } = chooseEncoders(facts());
  if (settings.provider === 'auto') for (const one of encoders) await input.models.measured(one.encoder.id, signal);
  const dimension = encoders.reduce((sum, one) => sum + one.encoder.dimension, 0);
  const probe = await input.engine.withRetries((engine) => engine.call('engine.probeIndex', { dimension }, { signal }), () => undefined, signal);
  const plan = planMining({ ...facts(), probe: () => withThreads(probe, threads) });
  if (earlier === null) return plan;
  return planEarlier(project, earlier, settings, [left.language, right.language], sides, { exact: plan, full: () => planRun(input, kind, source, target, asked, signal) }, signal);
};

/** What a run leaves open the machine's settings say; what they leave open is measured. */
const asMachineSays = (settings: MineSettings, provider: MineSettings['provider']): MineSettings => (settings.provider === 'auto' ? { ...settings, provider } : settings);

/** The probe ran on all cores; fewer threads search so much slower. */
const withThreads = (probe: IndexProbe, threads: number | null): IndexProbe => (threads === null ? probe : { ...probe, threads, gigaflops: probe.gigaflops * Math.min(1, threads / probe.threads) });
