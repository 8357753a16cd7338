import { badModel, checkModel, type NormalizerOptions, type Piece, type PieceType, type SentencePieceModel } from './model.ts';

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
type JsonObject = { readonly [key: string]: Json };

/**
 * Reads a Hugging Face `tokenizer.json` that was made from a SentencePiece model, as that model.
 *
 * Such a file keeps the vocabulary and the map of characters, and spreads the rest over its normalizer and pre-tokenizer. What these do not say
 * as SentencePiece would (lower-casing, byte-level words) is refused: other pieces under the same name are worse than none.
 *
 * @throws SacrebleuError `bad-model`
 */
export const readTokenizerJson = (text: string): SentencePieceModel => {
  const file = asObject(parsed(text), 'the file');
  const model = asObject(file['model'], 'its model');
  const normalizer = readNormalizer(flattened(file['normalizer'], 'normalizers'), flattened(file['pre_tokenizer'], 'pretokenizers'));
  const types = specialTypes(file);
  const byteFallback = model['byte_fallback'] === true;
  if (model['type'] === 'Unigram') return checkModel({ kind: 'unigram', pieces: unigramPieces(model, types, byteFallback), byteFallback, normalizer });
  if (model['type'] === 'BPE') return checkModel({ kind: 'bpe', pieces: bpePieces(model, types, byteFallback), byteFallback, normalizer });
  throw badModel(`This tokenizer.json holds a model of the type ${JSON.stringify(model['type'])}; Unigram and BPE can be read.`);
};

const parsed = (text: string): Json => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw badModel('This tokenizer.json is not JSON, or it is cut off.');
  }
};

const unigramPieces = (model: JsonObject, types: ReadonlyMap<string, PieceType>, byteFallback: boolean): Piece[] => {
  const unknown = model['unk_id'];
  return asList(model['vocab'], 'its vocabulary').map((entry, index) => {
    const [text, score] = asList(entry, 'an entry of its vocabulary');
    if (typeof text !== 'string' || typeof score !== 'number') throw badModel('An entry of the vocabulary in this tokenizer.json is not a piece with its score.');
    return { text, score: Math.fround(score), type: index === unknown ? 'unknown' : typeOf(text, types, byteFallback) };
  });
};

/**
 * A piece's score is minus the rank of the first merge that makes it; pieces that no merge makes are single characters, and need none.
 *
 * Converters list all merges of a piece together, ordered by its score, so this is the order sentencepiece merges in.
 */
const bpePieces = (model: JsonObject, types: ReadonlyMap<string, PieceType>, byteFallback: boolean): Piece[] => {
  const ranks = new Map<string, number>();
  for (const [rank, merge] of asList(model['merges'], 'its merges').entries()) {
    const pair = typeof merge === 'string' ? merge.split(' ') : asList(merge, 'a merge');
    if (pair.length !== 2 || pair.some((part) => typeof part !== 'string')) throw badModel('A merge in this tokenizer.json is not a pair of pieces.');
    const text = pair.join('');
    if (!ranks.has(text)) ranks.set(text, rank);
  }
  return Object.keys(asObject(model['vocab'], 'its vocabulary')).map((text) => ({
    text,
    score: -(ranks.get(text) ?? ranks.size),
    type: text === model['unk_token'] ? 'unknown' : typeOf(text, types, byteFallback),
  }));
};

const typeOf = (text: string, types: ReadonlyMap<string, PieceType>, byteFallback: boolean): PieceType =>
  types.get(text) ?? (byteFallback && /^<0x[\dA-F]{2}>$/.test(text) ? 'byte' : 'normal');

/** Special tokens never match text; other added ones always do. */
const specialTypes = (file: JsonObject): ReadonlyMap<string, PieceType> => {
  const types = new Map<string, PieceType>();
  for (const token of asList(file['added_tokens'] ?? [], 'its added tokens')) {
    const { content, special } = asObject(token, 'an added token');
    if (typeof content === 'string') types.set(content, special === true ? 'control' : 'user-defined');
  }
  const processor = file['post_processor'] ?? null;
  if (isObject(processor) && isObject(processor['special_tokens'] ?? null)) {
    for (const name of Object.keys(asObject(processor['special_tokens'], 'its special tokens'))) types.set(name, 'control');
  }
  return types;
};

