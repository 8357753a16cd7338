import { join } from 'node:path';
import * as v from 'valibot';
import { mineResult, type MineResult } from '../../contract/engine.ts';
import { forgetMappedVectors, tryLinearMap, type Learned } from './linear-map-pass.ts';
import { freeze, learnedEarlier, noteWarning } from './earlier-run.ts';
import { judgeRun } from './judge-run.ts';
import { listedSlots, offsetOf, pairUp, searchBothWays, type Mined, type MiningCall, type Scored } from './pair-up.ts';
import { writePairs } from './pairs-file.ts';
import { hashOf, openRunFolder, readJson, runFile, writeWhole } from './run-files.ts';
import { openSides, type MineInput, type OpenSides } from './run-sides.ts';
import { stageProgress } from './stage-progress.ts';

/** What decides the bytes of a run; places and predictions do not. */
export const requestOf = (kind: string, input: MineInput): string => hashOf({
  kind, settings: input.settings, source: [input.source.sentences, input.source.language], target: [input.target.sentences, input.target.language],
  plan: { ...input.plan, stages: [], seconds: 0, memoryBytes: 0, diskBytes: 0, reasons: [], warnings: [] },
  ...(input.earlier === undefined || input.earlier === null ? {} : { earlier: readJson(join(input.earlier.folder, runFile.request)) ?? null }),
});

/** The result of the same request, where the run has already finished. */
export const finishedResult = (folder: string): MineResult | null => {
  const known = v.safeParse(v.object({ result: mineResult }), readJson(join(folder, runFile.result)));
  return known.success ? { ...known.output.result, pairs: join(folder, runFile.pairs) } : null;
};

/**
 * One run of mining: neighbours both ways, margins, retrieval, the cut. Everything large goes through files in the run's folder.
 *
 * Memory beside tiles and kept vectors: 32 bytes a sentence and encoder (norms), 100 bytes a sentence (means, picks, ranks, hub counts, nearest, highest margins) and 64 bytes a
 * candidate while pairs are sorted. Called again with the same input it goes on from its files; a finished run is answered from them.
 */
export const mine = async (input: MineInput, call: MiningCall): Promise<MineResult> => {
  const { folder } = input;
  openRunFolder(folder, requestOf('mine', input));
  const finished = finishedResult(folder);
  if (finished !== null) return finished;
  const sides = await openSides(input, { signal: call.signal, progress: stageProgress(call.tell, 'prepare', 'vectors', 'lengths and means') });
  try {
    freeze(input, sides, sides.earlier.carried);
    const neighbours = await searchBothWays(input, sides, call);
    const plain = await pairUp(input, neighbours, call);
    const { mined, learned } = await tryLinearMap(input, sides, plain, call);
    await writePairs(join(folder, runFile.pairs), mined.pairs);
    writeOccurrences(folder, mined.scored);
    const result = await finish(input, sides, mined, learned, call);
    forgetMappedVectors(folder);
    return result;
  } finally {
    sides.close();
  }
};

export const writeOccurrences = (folder: string, scored: Scored): void => {
  const bytes = (counts: Uint32Array): Uint8Array => new Uint8Array(counts.buffer, counts.byteOffset, counts.byteLength);
  writeWhole(join(folder, runFile.sourceOccurrences), bytes(scored.sourceOccurrences));
  writeWhole(join(folder, runFile.targetOccurrences), bytes(scored.targetOccurrences));
};

/** Judges the run (cut, warnings, what was learned) and writes the result, which makes the run finished. */
export const finish = async (input: MineInput, sides: OpenSides, mined: Mined, learned: Learned, call: MiningCall): Promise<MineResult> => {
  const judged = await judgeRun(input, sides, mined, learnedEarlier(sides.earlier, learned), call);
  const result: MineResult = {
    pairs: join(input.folder, runFile.pairs), count: mined.pairs.source.length, counts: mined.counts,
    threshold: judged.threshold, indexRecall: mined.neighbours.recall, warnings: [...judged.warnings, ...noteWarning(sides.earlier.note)], refinement: judged.refinement, offset: offsetOf(input),
  };
  const shape = { k: input.settings.k, listed: listedSlots(input), source: input.source.sentences, target: input.target.sentences, lists: mined.lists };
  writeWhole(join(input.folder, runFile.result), JSON.stringify({ shape, result: { ...result, pairs: runFile.pairs } }));
  return result;
};
