import { neighbourCount, noNeighbour, type NeighbourBlock } from '../../domain/mine/neighbours.ts';
import { openRecords, type RecordFile } from '../mining/run-files.ts';

/**
 * Final neighbour lists of one side (`forward.bin`, `backward.bin`).
 *
 * One record a sentence, little-endian: k float64 cosines, k u32 ordinals, and four zero bytes where k is odd: 48 bytes at k = 4.
 */
export type ListsFile = {
  readonly width: number;
  readonly sentences: number;
  read(first: number, rows: number): NeighbourBlock;
  write(block: NeighbourBlock): void;
  close(): void;
  sync(): void;
};

export const listRecordBytes = (width: number): number => width * 8 + Math.ceil(width / 2) * 8;

/** Sentences of a block when a whole file is gone through. */
export const blockSentences = 8192;

export const openLists = (path: string, width: number, sentences: number, mode: 'read' | 'write'): ListsFile => {
  const file: RecordFile = openRecords(path, listRecordBytes(width), mode);
  const doubles = listRecordBytes(width) / 8;
  return {
    width, sentences,
    read: (first, rows) => {
      const bytes = file.read(first, rows);
      const cosineView = new Float64Array(bytes.buffer, 0, rows * doubles);
      const ordinalView = new Uint32Array(bytes.buffer, 0, rows * doubles * 2);
      const cosines = new Float64Array(rows * width);
      const ordinals = new Uint32Array(rows * width);
      for (let row = 0; row < rows; row += 1) {
        cosines.set(cosineView.subarray(row * doubles, row * doubles + width), row * width);
        ordinals.set(ordinalView.subarray(row * doubles * 2 + width * 2, row * doubles * 2 + width * 3), row * width);
      }
      return { first, rows, width, ordinals, cosines };
    },
    write: (block) => {
      const buffer = new ArrayBuffer(block.rows * doubles * 8);
      const cosineView = new Float64Array(buffer);
      const ordinalView = new Uint32Array(buffer);
      for (let row = 0; row < block.rows; row += 1) {
        cosineView.set(block.cosines.subarray(row * width, (row + 1) * width), row * doubles);
        ordinalView.set(block.ordinals.subarray(row * width, (row + 1) * width), row * doubles * 2 + width * 2);
      }
      file.write(block.first, new Uint8Array(buffer));
    },
    close: () => { file.close(); },
    sync: () => { file.sync(); },
  };
};

/** Goes through a whole file block by block. */
export const eachBlock = function* (lists: ListsFile): Generator<NeighbourBlock> {
  for (let first = 0; first < lists.sentences; first += blockSentences) yield lists.read(first, Math.min(blockSentences, lists.sentences - first));
};

/** The filled slots of one sentence. */
export const oneList = (block: NeighbourBlock, row: number): { ordinals: number[]; cosines: number[] } => {
  const count = neighbourCount(block, row);
  const start = row * block.width;
  return { ordinals: [...block.ordinals.subarray(start, start + count)], cosines: [...block.cosines.subarray(start, start + count)] };
};

export const emptyBlock = (first: number, rows: number, width: number): NeighbourBlock => ({
  first, rows, width, ordinals: new Uint32Array(rows * width).fill(noNeighbour), cosines: new Float64Array(rows * width),
});
