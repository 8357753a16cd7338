import { SacrebleuError } from '../errors.ts';

export type PieceType = 'normal' | 'unknown' | 'control' | 'user-defined' | 'unused' | 'byte';

/** One entry of the vocabulary. `score`: log probability (unigram) or minus the rank of its merge (BPE), in single precision. */
export type Piece = { readonly text: string; readonly score: number; readonly type: PieceType };

/** How text is changed before it is cut. */
export type NormalizerOptions = {
  /** sentencepiece's precompiled map: a double-array trie and the texts it points to. Empty: characters stay as they are. */
  readonly charsmap: Uint8Array;
  readonly dummyPrefix: boolean;
  readonly removeExtraWhitespace: boolean;
  /** Spaces become U+2581, which then is where words begin. */
  readonly escapeWhitespace: boolean;
  /** The dummy prefix goes to the end instead. */
  readonly whitespaceAsSuffix: boolean;
};

/** A SentencePiece model, whatever file it was read from. */
export type SentencePieceModel = {
  readonly kind: 'unigram' | 'bpe';
  readonly pieces: readonly Piece[];
  /** Unknown characters are spelt as byte pieces. */
  readonly byteFallback: boolean;
  readonly normalizer: NormalizerOptions;
};

/** The name of a byte's piece. */
export const bytePiece = (byte: number): string => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;

export const badModel = (message: string): SacrebleuError => new SacrebleuError('bad-model', message);

/** Refuses what the sentencepiece library refuses of a vocabulary. @throws SacrebleuError `bad-model` */
export const checkModel = (model: SentencePieceModel): SentencePieceModel => {
  const matched = new Set<string>();
  const reserved = new Set<string>();
  const bytes = new Set(Array.from({ length: 256 }, (_, byte) => bytePiece(byte)));
  let unknowns = 0;
  for (const { text, score, type } of model.pieces) {
    if (text === '') throw badModel('The model has an empty piece.');
    if (Number.isNaN(score)) throw badModel(`The model has no score for the piece ${JSON.stringify(text)}.`);
    const names = type === 'normal' || type === 'user-defined' || type === 'unused' ? matched : reserved;
    if (names.has(text)) throw badModel(`The model defines the piece ${JSON.stringify(text)} twice.`);
    names.add(text);
    if (type === 'unknown') unknowns += 1;
    if (type === 'byte' && !(model.byteFallback && bytes.delete(text))) throw badModel(`The model has a byte piece ${JSON.stringify(text)} that it cannot use.`);
  }
  if (matched.size === 0) throw badModel('The model has no pieces.');
  if (unknowns !== 1) throw badModel(`A model has one piece for what is unknown; this one has ${unknowns}.`);
  if (model.byteFallback && bytes.size > 0) throw badModel(`The model spells unknown characters in bytes, but lacks ${bytes.size} of the 256 byte pieces.`);
  return model;
};