/** What the steps before the model come to in SentencePiece's own options. */
const readNormalizer = (normalizers: readonly JsonObject[], preTokenizers: readonly JsonObject[]): NormalizerOptions => {
  let charsmap: Uint8Array = new Uint8Array();
  let [dummyPrefix, removeExtraWhitespace, escapeWhitespace] = [false, false, false];
  for (const step of normalizers) {
    if (step['type'] === 'Precompiled') charsmap = fromBase64(step['precompiled_charsmap']);
    else if (step['type'] === 'Strip') removeExtraWhitespace = true;
    else if (step['type'] === 'Prepend' && step['prepend'] === '▁') dummyPrefix = true;
    else if (step['type'] === 'Replace' && step['content'] === '▁' && patternOf(step) === ' ') escapeWhitespace = true;
    else if (step['type'] === 'Replace' && /^[ ^$+|{},\d]+$/.test(patternOf(step))) removeExtraWhitespace = true;
    else throw foreign('normalizer', step);
  }
  for (const step of preTokenizers) {
    if (step['type'] === 'WhitespaceSplit') removeExtraWhitespace = true;
    else if (step['type'] === 'Metaspace' && step['replacement'] === '▁') {
      escapeWhitespace = true;
      dummyPrefix = (step['prepend_scheme'] ?? (step['add_prefix_space'] === false ? 'never' : 'always')) !== 'never';
    } else throw foreign('pre-tokenizer', step);
  }
  if (!escapeWhitespace) throw badModel('This tokenizer.json was not made from a SentencePiece model: nothing in it marks where words begin.');
  return { charsmap, dummyPrefix, removeExtraWhitespace, escapeWhitespace, whitespaceAsSuffix: false };
};

const patternOf = (step: JsonObject): string => {
  const pattern = step['pattern'];
  const text = isObject(pattern ?? null) ? (asObject(pattern, 'a pattern')['Regex'] ?? asObject(pattern, 'a pattern')['String']) : pattern;
  return typeof text === 'string' ? text : '';
};

const foreign = (kind: string, step: JsonObject): Error =>
  badModel(`This tokenizer.json was not made from a SentencePiece model, or was changed since: its ${kind} ${JSON.stringify(step['type'])} has no counterpart there.`);

/** The steps of a part of the file: none, one, or a sequence. */
const flattened = (part: Json | undefined, key: string): readonly JsonObject[] => {
  if (part === null || part === undefined) return [];
  const step = asObject(part, 'a step');
  return step['type'] === 'Sequence' ? asList(step[key], 'a sequence').map((inner) => asObject(inner, 'a step')) : [step];
};

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const asObject = (value: Json | undefined, what: string): JsonObject => {
  if (value !== undefined && isObject(value)) return value;
  throw badModel(`This is not a tokenizer.json: ${what} is not an object.`);
};

const asList = (value: Json | undefined, what: string): readonly Json[] => {
  if (Array.isArray(value)) return value;
  throw badModel(`This is not a tokenizer.json: ${what} is not a list.`);
};

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sextets = Int8Array.from({ length: 128 }, (_, code) => alphabet.indexOf(String.fromCharCode(code)));

const fromBase64 = (text: Json | undefined): Uint8Array => {
  const digits = typeof text === 'string' ? text.replace(/=+$/, '') : null;
  if (digits === null) throw badModel('The map of characters in this tokenizer.json is missing.');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let [bits, held, end] = [0, 0, 0];
  for (let index = 0; index < digits.length; index += 1) {
    const sextet = sextets[digits.charCodeAt(index)] ?? -1;
    if (sextet < 0) throw badModel('The map of characters in this tokenizer.json is damaged.');
    bits = ((bits << 6) | sextet) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[end] = (bits >> held) & 0xff;
    end += 1;
  }
  return bytes;
};
