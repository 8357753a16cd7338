import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { margin } from '../../contract/mine.ts';
import { marginOf } from '../../domain/mine/margin.ts';
import { noNeighbour } from '../../domain/mine/neighbours.ts';
import { listRowBytes, unpackLists } from '../knn/top-lists.ts';
import { openLists, type ListsFile } from '../neighbours/lists-file.ts';
import { backwardOfGraph } from './find-neighbours.ts';
import { finishedResult } from './mine.ts';
import { readPairs } from './pairs-file.ts';
import { openRecords, readJson, runFile, type RecordFile } from './run-files.ts';

const facts = v.object({ k: v.number(), keep: v.number(), listed: v.number(), tileRows: v.number(), margin, offset: v.number(), source: v.number(), target: v.number() });
type Facts = v.InferOutput<typeof facts>;
const checkpoint = v.object({ stripe: v.number() });
const searched = v.object({ searched: v.number() });

export type Partial = {
  pairs: number; note: string; edges: number[]; counts: number[];
  rows: { source: number; target: number; margin: number; cosine: number }[];
};

type Row = Partial['rows'][number];

/** Sentences that a look takes into account: enough for a histogram, few enough for a twentieth of a second. */
const sampleSentences = 8000;

/** The best known lists of a run: of each source its nearest target and the mean of its neighbours, and the means of targets. */
type KnownLists = {
  /** Sources that have a list, from the first on. */
  readonly seen: number;
  readonly note: string;
  nearest(source: number): { readonly target: number; readonly cosine: number; readonly mean: number };
  /** Null: this target has no list yet. */
  targetMean(target: number): number | null;
  close(): void;
};

/**
 * Margins of what is known: for each source that has a list its nearest target so far.
 *
 * For viewing only. While the search goes on the targets' neighbours are those found so far, so margins still change a little; a target without any
 * list counts with the mean of its source.
 */
export const readPartial = (folder: string, bins: number, wanted: number): Partial => {
  const finished = finishedResult(folder);
  if (finished !== null) return fromPairs(finished.pairs, finished.count, bins, wanted);
  const run = v.safeParse(facts, readJson(join(folder, 'partial.json')));
  const known = run.success ? finalLists(folder, run.output) ?? tileLists(folder, run.output) ?? graphLists(folder, run.output) : null;
  if (!run.success || known === null) return summarise([], 0, bins, wanted, 'Nothing to see yet: the first part of the search is still running.');
  try {
    return summarise(sampleRows(known, run.output), known.seen, bins, wanted, known.note);
  } finally {
    known.close();
  }
};

/** Lists in float64 of all sentences: the search has ended. */
const finalLists = (folder: string, run: Facts): KnownLists | null => {
  if (!existsSync(join(folder, runFile.forward)) || !existsSync(join(folder, runFile.backward))) return null;
  const forward = openLists(join(folder, runFile.forward), run.listed, run.source, 'read');
  const backward = openLists(join(folder, runFile.backward), run.listed, run.target, 'read');
  const one = (lists: ListsFile, row: number) => { const { ordinals, cosines } = lists.read(row, 1); return { target: ordinals[0] ?? noNeighbour, cosine: cosines[0] ?? 0, mean: meanOf(ordinals, cosines, run.k) }; };
  return {
    seen: run.source, note: 'From the neighbours of all sentences, each source with its nearest; the pairs are still being chosen.',
    nearest: (source) => one(forward, source), targetMean: (target) => one(backward, target).mean,
    close: () => { forward.close(); backward.close(); },
  };
};

/** Lists of the stripes of an exact search that are done. */
const tileLists = (folder: string, run: Facts): KnownLists | null => {
  const at = v.safeParse(checkpoint, readJson(join(folder, runFile.checkpoint)));
  if (!at.success || at.output.stripe === 0) return null;
  const seen = Math.min(run.source, at.output.stripe * run.tileRows);
  return rawLists(folder, run, { forward: seen, backward: run.target, backwardName: runFile.backwardRaw(at.output.stripe) });
};

