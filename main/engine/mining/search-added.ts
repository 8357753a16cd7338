import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cosineKey } from '../../domain/mine/margin.ts';
import { noNeighbour, type NeighbourBlock } from '../../domain/mine/neighbours.ts';
import { pickSide } from '../knn/picked-side.ts';
import type { RefinedSide } from '../knn/refined-side.ts';
import { blockSentences, emptyBlock, openLists, type ListsFile } from '../neighbours/lists-file.ts';
import { breathe, throwIfCancelled } from '../run-queue.ts';
import type { Carried, CarriedSide } from './earlier-run.ts';
import { countsFile, findNeighbours, readCounts, type NeighbourCounts, type NeighbourWork } from './find-neighbours.ts';
import { readJson, runFile, writeWhole } from './run-files.ts';
import type { TellProgress } from './stage-progress.ts';

/**
 * Both sides' final lists of a run that carries on an earlier one.
 *
 * Two exact searches, each both ways from one product: added sources against all targets, and kept sources against added targets. What is left,
 * kept against kept, stands in the earlier lists. All three are exact float64 lists of their part, so merging them by the one tie rule gives what a
 * full search with the same means gives. Each search has its own folder below the run's and goes on from its files like any other.
 */
export const searchAdded = async (work: NeighbourWork, carried: Carried): Promise<NeighbourCounts> => {
  const { folder } = work.input;
  const known = readCounts(readJson(join(folder, countsFile)));
  if (known === null || !existsSync(join(folder, runFile.forward)) || !existsSync(join(folder, runFile.backward))) {
    const { source, target } = carried;
    const full: Part = { name: runFile.added(1), source: source.added, target: null };
    const side: Part = { name: runFile.added(2), source: source.kept, target: target.added };
    const parts = [full, side].filter((part) => part.source.length > 0 && (part.target === null || part.target.length > 0));
    const tell = tellTogether(work, parts);
    const counts: NeighbourCounts[] = [];
    for (const part of parts) counts.push(await searchPart(work, part, tell(part)));
    await merge(work, carried, parts);
    const earlier = readCounts(readJson(join(carried.folder, countsFile)));
    const sum = (key: 'widened' | 'tied', start: number): number => counts.reduce((total, one) => total + one[key], start);
    writeWhole(join(folder, countsFile), JSON.stringify({ widened: sum('widened', 0), tied: sum('tied', earlier?.tied ?? 0), recall: null } satisfies NeighbourCounts));
  }
  for (const number of [1, 2]) rmSync(join(folder, runFile.added(number)), { force: true, recursive: true });
  return readCounts(readJson(join(folder, countsFile))) ?? { widened: 0, tied: 0, recall: null };
};

/** Sources that are searched against targets (null: all of them). */
type Part = { readonly name: string; readonly source: Uint32Array; readonly target: Uint32Array | null };

const searchPart = async (work: NeighbourWork, part: Part, tell: TellProgress): Promise<NeighbourCounts> => {
  const folder = join(work.input.folder, part.name);
  mkdirSync(folder, { recursive: true });
  return findNeighbours({
    ...work, tell, input: { ...work.input, folder },
    source: pickSide(work.source, part.source), target: part.target === null ? work.target : pickSide(work.target, part.target),
  });
};

/** The tiles of both searches count as one stage; the float64 pass of each is part of it. */
const tellTogether = (work: NeighbourWork, parts: readonly Part[]): ((part: Part) => TellProgress) => {
  const { tileRows } = work.input.plan;
  const tilesOf = (part: Part): number => Math.ceil(part.source.length / tileRows) * Math.ceil((part.target?.length ?? work.target.sentences) / tileRows);
  const total = parts.reduce((sum, part) => sum + tilesOf(part), 0);
  return (part) => {
    const before = parts.slice(0, parts.indexOf(part)).reduce((sum, one) => sum + tilesOf(one), 0);
    return async (item) => { if (item.stage === 'neighbours') await work.tell({ ...item, done: before + item.done, total }); };
  };
};

const merge = async (work: NeighbourWork, carried: Carried, parts: readonly Part[]): Promise<void> => {
  const { folder } = work.input;
  const opened: ListsFile[] = [];
  const open = (path: string, width: number, sentences: number): ListsFile => {
    const lists = openLists(path, width, sentences, 'read');
    opened.push(lists);
    return lists;
  };
  try {
    for (const way of ['forward', 'backward'] as const) {
      const own = way === 'forward' ? 'source' : 'target';
      const other = way === 'forward' ? 'target' : 'source';
      const earlier = earlierRows(open(join(carried.folder, runFile[way]), carried.listed, carried[own].before), carried[own], carried[other].nowOf);
      const searched = parts.map((part) => {
        const rows = part[own];
        return rowsOfPart(open(join(folder, part.name, runFile[way]), work.listed, rows?.length ?? work[own].sentences), rows, part[other]);
      });
      await writeMerged(work, work[own], runFile[way], [earlier, ...searched]);
    }
  } finally {
    for (const lists of opened) lists.close();
  }
};

