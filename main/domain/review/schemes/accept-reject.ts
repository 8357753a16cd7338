import type { Scheme } from '../../../contract/review.ts';

/** The plain one: keep it or not, and why not. */
export const acceptReject: Scheme = {
  id: 'accept-reject', title: 'Accept or reject', source: 'Dragoman', ordered: false, custom: false,
  labels: [
    { id: 'accept', title: 'Accept', decision: 'accept', children: [] },
    { id: 'reject', title: 'Reject', decision: 'reject', children: [] },
    { id: 'unsure', title: 'Unsure', decision: 'unsure', children: [] },
  ],
  reasons: [
    { id: 'not-a-translation', title: 'Not a translation of each other' },
    { id: 'partly', title: 'One side says more than the other' },
    { id: 'wrong-language', title: 'Wrong language' },
    { id: 'wrong-cut', title: 'Wrongly cut or joined' },
    { id: 'bad-translation', title: 'Bad translation' },
    { id: 'no-text', title: 'Not a sentence: numbers, menus, code' },
    { id: 'damaged', title: 'Damaged characters' },
  ],
};
