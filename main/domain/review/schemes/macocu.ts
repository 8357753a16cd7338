import type { Scheme } from '../../../contract/review.ts';

/** MaCoCu's three questions as KEOPS asks them, with KEOPS's codes: the languages, the content, the translation. A wrong answer ends the item. */
export const macocu: Scheme = {
  id: 'macocu', title: 'MaCoCu (three questions)', source: 'MaCoCu; KEOPS', ordered: false, custom: false,
  labels: [
    { id: 'WL', title: 'Wrong language', decision: 'reject', children: [] },
    { id: 'ML', title: 'Mixed languages', decision: 'reject', children: [] },
    { id: 'languages', title: 'Right languages', decision: null, children: [
      { id: 'MC', title: 'Missing content', decision: 'reject', children: [] },
      { id: 'RC', title: 'Replaced content', decision: 'reject', children: [] },
      { id: 'MA', title: 'Misalignment', decision: 'reject', children: [] },
      { id: 'content', title: 'Same content', decision: null, children: [
        { id: 'LQT', title: 'Low quality translation', decision: 'reject', children: [] },
        { id: 'CBT', title: 'Correct boilerplate translation', decision: 'accept', children: [] },
        { id: 'V', title: 'Valid', decision: 'accept', children: [] },
      ] },
    ] },
  ],
  reasons: [],
};
