/** What can be seen of a word that was never seen before, in scripts with and without capitals. */
export const wordShapes = ['number', 'sign', 'capital', 'capitals', 'short', 'long'] as const;
export type WordShape = (typeof wordShapes)[number];

/** Letters of a word that is called long. */
const long = 5;

export const wordShape = (word: string): WordShape => {
  if (/\p{N}/u.test(word) && !/\p{L}/u.test(word)) return 'number';
  if (!/[\p{L}\p{N}]/u.test(word)) return 'sign';
  if (/^\p{Lu}{2,}$/u.test(word)) return 'capitals';
  if (/^\p{Lu}/u.test(word)) return 'capital';
  return [...word].length >= long ? 'long' : 'short';
};
