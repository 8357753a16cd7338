import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { MineResult } from '../../contract/engine.ts';
import { fitMapsInSteps, type CrossFittedMaps } from '../../domain/mine/linear-map.ts';
import { dealFolds, linearMap, mapHelps, mapIsWorthTrying, refinedRow, selectConfidentInSteps, type ConfidentSelection } from '../../domain/mine/refinement.ts';
import { fitMixtureInSteps, type Mixture } from '../../domain/mine/threshold-mixture.ts';
import type { RefinedSide } from '../knn/refined-side.ts';
import { openMapSession, type MapSession } from '../knn/map-session.ts';
import { breathe, throwIfCancelled } from '../run-queue.ts';
import { inSteps } from './in-steps.ts';
import { listedSlots, pairUp, searchBothWays, type Mined, type MiningCall } from './pair-up.ts';
import { openRunFolder, writeWhole } from './run-files.ts';
import { openSides, type MineInput, type OpenSides, type SideInput } from './run-sides.ts';
import { stageProgress } from './stage-progress.ts';

/** What the refinement learned, for the manifest; null where nothing was tried. */
export type Learned = MineResult['refinement'];

/**
 * The second step of refinement, where the plan allows it: maps learned from confident pairs, cross-fitted, and kept only if they help.
 *
 * Every pass writes the mapped vectors of both sides below the run's folder, searches them like any other vectors, and leaves its lists there. The
 * result names which lists count, so a kill at any moment never mixes those of two passes.
 */
export const tryLinearMap = async (input: MineInput, sides: OpenSides, plain: Mined, call: MiningCall): Promise<{ readonly mined: Mined; readonly learned: Learned }> => {
  if (!input.plan.centre) return { mined: plain, learned: null };
  if (input.plan.linearMap === 'off') return { mined: plain, learned: { linearMap: 'off', mapUsed: false } };
  const keep = (reason: string, facts: Learned = {}): { readonly mined: Mined; readonly learned: Learned } => ({ mined: plain, learned: { linearMap: `not used: ${reason}`, mapUsed: false, ...facts } });
  const mixture = await mixtureOf(plain, call);
  if (mixture === null) return keep('too few pairs to learn from');
  const selection = await inSteps(selectConfidentInSteps(plain.pairs, mixture.probability), call.signal);
  const facts = { expectedPairs: Math.round(mixture.expectedPairs), confidentPairs: selection.source.length };
  const worth = mapIsWorthTrying({ sources: input.source.sentences, targets: input.target.sentences, ...facts });
  if (!worth.use) return keep(worth.reason, facts);
  const state = { mined: plain, selection, hashes: [] as string[], pairs: [] as number[] };
  for (const [pass, weight] of linearMap.weights.entries()) {
    throwIfCancelled(call.signal);
    await stageProgress(call.tell, 'refine', 'steps', 'a linear map from confident pairs')(pass, linearMap.weights.length);
    const done = await mapPass(input, sides, state.selection, weight, `map-${pass + 1}`, call);
    state.mined = done.mined;
    state.hashes.push(done.hash);
    state.pairs.push(state.selection.source.length);
    if (pass + 1 === linearMap.weights.length) break;
    const next = await mixtureOf(done.mined, call);
    if (next === null) break;
    state.selection = await inSteps(selectConfidentInSteps(done.mined.pairs, next.probability), call.signal);
  }
  const helps = mapHelps(plain.counts.mutualBest, state.mined.counts.mutualBest);
  const tried = {
    ...facts, selfCheck: helps.reason, mutualBefore: plain.counts.mutualBest, mutualAfter: state.mined.counts.mutualBest, mapFolds: linearMap.folds,
    mapRidge: linearMap.ridge, mapWeights: linearMap.weights.join(' '), mapPairs: state.pairs.join(' '), maps: state.hashes.join(' '),
  };
  return helps.use ? { mined: state.mined, learned: { linearMap: 'used', mapUsed: true, ...tried } } : keep(helps.reason, tried);
};

/** Mapped vectors are only needed while their pass is searched; its lists stay. */
export const forgetMappedVectors = (folder: string): void => {
  for (const pass of linearMap.weights.keys()) {
    for (const side of ['source', 'target']) rmSync(join(folder, `map-${pass + 1}`, `${side}-vectors`), { force: true, recursive: true });
  }
};

const mixtureOf = (mined: Mined, call: MiningCall): Promise<Mixture | null> => {
  const { source, target, margin } = mined.pairs;
  return inSteps(fitMixtureInSteps({ source, target, margin, forward: mined.scored.sourceTop, backward: mined.scored.targetTop }), call.signal);
};