/** Lists that a graph has answered so far. */
const graphLists = (folder: string, run: Facts): KnownLists | null => {
  const answered = (name: string): number => { const known = v.safeParse(searched, readJson(join(folder, `${name}-index.json`))); return known.success ? known.output.searched : 0; };
  const forward = answered('target');
  return forward === 0 ? null : rawLists(folder, run, { forward, backward: answered('source'), backwardName: backwardOfGraph });
};

const rawLists = (folder: string, run: Facts, known: { readonly forward: number; readonly backward: number; readonly backwardName: string }): KnownLists | null => {
  const backwardPath = join(folder, known.backwardName);
  const backwardRows = existsSync(backwardPath) ? known.backward : 0;
  if (!existsSync(join(folder, runFile.forwardRaw))) return null;
  const forward = openRecords(join(folder, runFile.forwardRaw), listRowBytes(run.keep), 'read');
  const backward = backwardRows === 0 ? null : openRecords(backwardPath, listRowBytes(run.keep), 'read');
  const one = (file: RecordFile, row: number) => { const { ordinals, values } = unpackLists(file.read(row, 1), run.keep); return { target: ordinals[0] ?? noNeighbour, cosine: values[0] ?? 0, mean: meanOf(ordinals, values, run.k) }; };
  return {
    seen: known.forward, note: `From the first ${known.forward} of ${run.source} source sentences; margins still change while the search goes on.`,
    nearest: (source) => one(forward, source), targetMean: (target) => (backward === null || target >= backwardRows ? null : one(backward, target).mean),
    close: () => { forward.close(); backward?.close(); },
  };
};

/** Evenly spaced sources. */
const sampleRows = (known: KnownLists, run: Facts): Row[] => {
  const count = Math.min(known.seen, sampleSentences);
  const rows: Row[] = [];
  for (let place = 0; place < count; place += 1) {
    const source = Math.floor((place * known.seen) / count);
    const { target, cosine, mean } = known.nearest(source);
    if (target === noNeighbour) continue;
    rows.push({ source, target, cosine, margin: marginOf(run.margin, cosine, mean, known.targetMean(target) ?? mean, run.offset) });
  }
  return rows;
};

const meanOf = (ordinals: Uint32Array, cosines: Float32Array | Float64Array, k: number): number => {
  let sum = 0;
  let count = 0;
  for (let slot = 0; slot < Math.min(k, ordinals.length); slot += 1) {
    if (ordinals[slot] === noNeighbour) break;
    sum += cosines[slot] ?? 0;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
};

const fromPairs = (path: string, count: number, bins: number, wanted: number): Partial => {
  const pairs = readPairs(path, 0, count);
  const rows = Array.from(pairs.margin.subarray(0, Math.max(wanted, 1)), (value, row) => ({ source: pairs.source[row] ?? 0, target: pairs.target[row] ?? 0, margin: value, cosine: pairs.cosine[row] ?? 0 }));
  return { pairs: count, note: 'The run is finished.', ...histogram(pairs.margin, bins), rows: rows.slice(0, wanted) };
};

const summarise = (rows: Row[], seen: number, bins: number, wanted: number, note: string): Partial => {
  rows.sort((a, b) => b.margin - a.margin || b.cosine - a.cosine || a.source - b.source);
  return { pairs: seen, note, ...histogram(Float64Array.from(rows, (row) => row.margin), bins), rows: rows.slice(0, wanted) };
};

const histogram = (margins: Float64Array, bins: number): { edges: number[]; counts: number[] } => {
  if (margins.length === 0 || bins < 1) return { edges: [], counts: [] };
  let low = Infinity;
  let high = -Infinity;
  for (const value of margins) { low = Math.min(low, value); high = Math.max(high, value); }
  const width = high > low ? (high - low) / bins : 1;
  const counts = new Array<number>(bins).fill(0);
  for (const value of margins) {
    const bin = Math.min(bins - 1, Math.floor((value - low) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { edges: Array.from({ length: bins + 1 }, (_, edge) => low + edge * width), counts };
};
