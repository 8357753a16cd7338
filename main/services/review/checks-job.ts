import type { PairOrigin } from '../../contract/pairs.ts';
import type { Project } from '../../store/api.ts';
import type { JobStart } from '../jobs/index.ts';

/** A guess for the plan, from `scripts/bench/checks.ts`; the job measures. */
const secondsAPair = 0.0001;

/** A job that checks `pairs` of an origin. */
export const checksJob = (project: Project, origin: PairOrigin, pairs: number, more: { readonly changed?: boolean } = {}): JobStart => ({
  kind: 'check', title: ('run' in origin ? project.runs.get(origin.run) : project.collections.get(origin.collection)).name, params: { origin, ...more },
  stages: [{ name: 'check', unit: 'pairs', seconds: Math.max(0.1, pairs * secondsAPair) }],
  ...('collection' in origin ? { collection: origin.collection } : { run: origin.run }),
});
