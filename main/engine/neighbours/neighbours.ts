import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { Failure } from '../../contract/errors.ts';
import { firstSlots, leaders } from '../../domain/mine/neighbours.ts';
import { openRecords, readJson, runFile } from '../mining/run-files.ts';
import { oneList, openLists } from './lists-file.ts';

type Side = 'source' | 'target';

const shape = v.object({ k: v.number(), /** Slots of a list in the files: the k and, after centring, further candidates. */ listed: v.optional(v.number()), source: v.number(), target: v.number(), /** Folder of the lists, below the run's. */ lists: v.string() });
export type RunShape = v.InferOutput<typeof shape>;

/** Sizes of a finished run, from its `result.json`. */
export const runShape = (folder: string): RunShape => {
  const known = v.safeParse(v.object({ shape }), readJson(join(folder, runFile.result)));
  if (!known.success) throw new Failure('not-found', 'This run is not finished, so it has no neighbour lists yet.', { hint: 'Resume the run.' });
  return known.output.shape;
};

export type NeighbourList = { ordinals: number[]; cosines: number[]; mean: number; occurrence: number };

/** Neighbour lists of single sentences, in the order asked. */
export const readNeighbours = (folder: string, side: Side, ordinals: readonly number[]): NeighbourList[] => {
  const { k, listed, source, target, lists: below } = runShape(folder);
  const sentences = side === 'source' ? source : target;
  const lists = openLists(join(folder, below, side === 'source' ? runFile.forward : runFile.backward), listed ?? k, sentences, 'read');
  const occurrences = openOccurrences(folder, side);
  try {
    return ordinals.map((ordinal) => {
      if (ordinal < 0 || ordinal >= sentences) throw new Failure('bad-input', `There is no sentence ${ordinal} on the ${side} side; it has ${sentences}.`);
      const list = oneList(firstSlots(lists.read(ordinal, 1), k), 0);
      const mean = list.cosines.length === 0 ? 0 : list.cosines.reduce((sum, cosine) => sum + cosine, 0) / list.cosines.length;
      return { ...list, mean, occurrence: new Uint32Array(occurrences.read(ordinal, 1).buffer)[0] ?? 0 };
    });
  } finally {
    lists.close();
    occurrences.close();
  }
};

/** The sentences of a side that stand in most neighbour lists of the other side. */
export const readHubs = (folder: string, side: Side, count: number): { ordinal: number; occurrence: number }[] => {
  const sentences = runShape(folder)[side];
  const file = openOccurrences(folder, side);
  try {
    return leaders(new Uint32Array(file.read(0, sentences).buffer), count);
  } finally {
    file.close();
  }
};

const openOccurrences = (folder: string, side: Side) => {
  const name = side === 'source' ? runFile.sourceOccurrences : runFile.targetOccurrences;
  if (!existsSync(join(folder, name))) throw new Failure('not-found', 'This run is not finished, so its hubs are not counted yet.', { hint: 'Resume the run.' });
  return openRecords(join(folder, name), 4, 'read');
};
