import { badModel, checkModel, type NormalizerOptions, type Piece, type PieceType, type SentencePieceModel } from './model.ts';
import { wireBytes, wireFields, wireNumber, wireText, type WireField } from './wire.ts';

/** Field numbers of sentencepiece_model.proto (Apache-2.0). */
const modelFields = { piece: 1, trainer: 2, normalizer: 3 } as const;
const pieceFields = { text: 1, score: 2, type: 3 } as const;
const trainerFields = { kind: 3, whitespaceAsSuffix: 24, byteFallback: 35 } as const;
const normalizerFields = { charsmap: 2, dummyPrefix: 3, removeExtraWhitespace: 4, escapeWhitespace: 5 } as const;

const types: ReadonlyMap<number, PieceType> = new Map([[1, 'normal'], [2, 'unknown'], [3, 'control'], [4, 'user-defined'], [5, 'unused'], [6, 'byte']]);
const kinds: ReadonlyMap<number, SentencePieceModel['kind']> = new Map([[1, 'unigram'], [2, 'bpe']]);

type Trainer = { readonly kind: SentencePieceModel['kind']; readonly byteFallback: boolean; readonly whitespaceAsSuffix: boolean };

/** Reads a SentencePiece `.model` file. @throws SacrebleuError `bad-model` */
export const readModelFile = (bytes: Uint8Array): SentencePieceModel => {
  const pieces: Piece[] = [];
  let trainer: Trainer = readTrainer(new Uint8Array());
  let normalizer: Omit<NormalizerOptions, 'whitespaceAsSuffix'> = readNormalizer(new Uint8Array());
  for (const field of wireFields(bytes)) {
    if (field.number === modelFields.piece) pieces.push(readPiece(wireBytes(field)));
    if (field.number === modelFields.trainer) trainer = readTrainer(wireBytes(field));
    if (field.number === modelFields.normalizer) normalizer = readNormalizer(wireBytes(field));
  }
  const { kind, byteFallback, whitespaceAsSuffix } = trainer;
  return checkModel({ kind, pieces, byteFallback, normalizer: { ...normalizer, whitespaceAsSuffix } });
};

const readPiece = (bytes: Uint8Array): Piece => {
  let [text, score, type] = ['', 0, 1];
  for (const field of wireFields(bytes)) {
    if (field.number === pieceFields.text) text = wireText(field);
    if (field.number === pieceFields.score) score = wireNumber(field);
    if (field.number === pieceFields.type) type = wireNumber(field);
  }
  const name = types.get(type);
  if (name === undefined) throw badModel(`The model has a piece of the unknown type ${type}.`);
  return { text, score, type: name };
};

const readTrainer = (bytes: Uint8Array): Trainer => {
  const fields = byNumber(bytes);
  const code = numberOr(fields.get(trainerFields.kind), 1);
  const kind = kinds.get(code);
  if (kind === undefined) throw badModel('Only unigram and BPE models can be read; this one cuts text in another way (words or characters).');
  return { kind, byteFallback: numberOr(fields.get(trainerFields.byteFallback), 0) !== 0, whitespaceAsSuffix: numberOr(fields.get(trainerFields.whitespaceAsSuffix), 0) !== 0 };
};

const readNormalizer = (bytes: Uint8Array): Omit<NormalizerOptions, 'whitespaceAsSuffix'> => {
  const fields = byNumber(bytes);
  const charsmap = fields.get(normalizerFields.charsmap);
  return {
    charsmap: charsmap === undefined ? new Uint8Array() : wireBytes(charsmap),
    dummyPrefix: numberOr(fields.get(normalizerFields.dummyPrefix), 1) !== 0,
    removeExtraWhitespace: numberOr(fields.get(normalizerFields.removeExtraWhitespace), 1) !== 0,
    escapeWhitespace: numberOr(fields.get(normalizerFields.escapeWhitespace), 1) !== 0,
  };
};

/** Fields that may stand once: the last one counts, as in every protobuf reader. */
const byNumber = (bytes: Uint8Array): ReadonlyMap<number, WireField> => new Map(Array.from(wireFields(bytes), (field) => [field.number, field]));

const numberOr = (field: WireField | undefined, preset: number): number => (field === undefined ? preset : wireNumber(field));
