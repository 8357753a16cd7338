import type { ModelAnswers } from '../../../main/contract/models.ts';

export const poolings = ['mean', 'cls', 'last', 'in-graph'] as const;

/** What was typed, as the contract wants it. Languages are separated by commas or spaces. */
export const answersOf = (words: Readonly<Record<string, string>>): ModelAnswers => {
  const pooling = poolings.find((each) => each === words['pooling']);
  const maximumTokens = Number(words['maximumTokens']);
  return {
    ...(pooling === undefined ? {} : { pooling }),
    ...(words['prefix'] === undefined ? {} : { prefix: words['prefix'] }),
    ...(words['normalise'] === undefined ? {} : { normalise: words['normalise'] !== 'false' }),
    ...(words['maximumTokens'] === undefined || !Number.isInteger(maximumTokens) || maximumTokens < 1 ? {} : { maximumTokens }),
    ...(words['languages'] === undefined ? {} : { languages: words['languages'].split(/[\s,]+/u).filter((tag) => tag !== '') }),
    ...(words['licence'] === undefined || words['licence'] === '' ? {} : { licence: words['licence'] }),
  };
};
