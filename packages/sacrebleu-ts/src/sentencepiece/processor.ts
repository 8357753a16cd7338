import { BpeCutter } from './bpe.ts';
import { ByteTrie } from './byte-trie.ts';
import { bytePiece, type SentencePieceModel } from './model.ts';
import { Normalizer } from './normalizer.ts';
import { type Cut, UnigramCutter } from './unigram.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

/** Text to pieces, as the sentencepiece library's `EncodeAsPieces`. */
export type Processor = { encodeAsPieces(text: string): string[] };

/** Readies a model for work. @throws SacrebleuError `bad-model` when its map of characters is damaged or its vocabulary too large */
export const createProcessor = (model: SentencePieceModel): Processor => {
  const { pieces, byteFallback } = model;
  const bytes = pieces.map(({ text }) => encodeUtf8(text));
  const trieOf = (wanted: (index: number) => boolean): ByteTrie => new ByteTrie(bytes.flatMap((piece, index) => (wanted(index) ? [[piece, index] as const] : [])));
  const typeOf = (index: number): string => pieces[index]?.type ?? '';
  const kept = trieOf((index) => typeOf(index) === 'user-defined');
  const normalizer = new Normalizer(model.normalizer, kept);
  const used = ['normal', 'user-defined'];
  const cutter = model.kind === 'bpe'
    ? new BpeCutter(pieces, trieOf((index) => [...used, 'unused'].includes(typeOf(index))), kept)
    : new UnigramCutter(pieces, trieOf((index) => used.includes(typeOf(index))), Uint32Array.from(bytes, (piece) => piece.length));
  return {
    encodeAsPieces: (text) => {
      const normalized = normalizer.normalize(encodeUtf8(text));
      return piecesOf(normalized, cutter.cut(normalized), byteFallback);
    },
  };
};

/** Neighbouring unknown pieces become one, or all their bytes where the model spells them. */
const piecesOf = (text: Uint8Array, cuts: readonly Cut[], byteFallback: boolean): string[] => {
  const pieces: string[] = [];
  let start = 0;
  let afterUnknown = false;
  for (const { end, known } of cuts) {
    const piece = decodeUtf8(text, start, end) ?? '';
    if (!known && byteFallback) pieces.push(...Array.from(text.subarray(start, end), bytePiece));
    else if (!known && afterUnknown) pieces.push((pieces.pop() ?? '') + piece);
    else pieces.push(piece);
    afterUnknown = !known;
    start = end;
  }
  return pieces;
};
