import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openRecords, readJson, runFile, writeWhole, type RecordFile } from '../mining/run-files.ts';
import { throwIfCancelled } from '../run-queue.ts';
import type { RefinedSide } from './refined-side.ts';
import type { TileSession } from './tile-session.ts';
import { emptyLists, listRowBytes, mergeTile, packLists, unpackLists, type TopLists } from './top-lists.ts';

/**
 * Exact neighbours of both sides, tile by tile, in memory that does not grow with the collections.
 *
 * The outer loop goes over stripes of sources, the inner one over tiles of targets. The forward lists of a stripe are final when the stripe is done.
 * The backward lists of all targets are carried from stripe to stripe through two files that take turns: one is read, the other written, so a kill
 * never meets a half-changed list. The checkpoint names stripe and tile; what lies beyond it is written again, with the same bytes.
 */
export type ExactSearch = {
  readonly folder: string;
  readonly source: RefinedSide;
  readonly target: RefinedSide;
  readonly session: TileSession;
  /** Slots a list: k + guard. */
  readonly keep: number;
  readonly tileRows: number;
  /** A checkpoint is written at the end of a stripe, and inside one when the last is this old. */
  readonly checkpointEvery?: number;
  readonly signal?: AbortSignal;
  readonly progress?: (doneTiles: number, tiles: number) => void | Promise<void>;
};

type Checkpoint = { readonly stripe: number; readonly tile: number; readonly saved: number };

const isCheckpoint = (value: unknown): value is Checkpoint => typeof value === 'object' && value !== null && 'stripe' in value && 'tile' in value && 'saved' in value
  && typeof value.stripe === 'number' && typeof value.tile === 'number' && typeof value.saved === 'number';

const checkpointEveryMilliseconds = 3000;

export const searchExact = async (search: ExactSearch): Promise<void> => {
  const { folder, source, target, keep, tileRows, checkpointEvery = checkpointEveryMilliseconds } = search;
  const stripes = Math.ceil(source.sentences / tileRows);
  const tiles = Math.ceil(target.sentences / tileRows);
  const recordBytes = listRowBytes(keep);
  const checkpointPath = join(folder, runFile.checkpoint);
  const known = readJson(checkpointPath);
  const state = { ...(isCheckpoint(known) ? known : { stripe: 0, tile: 0, saved: 0 }) };
  const lastSaved = { at: Date.now() };
  const q = new Float32Array(Math.min(tileRows, source.sentences) * source.dimension);
  const b = new Float32Array(Math.min(tileRows, target.sentences) * target.dimension);

  const save = (): void => {
    writeWhole(checkpointPath, JSON.stringify(state));
    lastSaved.at = Date.now();
  };

  const searchStripe = async (stripe: number, forwardFile: RecordFile): Promise<void> => {
    const firstSource = stripe * tileRows;
    const sourceRows = Math.min(tileRows, source.sentences - firstSource);
    const before = stripe === 0 ? undefined : openRecords(join(folder, runFile.backwardRaw(stripe)), recordBytes, 'read');
    const after = openRecords(join(folder, runFile.backwardRaw(stripe + 1)), recordBytes, 'write');
    try {
      const forward = state.tile === 0 ? emptyLists(sourceRows, keep) : readStripe(folder, state.saved, sourceRows, keep);
      source.tile(firstSource, sourceRows, q);
      for (let tile = state.tile; tile < tiles; tile += 1) {
        throwIfCancelled(search.signal);
        const firstTarget = tile * tileRows;
        const targetRows = Math.min(tileRows, target.sentences - firstTarget);
        target.tile(firstTarget, targetRows, b);
        const found = await search.session.both({ rows: sourceRows, values: q }, { rows: targetRows, values: b }, keep, search.signal);
        mergeTile(forward, found.forward, firstTarget);
        const backward: TopLists = before === undefined ? emptyLists(targetRows, keep) : unpackLists(before.read(firstTarget, targetRows), keep);
        mergeTile(backward, found.backward, firstSource);
        after.write(firstTarget, packLists(backward));
        state.tile = tile + 1;
        await search.progress?.(stripe * tiles + tile + 1, stripes * tiles);
        if (tile + 1 < tiles && (Date.now() - lastSaved.at >= checkpointEvery || search.signal?.aborted === true)) {
          after.sync();
          state.saved += 1;
          writeWhole(join(folder, runFile.stripe(state.saved)), packLists(forward));
          save();
        }
      }
      forwardFile.write(firstSource, packLists(forward));
      if (Date.now() - lastSaved.at >= checkpointEvery) {
        forwardFile.sync();
        after.sync();
      }
    } finally {
      before?.close();
      after.close();
    }
    state.stripe = stripe + 1;
    state.tile = 0;
    save();
  };

  const forwardFile = openRecords(join(folder, runFile.forwardRaw), recordBytes, 'write');
  try {
    for (let stripe = state.stripe; stripe < stripes; stripe += 1) await searchStripe(stripe, forwardFile);
    forwardFile.sync();
  } finally {
    forwardFile.close();
  }
};

const readStripe = (folder: string, generation: number, rows: number, keep: number): TopLists => {
  const file = openRecords(join(folder, runFile.stripe(generation)), listRowBytes(keep), 'read');
  try {
    return unpackLists(file.read(0, rows), keep);
  } finally {
    file.close();
  }
};

/** Where the finished backward lists are: the generation after the last stripe. */
export const finalBackward = (source: RefinedSide, tileRows: number): string => runFile.backwardRaw(Math.ceil(source.sentences / tileRows));

/** Drops what only the search needed. */
export const forgetSearch = (folder: string): void => {
  for (const name of [runFile.forwardRaw, runFile.backwardRaw(0), runFile.backwardRaw(1), runFile.stripe(0), runFile.stripe(1)]) rmSync(join(folder, name), { force: true });
};

