import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../contract/errors.ts';
import type { engineContract } from '../../contract/engine.ts';
import type { InputOf } from '../../contract/method.ts';
import type { MinePlan, MineSettings, Run } from '../../contract/mine.ts';
import type { EncoderDescription } from '../../contract/models.ts';
import { carryFacts, carryProblem } from '../../domain/mine/carry-over.ts';
import { cannotCarryOn, carryOn } from '../../domain/mine/plan-earlier.ts';
import type { Project } from '../../store/api.ts';
import { encodePlanOf, vectorPlace } from '../engine/index.ts';
import { runFolder, sidesOf } from './run-places.ts';

/** A second crawl: the run that a new one carries on, for its plan and for the engine. */

type Sides = { readonly source: number; readonly target: number };
type EarlierInput = NonNullable<InputOf<(typeof engineContract)['engine.mine']>['earlier']>;

/** The run to carry on; only a finished mining can be. */
export const earlierRun = (project: Project, id: number): Run => {
  const run = project.runs.get(id);
  if (run.kind !== 'mine' || run.state !== 'ready') throw new Failure('bad-input', `"${run.name}" is not a finished mining, so there is nothing to carry on.`, { hint: 'Name a run that has ended, or mine without one.' });
  return run;
};

/** What `auto` means when a run is carried on: what it meant then, because only vectors made in the same way can be compared. */
export const settingsLike = (earlier: Run, settings: MineSettings): MineSettings => {
  const { encoders, provider } = earlier.plan;
  const same = settings.encoder === 'auto' && earlier.settings.encoder === 'auto' && encoders.length === 1;
  return {
    ...settings,
    encoder: same ? encoders[0]?.id ?? 'auto' : settings.encoder,
    provider: settings.provider === 'auto' ? provider : settings.provider,
    index: settings.index === 'auto' ? 'exact' : settings.index,
  };
};

/** `exact` as a plan that carries the earlier run on, or `full` with the reason why it cannot. */
export const planEarlier = async (project: Project, earlier: Run, settings: MineSettings, languages: readonly [string, string], sides: Sides, plans: { readonly exact: MinePlan; readonly full: () => Promise<MinePlan> }, signal: AbortSignal): Promise<MinePlan> => {
  const { exact } = plans;
  const sentences = { source: project.sentences.count(sides.source), target: project.sentences.count(sides.target) };
  const mapped = earlier.refinement?.['mapUsed'] === true;
  const problem = carryProblem(carryFacts(earlier.settings, earlier.plan, [earlier.source.language, earlier.target.language], mapped), carryFacts(settings, exact, languages, false));
  if (problem !== null) return cannotCarryOn(await plans.full(), earlier.id, sentences, problem);
  const before = sidesOf(project, earlier);
  const added = { source: await countNew(project, before.source, sides.source, signal), target: await countNew(project, before.target, sides.target, signal) };
  return carryOn(exact, { run: earlier.id, name: earlier.name, sentences, added });
};

/** The earlier run as the engine wants it; null where the plan names none. */
export const earlierInput = (project: Project, encoderById: (id: string) => EncoderDescription, run: Run): EarlierInput | null => {
  const planned = run.plan.earlier;
  if (planned === undefined || planned === null) return null;
  const earlier = project.runs.get(planned.run, { removed: true });
  const collections = sidesOf(project, earlier);
  const side = (name: 'source' | 'target'): EarlierInput['source'] => ({
    vectors: earlier.plan.encoders.map((encoder) => vectorPlace(project, encoderById(encoder.id), encodePlanOf(earlier.plan, encoder), collections[name])),
    sentences: earlier[name].sentences, language: earlier[name].language,
  });
  return { folder: runFolder(project, earlier.id), source: side('source'), target: side('target') };
};

const slice = 16_384;

/** Sentences of a collection whose text another one does not have. For a plan, so by a hash of 53 bits of each text. */
const countNew = async (project: Project, before: number, now: number, signal: AbortSignal): Promise<number> => {
  if (before === now) return 0;
  const known = new Set<number>();
  let count = 0;
  for (const collection of [before, now]) {
    const total = project.sentences.count(collection);
    for (let from = 0; from < total; from += slice) {
      signal.throwIfAborted();
      for (const text of project.sentences.texts(collection, from, Math.min(slice, total - from))) {
        const hash = hashOf(text);
        if (collection === before) known.add(hash);
        else if (!known.has(hash)) count += 1;
      }
      await setImmediate();
    }
  }
  return count;
};

/** Two runs of FNV-1a side by side: 32 bits and 21 bits. */
const hashOf = (text: string): number => {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b) + (high >>> 15);
  }
  return (high >>> 11) * 0x1_0000_0000 + (low >>> 0);
};
