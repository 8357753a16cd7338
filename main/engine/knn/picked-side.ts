import type { RefinedPart, RefinedSide } from './refined-side.ts';
import type { VectorRows } from './stored-vectors.ts';

/**
 * Some sentences of a side, as a side of its own: the search over new sentences is then the search over any.
 *
 * `ordinals` ascend, so the order that breaks ties stays; sentence i of the picked side is sentence `ordinals[i]` of the whole one. Takes 28 bytes a sentence and encoder.
 */
export const pickSide = (side: RefinedSide, ordinals: Uint32Array): RefinedSide => {
  const whole = (some: Uint32Array): Uint32Array => some.map((index) => ordinals[index] ?? 0);
  return {
    sentences: ordinals.length,
    dimension: side.dimension,
    parts: side.parts.map((part) => pickPart(part, ordinals, whole)),
    tile: (first, count, out) => { side.someRows(ordinals.subarray(first, first + count), out); },
    someRows: (some, out) => { side.someRows(whole(some), out); },
  };
};

const pickPart = (part: RefinedPart, ordinals: Uint32Array, whole: (some: Uint32Array) => Uint32Array): RefinedPart => {
  const pick = (values: Float64Array): Float64Array => (values.length === 0 ? values : Float64Array.from(ordinals, (ordinal) => values[ordinal] ?? 0));
  const { vectors } = part;
  const picked: VectorRows = {
    dimension: vectors.dimension,
    sentences: ordinals.length,
    bytes: vectors.sentences === 0 ? 0 : vectors.bytes / vectors.sentences * ordinals.length,
    read: (first, count, out) => { vectors.readSome(ordinals.subarray(first, first + count), out); },
    readSome: (some, out) => { vectors.readSome(whole(some), out); },
    rowsOf: (some) => vectors.rowsOf(whole(some)),
    // The vectors belong to the whole side, which closes them.
    close: () => undefined,
  };
  return { vectors: picked, mean: part.mean, inverseNorm: pick(part.inverseNorm), inverseCentred: pick(part.inverseCentred), towardsOtherMean: pick(part.towardsOtherMean) };
};
