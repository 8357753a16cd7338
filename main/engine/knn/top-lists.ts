import { noNeighbour } from '../../domain/mine/neighbours.ts';
import type { TileBest } from './tile-session.ts';

/**
 * The best of all tiles so far: `width` slots a row, by f32 value descending; of equal values the lower ordinal first.
 *
 * One row takes 8 * width bytes. Unused slots hold `noNeighbour` and minus infinity.
 */
export type TopLists = { readonly rows: number; readonly width: number; readonly values: Float32Array; readonly ordinals: Uint32Array };

export const emptyLists = (rows: number, width: number): TopLists => ({
  rows, width, values: new Float32Array(rows * width).fill(-Infinity), ordinals: new Uint32Array(rows * width).fill(noNeighbour),
});

/**
 * Merges the best of a tile into the lists, in place.
 *
 * Tiles come in ascending order of their ordinals, so on equal values what is already listed stays before what comes: the lower ordinal wins.
 */
export const mergeTile = (lists: TopLists, tile: TileBest, firstOrdinal: number): void => {
  const { width, values, ordinals } = lists;
  const valueRoom = new Float32Array(width);
  const ordinalRoom = new Uint32Array(width);
  for (let row = 0; row < lists.rows; row += 1) {
    const start = row * width;
    const tileStart = row * tile.width;
    if ((tile.values[tileStart] ?? -Infinity) <= (values[start + width - 1] ?? -Infinity)) continue;
    let listed = 0;
    let coming = 0;
    for (let slot = 0; slot < width; slot += 1) {
      const listedValue = values[start + listed] ?? -Infinity;
      const comingValue = coming < tile.width ? tile.values[tileStart + coming] ?? -Infinity : -Infinity;
      if (comingValue > listedValue) {
        valueRoom[slot] = comingValue;
        ordinalRoom[slot] = firstOrdinal + (tile.indices[tileStart + coming] ?? 0);
        coming += 1;
      } else {
        valueRoom[slot] = listedValue;
        ordinalRoom[slot] = ordinals[start + listed] ?? noNeighbour;
        listed += 1;
      }
    }
    values.set(valueRoom, start);
    ordinals.set(ordinalRoom, start);
  }
};

/** Bytes of one row in a file of lists: the values, then the ordinals. */
export const listRowBytes = (width: number): number => width * 8;

/** Lists as they lie in a file: for each row its values and then its ordinals. */
export const packLists = (lists: TopLists): Uint8Array => {
  const { width } = lists;
  const buffer = new ArrayBuffer(lists.rows * listRowBytes(width));
  const values = new Float32Array(buffer);
  const ordinals = new Uint32Array(buffer);
  for (let row = 0; row < lists.rows; row += 1) {
    values.set(lists.values.subarray(row * width, (row + 1) * width), row * 2 * width);
    ordinals.set(lists.ordinals.subarray(row * width, (row + 1) * width), (row * 2 + 1) * width);
  }
  return new Uint8Array(buffer);
};

/** The reverse; `bytes` starts at a multiple of 4 in its buffer. */
export const unpackLists = (bytes: Uint8Array, width: number): TopLists => {
  const rows = bytes.byteLength / listRowBytes(width);
  const lists = emptyLists(rows, width);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, rows * 2 * width);
  const ordinals = new Uint32Array(bytes.buffer, bytes.byteOffset, rows * 2 * width);
  for (let row = 0; row < rows; row += 1) {
    lists.values.set(values.subarray(row * 2 * width, (row * 2 + 1) * width), row * width);
    lists.ordinals.set(ordinals.subarray((row * 2 + 1) * width, (row * 2 + 2) * width), row * width);
  }
  return lists;
};
