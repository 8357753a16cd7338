import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../../contract/errors.ts';

/**
 * Files of a run's folder.
 *
 * `request.json` names what the files belong to (a hash of input and plan); a folder of another request is emptied first.
 */
export const runFile = {
  request: 'request.json',
  checkpoint: 'checkpoint.json',
  /** f32 lists while the search runs: k + guard slots a sentence. */
  forwardRaw: 'forward.raw',
  backwardRaw: (generation: number): string => `backward-${generation % 2}.raw`,
  stripe: (generation: number): string => `stripe-${generation % 2}.raw`,
  /** Final lists: k slots a sentence, float64 cosines and u32 ordinals. */
  forward: 'forward.bin',
  backward: 'backward.bin',
  pairs: 'pairs.bin',
  sourceOccurrences: 'source-occurrences.bin',
  targetOccurrences: 'target-occurrences.bin',
  result: 'result.json',
  /** What a later run needs to carry this one on: the facts that decide cosines, and the means, float64. */
  frozen: 'frozen.json',
  means: 'means.bin',
  /** Folders of the two searches of a run that carries an earlier one on. */
  added: (search: number): string => `added-${search}`,
} as const;

/** Names of files that a run writes; a folder may hold others (a list of given pairs), which are left alone. */
const ownFile = /^(request|checkpoint|neighbours|partial|result|frozen|(source|target)-index)\.json$|\.raw$|^(forward|backward|pairs|means|(source|target)-occurrences)\.bin$|\.index$|\.part$|^(map|added)-\d+$|^(source|target)-vectors$/;

/** Writes beside the place and renames, so that a reader finds the old file or the new one, never half of it. */
export const writeWhole = (path: string, content: string | Uint8Array): void => {
  const beside = `${path}.part`;
  writeFileSync(beside, content, { flush: true });
  renameSync(beside, path);
};

export const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

export const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** Makes the folder ready for a request: what belongs to the same request stays, anything else goes. */
export const openRunFolder = (folder: string, request: string): void => {
  mkdirSync(folder, { recursive: true });
  const known = readJson(join(folder, runFile.request));
  if (typeof known === 'object' && known !== null && 'request' in known && known.request === request) return;
  for (const name of readdirSync(folder)) {
    if (ownFile.test(name)) rmSync(join(folder, name), { force: true, recursive: true });
  }
  writeWhole(join(folder, runFile.request), JSON.stringify({ request }));
};

/** A file of records of one size, read and written by position. */
export type RecordFile = {
  read(first: number, count: number): Uint8Array<ArrayBuffer>;
  write(first: number, bytes: Uint8Array): void;
  /** Forgets everything from this record on. */
  cut(records: number): void;
  sync(): void;
  close(): void;
};

export const openRecords = (path: string, recordBytes: number, mode: 'read' | 'write'): RecordFile => {
  if (mode === 'read' && !existsSync(path)) throw new Failure('not-found', `This run has no ${path.slice(dirname(path).length + 1)} yet.`, { hint: 'Wait until the run is finished, or resume it.' });
  const file = openSync(path, mode === 'read' ? 'r' : existsSync(path) ? 'r+' : 'w+');
  return {
    read: (first, count) => {
      const bytes = new Uint8Array(count * recordBytes);
      for (let done = 0; done < bytes.length;) {
        const got = readSync(file, bytes, done, bytes.length - done, first * recordBytes + done);
        if (got === 0) throw new Failure('file-unreadable', `${path} ends too early.`, { hint: 'Start the run again.' });
        done += got;
      }
      return bytes;
    },
    write: (first, bytes) => {
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, first * recordBytes + done);
    },
    cut: (records) => { ftruncateSync(file, records * recordBytes); },
    sync: () => { fsyncSync(file); },
    close: () => { closeSync(file); },
  };
};
