import { createRequire } from 'node:module';
import type { Encoding, Tokenizer as NativeTokenizer } from 'tokenizers';
import { Failure } from '../contract/errors.ts';
import type { EncoderDescription } from '../contract/models.ts';
import { readModelFile } from './model-files.ts';
import { throwIfCancelled } from './run-queue.ts';

/**
 * Text to token ids, in native code and off the main thread (Hugging Face `tokenizers`), so that the next block is tokenised while this one is inferred.
 */

/** Token ids of many sentences in one array: sentence i holds `ids[offsets[i]] .. ids[offsets[i + 1] - 1]`. */
export type TokenTable = {
  readonly count: number;
  readonly ids: Int32Array;
  readonly offsets: Uint32Array;
  /** 1 where the sentence was longer than the encoder's maximum and its end was cut off. */
  readonly truncated: Uint8Array;
};

export type Tokenizer = { tokenise(texts: readonly string[], signal?: AbortSignal): Promise<TokenTable> };

/** The package is CommonJS with native parts: required at run time, so that bundlers leave it alone. */
const require = createRequire(import.meta.url);

/** Sentences a native call: keeps the native results, which V8 does not see the weight of, few at a time. */
const sentencesPerCall = 1024;

export const openTokenizer = async (description: EncoderDescription): Promise<Tokenizer> => {
  const { Tokenizer } = require('tokenizers') as typeof import('tokenizers');
  const bytes = await readModelFile(description.folder, description.tokenizer);
  let native: NativeTokenizer;
  try {
    native = Tokenizer.fromString(new TextDecoder().decode(bytes));
  } catch (thrown) {
    throw new Failure('model-unsupported', `The tokenizer of ${description.title} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`, { hint: 'A file in the format of the Hugging Face tokenizers library is needed.' });
  }
  native.disablePadding();
  native.setTruncation(description.maximumTokens + 1);
  const prepare = preparer(native, description.prefix);

  const tokenise = async (texts: readonly string[], signal?: AbortSignal): Promise<TokenTable> => {
    const lists: number[][] = [];
    const truncated = new Uint8Array(texts.length);
    let total = 0;
    for (let start = 0; start < texts.length; start += sentencesPerCall) {
      throwIfCancelled(signal);
      const encodings = await native.encodeBatch(texts.slice(start, start + sentencesPerCall).map(prepare));
      for (const [index, encoding] of encodings.entries()) {
        const tooLong = encoding.getLength() > description.maximumTokens;
        const ids = tooLong ? withoutLastOfText(encoding) : encoding.getIds();
        if (tooLong) truncated[start + index] = 1;
        total += ids.length;
        lists.push(ids);
      }
    }
    const ids = new Int32Array(total);
    const offsets = new Uint32Array(texts.length + 1);
    let at = 0;
    for (const [index, list] of lists.entries()) {
      ids.set(list, at);
      at += list.length;
      offsets[index + 1] = at;
    }
    return { count: texts.length, ids, offsets, truncated };
  };
  return { tokenise };
};

/**
 * The ids of a sentence that reached one token more than allowed, without its last token that is not a special one.
 *
 * The native cut is placed one token late, because that is the only sign of a cut that it gives with every kind of tokenizer.
 */
const withoutLastOfText = (encoding: Encoding): number[] => {
  const ids = encoding.getIds();
  ids.splice(Math.max(0, encoding.getSpecialTokensMask().lastIndexOf(0)), 1);
  return ids;
};

/** Marks that follow their base letter: Latin diacritics, Japanese voicing marks, conjoining Korean letters. */
const decomposed = {
  latin: { probe: '\u1EC7', pattern: /\p{Script=Latin}[\u0300-\u036F]+/gu },
  kana: { probe: '\u304C', pattern: /[\u3040-\u30FF][\u3099\u309A]/gu },
  korean: { probe: '\uD55C', pattern: /[\u1100-\u11FF]+/gu },
} as const;
const maybeDecomposed = /[\u0300-\u036F\u1100-\u11FF\u3099\u309A]/u;

/**
 * Adds the prefix, and composes what the tokenizer itself leaves decomposed.
 *
 * Fully decomposed (NFD) Korean, Japanese and Vietnamese would become unknown tokens otherwise. Only those scripts are touched, and only where the
 * tokenizer's own normaliser sees something else than in composed text: composing everything would reorder Arabic marks.
 */
const preparer = (native: NativeTokenizer, prefix: string): ((text: string) => string) => {
  const normaliser = native.getNormalizer();
  const seen = (text: string): string => (normaliser === null ? text : normaliser.normalizeString(text));
  const patterns = Object.values(decomposed).filter(({ probe }) => seen(probe.normalize('NFD')) !== seen(probe)).map(({ pattern }) => pattern);
  return (text) => {
    if (patterns.length === 0 || !maybeDecomposed.test(text)) return prefix + text;
    return prefix + patterns.reduce((line, pattern) => line.replace(pattern, (cluster) => cluster.normalize('NFC')), text);
  };
};
