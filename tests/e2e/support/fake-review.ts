import type { PairRow } from '../../../main/contract/pairs.ts';
import type { Scheme } from '../../../main/contract/review.ts';
import { fakeProject, fakeRow, fakeRun } from './fake-run.ts';
import type { Answers } from './fake-workbench.ts';

/** The review room over pairs made by rule, for what no small project can show: millions of rows, other schemes, failures. */

export const fakeScheme = (part: Partial<Scheme> = {}): Scheme => ({
  id: 'accept-reject', title: 'Accept or reject', source: '', ordered: false, custom: false,
  labels: [{ id: 'accept', title: 'Accept', decision: 'accept', children: [] }, { id: 'reject', title: 'Reject', decision: 'reject', children: [] }],
  reasons: [{ id: 'misaligned', title: 'Misaligned' }, { id: 'partial', title: 'Part is missing' }, { id: 'language', title: 'Wrong language' }], ...part,
});

/** An open project with one run of so many pairs, an annotator who is known, and nothing judged. */
export const fakeReview = (rows: number, row: (position: number) => PairRow = fakeRow): Answers => ({
  ...fakeProject(fakeRun(), [], rows),
  'review.annotators': () => [{ id: 1, name: 'mk', createdAt: 1_763_717_000_000, judged: 0, today: 0, perHour: 312 }],
  'review.schemes': () => [fakeScheme()],
  'review.queues': () => [],
  'review.filters': () => [],
  'review.drafts': () => [],
  'review.history': () => [],
  'review.check': () => [],
  'pairs.columns': () => [{ name: 'margin', kind: 'score', producer: 'mine', minimum: 0.9, maximum: 1.3 }, { name: 'cosine', kind: 'score', producer: 'mine', minimum: 0.4, maximum: 1 }],
  'pairs.page': ({ from, count }) => ({ rows: Array.from({ length: Math.max(0, Math.min(count, rows - from)) }, (_, index) => row(from + index)), count: rows }),
  'pairs.facets': () => ({
    count: rows, total: rows, decisions: { none: rows, accept: 0, reject: 0, unsure: 0, conflict: 0 }, flags: { flagged: 0, 'personal-data': 0, offensive: 0 }, edited: 0, commented: 0,
    checks: [{ check: 'numbers', open: 14, ignored: 3 }], files: [{ side: 'source', name: 'notices.txt', count: rows }], labels: [],
  }),
});

/** Makes the page know its annotator before it is opened. */
export const knowAnnotator = (path: string, id: number): string => `localStorage.setItem('dragoman.review.annotator', ${JSON.stringify(JSON.stringify({ [path]: id }))})`;
