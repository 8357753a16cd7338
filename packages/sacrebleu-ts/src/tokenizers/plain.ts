import type { Tokenizer } from './tokenizer.ts';

/** No tokenizer: what is between whitespace is a token. */
export const untokenized: Tokenizer = { signature: 'none', tokenize: (text) => text };

/** Every code point a token: combining marks stand alone, an emoji is one. */
export const characters: Tokenizer = { signature: 'char', tokenize: (text) => Array.from(text).join(' ') };
