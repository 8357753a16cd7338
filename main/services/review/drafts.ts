import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import { presentPairs, type ReviewContext } from './context.ts';

type Part = Pick<PartOf<WorkbenchContract, 'review'>, 'review.saveDraft' | 'review.drafts'>;

/** What is being typed, kept over a move, a crash and a restart; not a change, so not in the history. */
export const createDrafts = ({ project }: ReviewContext): Part => ({
  'review.saveDraft': ({ origin, pair, annotator, side, text }) => {
    const { reviews } = project();
    presentPairs(project(), { origin, pairs: [pair] });
    reviews.setDraft(reviews.annotator(annotator).id, pair, side, text?.toWellFormed() ?? null);
    return {};
  },
  'review.drafts': ({ origin, annotator }) => project().reviews.drafts(origin, annotator).map(({ pair, side, text }) => ({ pair, side, text })),
});
