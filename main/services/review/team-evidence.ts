import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../contract/errors.ts';
import type { InputOf } from '../../contract/method.ts';
import type { ThresholdReport } from '../../contract/mine.ts';
import type { Evidence, teamContract } from '../../contract/review-team.ts';
import { precisionEvidence, type JudgedScore } from '../../domain/review/precision-evidence.ts';
import type { Project } from '../../store/api.ts';
import { placeCut } from '../mine/index.ts';

type Asked = InputOf<(typeof teamContract)['review.evidence']>;

const mostBands = 50;

/** What the pairs accepted and rejected so far say about a threshold, as far as `project` lets whoever asks know. Unsure ones and conflicts say nothing. */
export const evidenceOf = async (project: Project, { origin, column, bands, wanted }: Asked, signal?: AbortSignal): Promise<Evidence> => {
  if (!(Number.isInteger(bands) && bands >= 1 && bands <= mostBands)) throw new Failure('bad-input', `A score is cut into 1 to ${mostBands} bands, not ${bands}.`);
  if (!(wanted > 0 && wanted <= 1)) throw new Failure('bad-input', `The wanted precision lies between 0 and 1, not at ${wanted}.`);
  const sort = { column, descending: false };
  const { view } = await project.views.create({ origin, predicate: null, sort }, signal);
  const judged: JudgedScore[] = [];
  for (const decision of ['accept', 'reject'] as const) {
    const some = await project.views.create({ origin, predicate: { kind: 'decision', by: null, value: decision }, sort }, signal);
    const { length, valueAt } = project.views.sortedValues(some.view);
    for (let at = 0; at < length; at += 1) judged.push({ score: valueAt(at), right: decision === 'accept' });
    await setImmediate();
  }
  return { column, withheld: project.withheld(origin), ...precisionEvidence(project.views.sortedValues(view), judged, bands, wanted) };
};

const noEstimate: ThresholdReport = { cut: null, reason: 'No cut was estimated for this run.', precision: null, precisionLow: null, precisionHigh: null, expectedTrue: null, curve: [] };

/** Places the run's cut, and keeps with the run what was known when that was decided. */
export const cutByEvidence = async (project: Project, { run, cut, wanted, bands }: InputOf<(typeof teamContract)['review.cutByEvidence']>, annotator: string, at: number): Promise<void> => {
  const { withheld: _, ...evidence } = await evidenceOf(project, { origin: { run }, column: 'margin', bands, wanted });
  const threshold = { ...(project.runs.get(run).threshold ?? noEstimate), evidence: { placed: cut, wanted, at, ...evidence } };
  await placeCut(project, run, { cut, cutBy: 'user', threshold }, annotator);
};