const mapPass = async (
  input: MineInput, sides: OpenSides, selection: ConfidentSelection, weight: number, name: string, call: MiningCall,
): Promise<{ readonly mined: Mined; readonly hash: string }> => {
  const { dimension } = sides.source;
  const folds = dealFolds(selection, input.source.sentences, input.target.sentences);
  const count = selection.source.length;
  const rows = { source: new Float32Array(count * dimension), target: new Float32Array(count * dimension) };
  sides.source.someRows(selection.source, rows.source);
  sides.target.someRows(selection.target, rows.target);
  await breathe();
  const tell = stageProgress(call.tell, 'refine', 'steps', 'fitting the maps');
  const fit = fitMapsInSteps({ dimension, count, source: rows.source, target: rows.target, fold: folds.ofPair, folds: linearMap.folds, ridge: linearMap.ridge });
  const maps = await inSteps(fit, call.signal, (share) => tell(Math.floor(100 * share), 100));
  const hash = await hashOfMaps(maps);
  const folder = join(input.folder, name);
  const mapped: MineInput = {
    ...input, folder,
    source: sideOf(join(folder, 'source-vectors'), input.source), target: sideOf(join(folder, 'target-vectors'), input.target),
    plan: { ...input.plan, encoders: [{ id: 'mapped', hash, dimension: 3 * dimension, prefix: '', batchTokens: 0 }], precision: 'f32', centre: false, linearMap: 'off' },
  };
  openRunFolder(folder, hash);
  const session = await openMapSession({ dimension, threads: input.plan.threads, queue: call.queue });
  try {
    await writeMapped({ kind: 'source', side: sides.source, folds: folds.ofSource, maps: maps.forward, weight, session, into: mapped.source }, call);
    await writeMapped({ kind: 'target', side: sides.target, folds: folds.ofTarget, maps: maps.backward, weight, session, into: mapped.target }, call);
  } finally {
    await session.close();
  }
  const mappedSides = await openSides(mapped, { signal: call.signal });
  try {
    const neighbours = await searchBothWays(mapped, mappedSides, call, listedSlots(input));
    const mined = await pairUp(input, neighbours, call, name);
    return { mined, hash };
  } finally {
    mappedSides.close();
  }
};

const sideOf = (folder: string, side: SideInput): SideInput => ({ ...side, vectors: [{ folder, rows: join(folder, 'rows') }] });

const hashOfMaps = async (maps: CrossFittedMaps): Promise<string> => {
  const hash = createHash('sha256');
  for (const map of [...maps.forward, ...maps.backward]) {
    hash.update(new Uint8Array(map.buffer, map.byteOffset, map.byteLength));
    await breathe();
  }
  return hash.digest('hex');
};

type Writing = {
  readonly kind: 'source' | 'target';
  readonly side: RefinedSide;
  readonly folds: Uint8Array;
  readonly maps: readonly Float64Array[];
  readonly weight: number;
  readonly session: MapSession;
  readonly into: SideInput;
};

const blockRows = 1024;

/** Writes [x | mapped | x] of every sentence; the `rows` file is written last, and its presence says that the vectors are whole. */
const writeMapped = async (work: Writing, call: MiningCall): Promise<void> => {
  const place = work.into.vectors[0];
  if (place === undefined || existsSync(place.rows)) return;
  const { side } = work;
  const { dimension } = side;
  mkdirSync(place.folder, { recursive: true });
  const path = join(place.folder, 'vectors.bin');
  rmSync(path, { force: true });
  const file = openSync(path, 'w');
  try {
    const plain = new Float32Array(blockRows * dimension);
    const mapped = new Float32Array(blockRows * dimension);
    const out = new Float32Array(blockRows * 3 * dimension);
    for (let first = 0; first < side.sentences; first += blockRows) {
      throwIfCancelled(call.signal);
      const count = Math.min(blockRows, side.sentences - first);
      side.tile(first, count, plain);
      await mapRows(work, first, count, plain, mapped, call);
      for (let row = 0; row < count; row += 1) {
        refinedRow(work.kind, plain.subarray(row * dimension, (row + 1) * dimension), mapped.subarray(row * dimension, (row + 1) * dimension), work.weight,
          out.subarray(row * 3 * dimension, (row + 1) * 3 * dimension));
      }
      writeSync(file, new Uint8Array(out.buffer, 0, count * 3 * dimension * 4));
      await breathe();
    }
  } finally {
    closeSync(file);
  }
  writeWhole(place.rows, new Uint8Array(Uint32Array.from({ length: side.sentences }, (_, row) => row).buffer));
};

/** Each row by the map of its fold, scaled to length 1. */
const mapRows = async (work: Writing, first: number, count: number, plain: Float32Array, mapped: Float32Array, call: MiningCall): Promise<void> => {
  const { dimension } = work.side;
  for (const [fold, map] of work.maps.entries()) {
    const members: number[] = [];
    for (let row = 0; row < count; row += 1) if (work.folds[first + row] === fold) members.push(row);
    if (members.length === 0) continue;
    const rows = new Float32Array(members.length * dimension);
    for (const [place, row] of members.entries()) rows.set(plain.subarray(row * dimension, (row + 1) * dimension), place * dimension);
    const images = await work.session.map(rows, members.length, map, call.signal);
    for (const [place, row] of members.entries()) {
      let squares = 0;
      for (let column = 0; column < dimension; column += 1) squares += (images[place * dimension + column] ?? 0) ** 2;
      const scale = 1 / Math.max(1e-12, Math.sqrt(squares));
      for (let column = 0; column < dimension; column += 1) mapped[row * dimension + column] = (images[place * dimension + column] ?? 0) * scale;
    }
  }
};

