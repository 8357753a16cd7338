import type { bulkContract } from '../../contract/review-bulk.ts';
import type { annotatorsContract } from '../../contract/review-team.ts';
import type { reviewContract } from '../../contract/review.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import { createAnnotators } from './annotators.ts';
import { createBulk } from './bulk.ts';
import { createDrafts } from './drafts.ts';
import { createEditing } from './editing.ts';
import { createHistory } from './history.ts';
import { createJudging } from './judging.ts';
import { createSchemes } from './schemes.ts';

export type ReviewServiceInput = {
  readonly project: () => Project;
  readonly now: () => number;
  /** Streams tell no touches by themselves: pairs and history have changed. */
  readonly touched: () => void;
};

/** Judging and editing pairs, one by one and all that match. */
export const createReviewService = ({ touched, ...context }: ReviewServiceInput): Pick<PartOf<WorkbenchContract, 'review'>, keyof typeof reviewContract | keyof typeof annotatorsContract | keyof typeof bulkContract> => ({
  ...createJudging(context), ...createEditing(context), ...createHistory(context), ...createSchemes(context), ...createDrafts(context), ...createAnnotators(context), ...createBulk(context, touched),
});

export { createChecksService } from './checks.ts';
export { createCheckFollowUp } from './checks-follow-up.ts';
export { createLinksService } from './links.ts';
export { createQueues as createQueuesService } from './queues.ts';
export { createTeamService } from './team.ts';
