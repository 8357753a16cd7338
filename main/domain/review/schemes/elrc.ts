import type { Scheme } from '../../../contract/review.ts';

/**
 * ELRC's seven labels as KEOPS has them, with KEOPS's codes: asked in this order, the first that applies wins.
 *
 * A free translation is a translation; whether it is wanted depends on what the corpus is for, so that it is left to the cut.
 */
export const elrc: Scheme = {
  id: 'elrc', title: 'ELRC (seven labels)', source: 'ELRC validation guidelines; KEOPS', ordered: true, custom: false,
  labels: [
    { id: 'L', title: 'Wrong language', decision: 'reject', children: [] },
    { id: 'A', title: 'Incorrect alignment', decision: 'reject', children: [] },
    { id: 'T', title: 'Wrong tokenisation', decision: 'reject', children: [] },
    { id: 'MT', title: 'Machine translation', decision: 'reject', children: [] },
    { id: 'E', title: 'Translation error', decision: 'reject', children: [] },
    { id: 'F', title: 'Free translation', decision: 'unsure', children: [] },
    { id: 'V', title: 'Valid translation', decision: 'accept', children: [] },
  ],
  reasons: [],
};