/** The list of a sentence in one of the files that are merged, with ordinals of today; null: it has none there. Sentences are asked in ascending order. */
type Rows = (sentence: number) => List | null;
type List = { readonly ordinals: Uint32Array; readonly cosines: Float64Array };

/** Reads rows in ascending order, a block at a time. */
const reader = (lists: ListsFile, rename: (ordinal: number) => number): ((row: number) => List) => {
  let block: NeighbourBlock = emptyBlock(0, 0, lists.width);
  return (row) => {
    if (row < block.first || row >= block.first + block.rows) block = lists.read(row, Math.min(blockSentences, lists.sentences - row));
    const start = (row - block.first) * lists.width;
    let end = start;
    while (end < start + lists.width && block.ordinals[end] !== noNeighbour) end += 1;
    return { ordinals: block.ordinals.slice(start, end).map(rename), cosines: block.cosines.subarray(start, end) };
  };
};

const earlierRows = (lists: ListsFile, side: CarriedSide, otherNowOf: Uint32Array): Rows => {
  const read = reader(lists, (ordinal) => otherNowOf[ordinal] ?? noNeighbour);
  const placeOf = places(side.kept);
  return (sentence) => (placeOf(sentence) < 0 ? null : read(side.beforeOf[sentence] ?? 0));
};

/** Where an ascending list holds what is asked in ascending order; -1: nowhere. */
const places = (sentences: Uint32Array): ((sentence: number) => number) => {
  let place = 0;
  return (sentence) => {
    while (place < sentences.length && (sentences[place] ?? 0) < sentence) place += 1;
    return sentences[place] === sentence ? place : -1;
  };
};

const rowsOfPart = (lists: ListsFile, rows: Uint32Array | null, others: Uint32Array | null): Rows => {
  const read = reader(lists, (ordinal) => (others === null ? ordinal : others[ordinal] ?? noNeighbour));
  if (rows === null) return read;
  const placeOf = places(rows);
  return (sentence) => {
    const row = placeOf(sentence);
    return row < 0 ? null : read(row);
  };
};

const writeMerged = async (work: NeighbourWork, side: RefinedSide, name: string, sources: readonly Rows[]): Promise<void> => {
  const path = join(work.input.folder, name);
  rmSync(`${path}.part`, { force: true });
  const into = openLists(`${path}.part`, work.listed, side.sentences, 'write');
  try {
    for (let first = 0; first < side.sentences; first += blockSentences) {
      throwIfCancelled(work.signal);
      const block = emptyBlock(first, Math.min(blockSentences, side.sentences - first), work.listed);
      for (let row = 0; row < block.rows; row += 1) {
        let list: List | null = null;
        for (const rows of sources) list = mergeLists(list, rows(first + row), work.listed);
        if (list === null) continue;
        block.ordinals.set(list.ordinals.subarray(0, work.listed), row * work.listed);
        block.cosines.set(list.cosines.subarray(0, work.listed), row * work.listed);
      }
      into.write(block);
      await breathe();
    }
    into.sync();
  } finally {
    into.close();
  }
  renameSync(`${path}.part`, path);
};

/** The best of two lists by (cosine desc, ordinal asc); a sentence that stands in both, with the same cosine, is taken once. */
const mergeLists = (one: List | null, other: List | null, width: number): List | null => {
  if (one === null || other === null) return one ?? other;
  const ordinals: number[] = [];
  const cosines: number[] = [];
  let a = 0;
  let b = 0;
  while (ordinals.length < width && (a < one.ordinals.length || b < other.ordinals.length)) {
    const left = one.ordinals[a] ?? noNeighbour;
    const right = other.ordinals[b] ?? noNeighbour;
    const difference = left === noNeighbour ? 1 : right === noNeighbour ? -1 : cosineKey(other.cosines[b] ?? 0) - cosineKey(one.cosines[a] ?? 0) || left - right;
    ordinals.push(difference <= 0 ? left : right);
    cosines.push((difference <= 0 ? one.cosines[a] : other.cosines[b]) ?? 0);
    if (difference <= 0) a += 1;
    if (difference >= 0) b += 1;
  }
  return { ordinals: Uint32Array.from(ordinals), cosines: Float64Array.from(cosines) };
};
