import { createRequire } from 'node:module';
import type { Tokenizer as NativeTokenizer } from 'tokenizers';
import { Failure } from '../../contract/errors.ts';
import type { Controls, FamilyFacts } from '../../domain/translate/model-family.ts';
import { readModelFile } from '../model-files.ts';
import type { Seq2SeqFiles } from './model-files.ts';

/** Tokens of a target text with where they stand in it: half-open ranges in code points. */
export type TargetTokens = { readonly ids: Int32Array; readonly offsets: readonly (readonly [from: number, to: number])[] };

export type TranslationTokenizer = {
  /** The ids of a source with the control tokens of its language pair. */
  encodeSource(text: string, controls: Controls): Promise<Int32Array>;
  /** The ids of a target as the decoder is forced along it, without control tokens and without the end. */
  encodeTarget(text: string): Promise<TargetTokens>;
  /** Text of generated ids, without control tokens. */
  decode(ids: readonly number[]): Promise<string>;
  readonly tokenId: (token: string) => number | null;
  readonly specialTokens: readonly string[];
};

const requirePackage = createRequire(import.meta.url);

export const openTranslationTokenizer = async (files: Seq2SeqFiles): Promise<TranslationTokenizer> => {
  const { Tokenizer } = requirePackage('tokenizers') as typeof import('tokenizers');
  const text = new TextDecoder().decode(await readModelFile(files.folder, files.tokenizer));
  let native: NativeTokenizer;
  try {
    native = Tokenizer.fromString(text);
  } catch (thrown) {
    throw new Failure('model-unsupported', `The tokenizer in ${files.folder} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`, { hint: 'A file in the format of the Hugging Face tokenizers library is needed.' });
  }
  native.disablePadding();
  native.disableTruncation();
  return {
    encodeSource: async (source, { before, after, textPrefix }) => {
      const encoding = await native.encode(textPrefix + source, null, { addSpecialTokens: false });
      return Int32Array.of(...before, ...encoding.getIds(), ...after);
    },
    encodeTarget: async (target) => {
      const encoding = await native.encode(target, null, { addSpecialTokens: false });
      return { ids: Int32Array.from(encoding.getIds()), offsets: encoding.getOffsets().map(([from = 0, to = 0]) => [from, to] as const) };
    },
    decode: (ids) => native.decode([...ids], true),
    tokenId: (token) => native.tokenToId(token),
    specialTokens: Object.keys(native.getVocab(true)).filter((token) => controlToken.test(token)),
  };
};

/** `__de__`, `deu_Latn`, `>>deu<<`, `de_DE`, `<2de>`: what the families use for languages. */
const controlToken = /^(?:__[a-z]{2,3}__|[a-z]{3}_[A-Z][a-z]{3}|>>[A-Za-z_]{2,12}<<|[a-z]{2}_[A-Z]{2}|<2[a-z]{2,3}(?:_[A-Z][a-z]{3})?>)$/u;

/** The facts from which family and control tokens follow. */
export const familyFacts = (files: Seq2SeqFiles, { tokenId, specialTokens }: Pick<TranslationTokenizer, 'tokenId' | 'specialTokens'>): FamilyFacts =>
  ({ modelType: files.modelType, tokenizerClass: files.tokenizerClass, start: files.start, end: files.end, tokenId, specialTokens });
