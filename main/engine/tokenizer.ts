import { createRequire } from 'node:module';
import type { Encoding, Tokenizer as NativeTokenizer } from 'tokenizers';
import { Failure } from '../contract/errors.ts';
import type { EncoderDescription } from '../contract/models.ts';
import { codePointLength } from '../domain/formats/utf8.ts';
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

/** The tokens of one text, and for each of its words those that make it up; none where the text was cut before the word. */
export type WordTokens = { readonly ids: Int32Array; readonly tokens: readonly (readonly number[])[] };

export type Tokenizer = {
  tokenise(texts: readonly string[], signal?: AbortSignal): Promise<TokenTable>;
  /** `words`: half-open ranges in UTF-16 units, ascending. */
  tokeniseWords(text: string, words: readonly (readonly [from: number, to: number])[]): Promise<WordTokens>;
};

/** The package is CommonJS with native parts: required at run time, so that bundlers leave it alone; `require` itself they declare. */
const requirePackage = createRequire(import.meta.url);

/** Sentences a native call: keeps the native results, which V8 does not see the weight of, few at a time. */
const sentencesPerCall = 1024;

export const openTokenizer = async (description: EncoderDescription): Promise<Tokenizer> => {
  const { Tokenizer } = requirePackage('tokenizers') as typeof import('tokenizers');
  const bytes = await readModelFile(description.folder, description.tokenizer);
  let native: NativeTokenizer;
  try {
    native = Tokenizer.fromString(new TextDecoder().decode(bytes));
  } catch (thrown) {
    throw new Failure('model-unsupported', `The tokenizer of ${description.title} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`, { hint: 'A file in the format of the Hugging Face tokenizers library is needed.' });
  }
  native.disablePadding();
  native.setTruncation(description.maximumTokens + 1);
  const compose = composer(native);
  const prepare = (text: string): string => description.prefix + compose(text);

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
  /** Word by word, so that composing letters moves no word; the library counts code points. */
  const tokeniseWords: Tokenizer['tokeniseWords'] = async (text, words) => {
    const spans: [number, number][] = [];
    let whole = description.prefix;
    let length = codePointLength(whole);
    const put = (piece: string): void => { const composed = compose(piece); whole += composed; length += codePointLength(composed); };
    let at = 0;
    for (const [from, to] of words) {
      put(text.slice(at, from));
      const start = length;
      put(text.slice(from, to));
      spans.push([start, length]);
      at = to;
    }
    put(text.slice(at));
    const encoding = await native.encode(whole);
    const offsets = encoding.getOffsets().slice(0, description.maximumTokens);
    const tokens = spans.map(([from, to]) => offsets.flatMap(([start = 0, end = 0], token) => (start < to && end > from && end > start ? [token] : [])));
    return { ids: Int32Array.from(encoding.getIds().slice(0, description.maximumTokens)), tokens };
  };
  return { tokenise, tokeniseWords };
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
 * Composes what the tokenizer itself leaves decomposed.
 *
 * Fully decomposed (NFD) Korean, Japanese and Vietnamese would become unknown tokens otherwise. Only those scripts are touched, and only where the
 * tokenizer's own normaliser sees something else than in composed text: composing everything would reorder Arabic marks.
 */
const composer = (native: NativeTokenizer): ((text: string) => string) => {
  const normaliser = native.getNormalizer();
  const seen = (text: string): string => (normaliser === null ? text : normaliser.normalizeString(text));
  const patterns = Object.values(decomposed).filter(({ probe }) => seen(probe.normalize('NFD')) !== seen(probe)).map(({ pattern }) => pattern);
  return (text) => {
    if (patterns.length === 0 || !maybeDecomposed.test(text)) return text;
    return patterns.reduce((line, pattern) => line.replace(pattern, (cluster) => cluster.normalize('NFC')), text);
  };
};
