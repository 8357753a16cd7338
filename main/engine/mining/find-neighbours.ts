import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunQueue } from '../run-queue.ts';
import { finalBackward, forgetSearch, searchExact } from '../knn/exact-search.ts';
import { finaliseLists } from '../knn/recompute.ts';
import type { RefinedSide } from '../knn/refined-side.ts';
import type { TileSession } from '../knn/tile-session.ts';
import { forgetGraphs, measureRecall, searchHnsw, type RecallSample } from '../hnsw/hnsw-search.ts';
import { openLists } from '../neighbours/lists-file.ts';
import { readJson, runFile, writeWhole } from './run-files.ts';
import type { MineInput } from './run-sides.ts';
import { stageProgress, type TellProgress } from './stage-progress.ts';

export type NeighbourWork = {
  readonly input: Pick<MineInput, 'folder' | 'settings' | 'plan'>;
  readonly source: RefinedSide;
  readonly target: RefinedSide;
  readonly session: TileSession;
  readonly queue: RunQueue;
  readonly tell: TellProgress;
  readonly signal: AbortSignal;
  /** Slots of a final list (`listedSlots`). */
  readonly listed: number;
  /** Milliseconds between checkpoints; left out: a few seconds. */
  readonly checkpointEvery?: number;
};

export type NeighbourCounts = { readonly widened: number; readonly tied: number; readonly recall: RecallSample | null };

/** Queries of each side on which an approximate index is measured against exact search. */
const recallSample = 500;
export const backwardOfGraph = 'backward-graph.raw';
/** Counts of a search that has ended. */
export const countsFile = 'neighbours.json';

/** Both sides' final lists, by the plan's index. Called again it goes on from its files; called when all is there it reads the counts. */
export const findNeighbours = async (work: NeighbourWork): Promise<NeighbourCounts> => {
  const { folder, settings, plan } = work.input;
  const done = join(folder, countsFile);
  const known = readCounts(readJson(done));
  if (known !== null && existsSync(join(folder, runFile.forward)) && existsSync(join(folder, runFile.backward))) {
    forgetWork(folder);
    return known;
  }
  const keep = settings.k + plan.guard;
  const exact = plan.index === 'exact';
  if (exact) {
    await searchExact({
      folder, source: work.source, target: work.target, session: work.session, keep, tileRows: plan.tileRows, signal: work.signal,
      ...(work.checkpointEvery === undefined ? {} : { checkpointEvery: work.checkpointEvery }),
      progress: stageProgress(work.tell, 'neighbours', 'tiles'),
    });
  } else await searchGraphs(work, keep);
  const rawBackward = exact ? finalBackward(work.source, plan.tileRows) : backwardOfGraph;
  const shared = { session: work.session, keep, k: settings.k, listed: work.listed, tileRows: plan.tileRows, guarded: exact, signal: work.signal };
  const total = work.source.sentences + work.target.sentences;
  const tell = stageProgress(work.tell, 'margin', 'vectors', 'cosines again in float64');
  const write = async (name: string, side: RefinedSide, other: RefinedSide, raw: string, before: number) => {
    const beside = join(folder, `${name}.part`);
    rmSync(beside, { force: true });
    const into = openLists(beside, work.listed, side.sentences, 'write');
    try {
      const counts = await finaliseLists({ ...shared, side, other, raw: join(folder, raw), into, progress: (count) => tell(before + count, total) });
      renameSync(beside, join(folder, name));
      return counts;
    } finally {
      into.close();
    }
  };
  const forward = await write(runFile.forward, work.source, work.target, runFile.forwardRaw, 0);
  const backward = await write(runFile.backward, work.target, work.source, rawBackward, work.source.sentences);
  const recall = exact ? null : await recallOf(work);
  const counts: NeighbourCounts = { widened: forward.widened + backward.widened, tied: forward.tied + backward.tied, recall };
  writeWhole(done, JSON.stringify(counts));
  forgetWork(folder);
  return counts;
};

const forgetWork = (folder: string): void => {
  forgetSearch(folder);
  forgetGraphs(folder);
  rmSync(join(folder, backwardOfGraph), { force: true });
  rmSync(join(folder, runFile.checkpoint), { force: true });
};

const searchGraphs = async (work: NeighbourWork, keep: number): Promise<void> => {
  const { folder, settings, plan } = work.input;
  if (plan.index === 'exact' || plan.hnsw === null) return;
  const total = (work.source.sentences + work.target.sentences) * 2;
  const tell = stageProgress(work.tell, 'neighbours', 'vectors');
  const shared = { folder, kind: plan.index, parameters: plan.hnsw, seed: settings.seed, searchThreads: plan.threads, queue: work.queue, keep, signal: work.signal, ...(work.checkpointEvery === undefined ? {} : { checkpointEvery: work.checkpointEvery }) };
  const half = work.source.sentences + work.target.sentences;
  await searchHnsw({ ...shared, side: work.source, other: work.target, name: 'target', raw: runFile.forwardRaw, progress: (done) => tell(done, total) });
  await searchHnsw({ ...shared, side: work.target, other: work.source, name: 'source', raw: backwardOfGraph, progress: (done) => tell(half + done, total) });
};

const recallOf = async (work: NeighbourWork): Promise<RecallSample> => {
  const { folder, settings, plan } = work.input;
  const measure = async (name: string, side: RefinedSide, other: RefinedSide): Promise<RecallSample> => {
    const lists = openLists(join(folder, name), work.listed, side.sentences, 'read');
    try {
      return await measureRecall(side, other, lists, work.session, { k: settings.k, guard: plan.guard, tileRows: plan.tileRows, sample: recallSample, signal: work.signal });
    } finally {
      lists.close();
    }
  };
  const forward = await measure(runFile.forward, work.source, work.target);
  const backward = await measure(runFile.backward, work.target, work.source);
  const sample = forward.sample + backward.sample;
  return { recall: (forward.recall * forward.sample + backward.recall * backward.sample) / sample, sample };
};

export const readCounts = (value: unknown): NeighbourCounts | null => {
  if (typeof value !== 'object' || value === null || !('widened' in value) || !('tied' in value) || !('recall' in value)) return null;
  const { widened, tied, recall } = value;
  if (typeof widened !== 'number' || typeof tied !== 'number') return null;
  if (recall === null) return { widened, tied, recall };
  if (typeof recall !== 'object' || recall === undefined || !('recall' in recall) || !('sample' in recall)) return null;
  return typeof recall.recall === 'number' && typeof recall.sample === 'number' ? { widened, tied, recall: { recall: recall.recall, sample: recall.sample } } : null;
};
