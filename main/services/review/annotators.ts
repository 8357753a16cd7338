import type { annotatorsContract, Annotator } from '../../contract/review-team.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import { judgementsPerHour } from '../../domain/review/working-pace.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { StoredAnnotator } from '../../store/api-review.ts';
import type { ReviewContext } from './context.ts';

type Part = Pick<PartOf<WorkbenchContract, 'review'>, keyof typeof annotatorsContract>;

/** Pseudonymous profiles, with how far each has come: progress, never anybody's errors. */
export const createAnnotators = ({ project, now }: ReviewContext): Part => {
  const withProgress = async (annotator: StoredAnnotator): Promise<Annotator> => {
    const times = await project().reviews.judgementTimes(annotator.id);
    const startOfDay = new Date(now()).setHours(0, 0, 0, 0) / 1_000;
    return { ...annotator, judged: times.length, today: times.filter((time) => time >= startOfDay).length, perHour: judgementsPerHour(times) };
  };
  return {
    'review.annotators': () => Promise.all(project().reviews.annotators().map(withProgress)),
    'review.addAnnotator': ({ name }) => withProgress(project().reviews.addAnnotator(name, now())),
    'review.renameAnnotator': ({ id, name }) => withProgress(project().reviews.renameAnnotator(id, name)),
  };
};
