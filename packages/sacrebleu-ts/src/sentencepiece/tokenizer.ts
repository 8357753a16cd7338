import { SacrebleuError } from '../errors.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { badModel, type SentencePieceModel } from './model.ts';
import { readModelFile } from './model-file.ts';
import { createProcessor } from './processor.ts';
import { sha256 } from './sha256.ts';
import { readTokenizerJson } from './tokenizer-json.ts';
import { decodeUtf8 } from './utf8.ts';

/** What sacreBLEU signs under each name; `spm` is its old name of `flores101`. */
const signed: ReadonlyMap<string, string> = new Map([['spm', 'flores101'], ['flores101', 'flores101'], ['flores200', 'flores200'], ['spBLEU-1K', 'spBLEU-1K']]);

/** Hexadecimal digits of the file's SHA-256 in a signature. */
const shownDigits = 12;
const largestFile = 64 * 2 ** 20;
const openingBrace = 0x7b;

export type SentencePieceOptions = {
  /** `spm`, `flores101`, `flores200` or `spBLEU-1K`: under which name the tokenizer is signed. */
  readonly name: string;
  /** The model file as it is: a `.model`, or a `tokenizer.json` made from one. */
  readonly file: Uint8Array | null;
};

/**
 * sacreBLEU's SentencePiece tokenizers, with a model that the user has brought.
 *
 * sacreBLEU downloads a model by the tokenizer's name; here any file can come under it. So the signature names the file too, by the beginning of
 * its SHA-256: `tok:flores200[0c8ed3f6b5a1]`.
 *
 * @throws SacrebleuError `unknown-tokenizer`, `tokenizer-unavailable` without a file, `bad-model`
 */
export const sentencePieceTokenizer = ({ name, file }: SentencePieceOptions): Tokenizer => {
  const signature = signed.get(name);
  if (signature === undefined) throw new SacrebleuError('unknown-tokenizer', `There is no SentencePiece tokenizer "${name}". Known are ${[...signed.keys()].join(', ')}.`);
  if (file === null) throw new SacrebleuError('tokenizer-unavailable', `The tokenizer "${name}" needs a SentencePiece model, which is never downloaded here: choose its file.`);
  const processor = createProcessor(readSentencePiece(file));
  return { signature: `${signature}[${sha256(file).slice(0, shownDigits)}]`, tokenize: (text) => processor.encodeAsPieces(text).join(' ') };
};

/** Reads either kind of model file. @throws SacrebleuError `bad-model` */
export const readSentencePiece = (file: Uint8Array): SentencePieceModel => {
  if (file.length === 0) throw badModel('The model file is empty.');
  if (file.length > largestFile) throw badModel(`The model file has ${file.length} bytes; models have at most ${largestFile}.`);
  if (file.find((byte) => byte > 0x20) !== openingBrace) return readModelFile(file);
  const text = decodeUtf8(file);
  if (text === null) throw badModel('This tokenizer.json is not UTF-8.');
  return readTokenizerJson(text);
};
