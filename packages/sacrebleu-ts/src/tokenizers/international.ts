import { pySplit } from '../text/python-text.ts';
import type { Tokenizer } from './tokenizer.ts';

/**
 * Kept from mteval-v14 and sacreBLEU: nothing is put around the line, so a mark after a final number stays on it: `2019.` is one token.
 *
 * Its classes are Unicode's, as new as the runtime's.
 *
 * @see https://github.com/mjpost/sacrebleu/issues/138 for the other half, that entities are not undone
 */
export const paddingAroundLine = '';

/** Splits at Unicode punctuation and symbols (mteval-v14 with --international-tokenization; sacreBLEU `tokenizer_intl.py`). */
export const international: Tokenizer = {
  signature: 'intl',
  tokenize: (text) => {
    const spaced = `${paddingAroundLine}${text}${paddingAroundLine}`
      .replace(/(\P{N})(\p{P})/gu, '$1 $2 ')
      .replace(/(\p{P})(\P{N})/gu, ' $1 $2')
      .replace(/(\p{S})/gu, ' $1 ');
    return pySplit(spaced).join(' ');
  },
};
