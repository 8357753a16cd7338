import * as v from 'valibot';
import { provider } from '../contract/models.ts';
import { openPlainFile } from './vectors-files.ts';

/**
 * `journal.jsonl` of a vector folder: what has been written and is known to be whole.
 *
 * One line each for the folder, for every encoding that was opened, for a block begun, a batch written and a block done. A job that is killed leaves a
 * journal that is a beginning of the undisturbed one; what follows the last whole line is not believed.
 */
export const folderLine = v.object({
  kind: v.literal('folder'), version: v.literal(1), model: v.string(), dimension: v.number(), precision: v.picklist(['f32', 'f16']),
  pooling: v.string(), normalise: v.boolean(), maximumTokens: v.number(),
});
export type FolderLine = v.InferOutput<typeof folderLine>;

export const encodingLine = v.object({
  kind: v.literal('encoding'), origin: v.string(), /** The rows file, relative to the folder, so that a project can be moved. */ rows: v.string(), total: v.number(),
  prefix: v.string(), provider, threads: v.number(), blockSentences: v.number(), batchTokens: v.number(),
});
export type EncodingLine = v.InferOutput<typeof encodingLine>;

/** A block begun: its new sentences get the rows from `firstRow` on; `digest` is that of all keys of the block. */
export const blockLine = v.object({
  kind: v.literal('block'), encoding: v.number(), block: v.number(), firstRow: v.number(), newRows: v.number(), batches: v.number(), digest: v.string(),
});
export type BlockLine = v.InferOutput<typeof blockLine>;

/** A batch written; `crc` is the crc32 of its vectors' bytes in the batch's order. */
export const batchLine = v.object({ kind: v.literal('batch'), batch: v.number(), rows: v.number(), crc: v.number() });

/** A block done: crc32 of its new rows in the three files, and its counts. */
export const doneLine = v.object({
  kind: v.literal('done'), encoding: v.number(), block: v.number(), vectorsCrc: v.number(), hashesCrc: v.number(), rowsCrc: v.number(),
  encoded: v.number(), reused: v.number(), truncated: v.number(),
});
export type DoneLine = v.InferOutput<typeof doneLine>;

const anyLine = v.variant('kind', [folderLine, encodingLine, blockLine, batchLine, doneLine]);
export type JournalLine = v.InferOutput<typeof anyLine>;

export type Journal = {
  readonly lines: readonly { readonly line: JournalLine; readonly start: number }[];
  /** Bytes that hold whole lines. */
  readonly length: () => number;
  append(line: JournalLine): void;
  /** Forgets everything from this byte on. */
  cut(length: number): void;
  sync(): Promise<void>;
  close(): void;
};

/** Opens a journal and reads its whole lines; a torn end is cut off. */
export const openJournal = (path: string): Journal => {
  const file = openPlainFile(path);
  const { lines, length: whole } = readLines(file.read(0, file.size()));
  let length = whole;
  file.truncate(length);
  return {
    lines,
    length: () => length,
    append: (line) => {
      const bytes = new TextEncoder().encode(`${JSON.stringify(line)}\n`);
      try {
        file.write(bytes, length);
      } catch (thrown) {
        file.truncate(length);
        throw thrown;
      }
      length += bytes.length;
    },
    cut: (to) => { length = Math.min(length, to); file.truncate(length); },
    sync: () => file.sync(),
    close: () => { file.close(); },
  };
};

const newline = 10;

const readLines = (bytes: Uint8Array): { readonly lines: Journal['lines']; readonly length: number } => {
  const lines: { readonly line: JournalLine; readonly start: number }[] = [];
  const decoder = new TextDecoder();
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(newline, start);
    if (end < 0) break;
    const line = parseLine(decoder.decode(bytes.subarray(start, end)));
    if (line === undefined) break;
    lines.push({ line, start });
    start = end + 1;
  }
  return { lines, length: start };
};

const parseLine = (text: string): JournalLine | undefined => {
  try {
    const parsed = v.safeParse(anyLine, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
};
