import { join } from 'node:path';
import type { engineContract, MineResult } from '../../contract/engine.ts';
import { Failure } from '../../contract/errors.ts';
import type { InputOf } from '../../contract/method.ts';
import { marginKey, marginOf } from '../../domain/mine/margin.ts';
import { noNeighbour } from '../../domain/mine/neighbours.ts';
import { emptyPairs, type RetrievedPairs } from '../../domain/mine/retrieval.ts';
import { exactCosines } from '../knn/refined-side.ts';
import { openLists, type ListsFile } from '../neighbours/lists-file.ts';
import { breathe, throwIfCancelled } from '../run-queue.ts';
import { finish, finishedResult, requestOf, writeOccurrences } from './mine.ts';
import { listedSlots, offsetOf, scoreLists, searchBothWays, type MiningCall, type Scored } from './pair-up.ts';
import { writePairs } from './pairs-file.ts';
import { hashOf, openRecords, openRunFolder, runFile } from './run-files.ts';
import { openSides, type MineInput, type OpenSides } from './run-sides.ts';
import { stageProgress } from './stage-progress.ts';

type ScoreInput = InputOf<(typeof engineContract)['engine.scorePairs']>;

const blockPairs = 2048;

/** Margins of given pairs, with the same neighbours that mining would use; in the order of the input. */
export const scorePairs = async (given: ScoreInput, call: MiningCall): Promise<MineResult> => {
  const input: MineInput = { folder: given.folder, source: given.source, target: given.target, settings: given.settings, plan: given.plan };
  const asked = readGiven(given);
  openRunFolder(given.folder, hashOf([requestOf('score-bitext', input), hashOf([...asked.source]), hashOf([...asked.target])]));
  const finished = finishedResult(given.folder);
  if (finished !== null) return finished;
  const sides = await openSides(input, { signal: call.signal, progress: stageProgress(call.tell, 'prepare', 'vectors', 'lengths and means') });
  try {
    const neighbours = await searchBothWays(input, sides, call);
    const forward = openLists(join(given.folder, runFile.forward), listedSlots(input), given.source.sentences, 'read');
    const backward = openLists(join(given.folder, runFile.backward), listedSlots(input), given.target.sentences, 'read');
    try {
      const scored = await scoreLists(forward, backward, given.settings.k, { margin: given.settings.margin, offset: offsetOf(input), cosineFloor: null }, call);
      const { pairs, counts } = await score(input, asked, { scored, sides, forward, backward }, call);
      await writePairs(join(given.folder, runFile.pairs), pairs);
      writeOccurrences(given.folder, scored);
      return await finish(input, sides, { kind: 'given', pairs, counts, scored, neighbours, lists: '.' }, null, call);
    } finally {
      forward.close();
      backward.close();
    }
  } finally {
    sides.close();
  }
};

const readGiven = (given: ScoreInput): { source: Uint32Array; target: Uint32Array } => {
  const file = openRecords(given.pairs, 8, 'read');
  try {
    const words = new Uint32Array(file.read(0, given.count).buffer);
    const asked = { source: new Uint32Array(given.count), target: new Uint32Array(given.count) };
    for (let row = 0; row < given.count; row += 1) {
      const source = words[row * 2] ?? 0;
      const target = words[row * 2 + 1] ?? 0;
      if (source >= given.source.sentences || target >= given.target.sentences) throw new Failure('bad-input', `Pair ${row + 1} names a sentence that is not there.`);
      asked.source[row] = source;
      asked.target[row] = target;
    }
    return asked;
  } finally {
    file.close();
  }
};

type Lists = { readonly scored: Scored; readonly sides: OpenSides; readonly forward: ListsFile; readonly backward: ListsFile };

const score = async (input: MineInput, asked: { source: Uint32Array; target: Uint32Array }, lists: Lists, call: MiningCall): Promise<{ pairs: RetrievedPairs; counts: MineResult['counts'] }> => {
  const count = asked.source.length;
  const pairs = emptyPairs(count);
  pairs.source.set(asked.source);
  pairs.target.set(asked.target);
  const { settings } = input;
  const bound = settings.upperBound === null ? Infinity : marginKey(settings.upperBound);
  const counts = { candidates: count, belowFloor: 0, aboveUpperBound: 0, mutualBest: 0 };
  const tell = stageProgress(call.tell, 'retrieve', 'pairs');
  for (let first = 0; first < count; first += blockPairs) {
    throwIfCancelled(call.signal);
    const end = Math.min(count, first + blockPairs);
    exactCosines(lists.sides.source, lists.sides.target, pairs.source.subarray(first, end), pairs.target.subarray(first, end), 1, noNeighbour, pairs.cosine.subarray(first, end));
    for (let row = first; row < end; row += 1) {
      const source = pairs.source[row] ?? 0;
      const target = pairs.target[row] ?? 0;
      const cosine = pairs.cosine[row] ?? 0;
      const margin = marginOf(settings.margin, cosine, lists.scored.sourceMeans[source] ?? 0, lists.scored.targetMeans[target] ?? 0, offsetOf(input));
      pairs.margin[row] = margin;
      pairs.forwardRank[row] = rankIn(lists.forward, settings.k, source, target);
      pairs.backwardRank[row] = rankIn(lists.backward, settings.k, target, source);
      if (settings.cosineFloor !== null && cosine < settings.cosineFloor) counts.belowFloor += 1;
      if (marginKey(margin) > bound) counts.aboveUpperBound += 1;
      if (lists.scored.forward.partner[source] === target && lists.scored.backward.partner[target] === source) counts.mutualBest += 1;
    }
    await tell(end, count);
    await breathe();
  }
  return { pairs, counts };
};

const rankIn = (lists: ListsFile, k: number, sentence: number, partner: number): number => lists.read(sentence, 1).ordinals.subarray(0, k).indexOf(partner) + 1;
