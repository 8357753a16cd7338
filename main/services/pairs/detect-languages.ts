import { setImmediate } from 'node:timers/promises';
import * as v from 'valibot';
import { Failure } from '../../contract/errors.ts';
import { pairOrigin, type PairOrigin } from '../../contract/pairs.ts';
import type { Column, Project } from '../../store/api.ts';
import { detectedLanguageColumns } from '../../store/review-columns.ts';
import { detectLanguageOfEach } from '../corpora/index.ts';
import type { JobControl, Jobs, JobWork } from '../jobs/index.ts';

const parameters = v.object({ origin: pairOrigin });
/** `pairs`: how many from the start are done and written. */
const checkpoint = v.nullable(v.object({ pairs: v.number() }));

/** Pairs between two writes: a fifth of a second of the detectors. */
const slice = 2_048;
/** A guess for the plan; the job measures. */
const secondsAPair = 0.0001;
const sides = ['source', 'target'] as const;

/** Both sides of all pairs through the detectors of languages, as a job: afterwards `otherLanguage` filters, and the languages found are label columns like any other. */
export const createDetecting = (project: () => Project, jobs: Jobs): ((origin: PairOrigin) => number) => {
  jobs.register('detect-languages', createWork(project));
  return (origin) => {
    const opened = project();
    const { count } = opened.pairs.range(origin);
    if (sides.every((side) => languageOf(opened, origin, side) === 'und')) {
      throw new Failure('language-unknown', 'Nobody has said which languages these pairs are in, so that none can be another.', { hint: 'Import the collection again and choose its languages.' });
    }
    return jobs.start({
      kind: 'detect-languages', title: ('run' in origin ? opened.runs.get(origin.run) : opened.collections.get(origin.collection)).name, params: { origin },
      stages: [{ name: 'detect', unit: 'pairs', seconds: Math.max(1, count * secondsAPair) }], ...('collection' in origin ? { collection: origin.collection } : { run: origin.run }),
    });
  };
};

const createWork = (project: () => Project): JobWork => ({
  pausable: true,
  lane: 'light',
  run: async (control, given, reached) => {
    const { origin } = v.parse(parameters, given);
    const opened = project();
    const start = v.parse(checkpoint, reached)?.pairs ?? 0;
    const columns = { source: columnOf(opened, origin, 'source', start), target: columnOf(opened, origin, 'target', start) };
    const stage = control.stage('detect');
    const { first, count } = opened.pairs.range(origin);
    stage.start(count);
    for (let from = start; from < count; from += slice) {
      const length = Math.min(slice, count - from);
      for (const side of sides) await detectSlice(opened, origin, side, columns[side], first + from, length, control);
      control.checkpoint({ pairs: from + length });
      stage.progress(from + length);
    }
    stage.finish();
  },
});

/** Begun anew, all is empty; gone on with, what was found stays. */
const columnOf = (project: Project, origin: PairOrigin, side: 'source' | 'target', start: number): Column => {
  const name = detectedLanguageColumns[side];
  const known = start === 0 ? null : project.columns.find(origin, name);
  return known ?? project.columns.create({ origin, name, kind: 'label', producer: 'languages', signature: '' });
};

const languageOf = (project: Project, origin: PairOrigin, side: 'source' | 'target'): string => {
  if ('run' in origin) return project.runs.get(origin.run)[side].language;
  const { language, targetLanguage } = project.collections.get(origin.collection);
  return side === 'source' ? language : targetLanguage ?? 'und';
};

/** Texts as they read now. */
const detectSlice = async (project: Project, origin: PairOrigin, side: 'source' | 'target', column: Column, firstPair: number, length: number, { signal }: JobControl): Promise<void> => {
  signal.throwIfAborted();
  const ids = Uint32Array.from({ length }, (_, at) => firstPair + at);
  const languages = await detectLanguageOfEach(languageOf(project, origin, side), project.pairs.texts(origin, ids, [side])[side]);
  signal.throwIfAborted();
  project.columns.write(column, firstPair, Uint32Array.from(languages, (language) => (language === null ? 0 : project.columns.labelCode(column, language))));
  await setImmediate();
};
