import { nothingFound, type PairCheck } from './found.ts';

/** A side with nothing to read, or with nothing but punctuation where the other has words. */
export const makeEmpty = (): PairCheck => (source, target) => {
  const sides = [...(isEmpty(source) || isBare(source, target) ? ['source'] : []), ...(isEmpty(target) || isBare(target, source) ? ['target'] : [])];
  return sides.length === 0 ? nothingFound : [{ text: sides.length === 2 ? 'Both texts are empty.' : `The ${sides[0] ?? ''} has nothing to read.`, source: [], target: [] }];
};

/** White space, controls and invisible marks are nothing to read. */
export const isEmpty = (text: string): boolean => !/[^\s\p{C}]/u.test(text);

const isBare = (text: string, other: string): boolean => text.length < 8 && !/[\p{L}\p{N}\p{S}]/u.test(text) && /\p{L}/u.test(other);
