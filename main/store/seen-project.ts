import type { Project } from './api.ts';
import type { StoredComment, StoredEvent } from './api-review.ts';
import type { BlindPairs, Viewer } from './blind-pairs.ts';
import type { ColumnStore } from './columns.ts';
import { createQuestions } from './questions.ts';
import type { QuestionParts } from './questions.ts';
import { columnsSeenBy } from './seen-columns.ts';

/** The project as one viewer may see it, where some of its pairs are blind for them. */
export const projectSeenBy = (project: Project, parts: QuestionParts, columns: ColumnStore, blind: BlindPairs, viewer: Viewer): Project => {
  const { reviews } = project;
  const comments = (pairs: ArrayLike<number>): readonly StoredComment[] => reviews.comments(pairs).filter(({ pair, annotator }) => (viewer !== null && annotator === viewer) || !blind.has(pair));
  const commentCount = (pair: number): number => comments([pair]).length;
  return {
    ...project,
    withheld: (origin) => blind.count(parts.blocks.get(origin).first),
    ...createQuestions(parts, columnsSeenBy(columns, viewer, blind, (pair) => commentCount(pair) > 0), commentCount),
    reviews: {
      ...reviews, comments,
      history: (origin, pair) => {
        const events = reviews.history(origin, pair);
        return blind.has(pair) ? events.filter((event) => !tellsOfOthers(event, viewer)) : events;
      },
    },
  };
};

/** Changes of texts are everybody's: they are seen in the pair itself. */
const tellsOfOthers = ({ kind, annotator, side }: StoredEvent, viewer: Viewer): boolean =>
  (viewer === null || annotator !== viewer) && (kind === 'decision' || kind === 'label' || kind === 'flag' || kind === 'comment' || (kind === 'bulk' && side === null));
