import { createHash } from 'node:crypto';
import type { MineResult } from '../../contract/engine.ts';
import { hubLimit, hubs, judgeBlindness } from '../../domain/mine/blindness.ts';
import { estimateThresholdInSteps } from '../../domain/mine/threshold.ts';
import type { RefinedSide } from '../knn/refined-side.ts';
import type { Learned } from './linear-map-pass.ts';
import { breathe } from '../run-queue.ts';
import { inSteps } from './in-steps.ts';
import { listedSlots, type Mined, type MiningCall } from './pair-up.ts';
import type { MineInput, OpenSides } from './run-sides.ts';
import { stageProgress } from './stage-progress.ts';

export type JudgedRun = Pick<MineResult, 'threshold' | 'warnings' | 'refinement'>;

/** The cut, the warnings, and what the refinement learned. */
export const judgeRun = async (input: MineInput, sides: OpenSides, mined: Mined, learned: Learned, call: MiningCall): Promise<JudgedRun> => ({
  threshold: await thresholdOf(mined, call),
  warnings: await warningsOf(input, mined),
  refinement: refinementOf(input, sides, learned),
});

const noThreshold = { cut: null, precision: null, precisionLow: null, precisionHigh: null, expectedTrue: null };

/** The estimate needs no labels; pairs that somebody gave are no sample of candidates, and stay without one. */
const thresholdOf = async (mined: Mined, call: MiningCall): Promise<JudgedRun['threshold']> => {
  if (mined.kind === 'given') return { ...noThreshold, reason: 'These pairs were given, not mined: all are kept, with their margins. Place a cut by hand where one is wanted.', curve: [] };
  const { source, target, margin } = mined.pairs;
  const tell = stageProgress(call.tell, 'threshold', 'steps');
  const steps = estimateThresholdInSteps({ source, target, margin, forward: mined.scored.sourceTop, backward: mined.scored.targetTop });
  const found = await inSteps(steps, call.signal, (share) => tell(Math.floor(100 * share), 100));
  const curve = found.curve.map((point) => ({ ...point }));
  if (found.cut === null) return { ...noThreshold, reason: found.reason, curve };
  const { cut, precision, precisionLow, precisionHigh, expectedTrue } = found;
  return { cut, reason: null, precision, precisionLow, precisionHigh, expectedTrue, curve };
};

const warningsOf = async (input: MineInput, mined: Mined): Promise<JudgedRun['warnings']> => {
  const warnings: JudgedRun['warnings'] = [];
  const { upperBound } = input.settings;
  if (mined.counts.aboveUpperBound > 0 && upperBound !== null) {
    warnings.push({ kind: 'upper-bound', text: `${mined.counts.aboveUpperBound} pairs have a margin above ${upperBound}. Such margins are rarely translations; look at them before you keep them.` });
  }
  const { scored } = mined;
  const blindness = judgeBlindness({
    nearestOfSource: scored.nearestOfSource, nearestOfTarget: scored.nearestOfTarget, sourceOccurrences: scored.sourceOccurrences, targetOccurrences: scored.targetOccurrences,
  });
  if (blindness.message !== null) warnings.push({ kind: 'blind', text: blindness.message });
  for (const [side, occurrences] of [['source', scored.sourceOccurrences], ['target', scored.targetOccurrences]] as const) {
    await breathe();
    const found = hubs(occurrences).length;
    if (found > 0) warnings.push({ kind: 'hubs', text: `${found} ${side} ${found === 1 ? 'sentence is' : 'sentences are'} among the nearest neighbours of very many others (${hubLimit(occurrences)} or more). Such hubs are rarely translations; the list of hubs shows them.` });
  }
  if (mined.neighbours.tied > 0) {
    warnings.push({ kind: 'index', text: `${mined.neighbours.tied} sentences have more than 250 neighbours that are equally near (repeated or empty sentences); which of them are listed follows their order in the collection.` });
  }
  return warnings;
};

const refinementOf = (input: MineInput, sides: OpenSides, learned: Learned): JudgedRun['refinement'] => {
  if (!input.plan.centre) return null;
  return {
    kind: learned?.['mapUsed'] === true ? 'centre+map' : 'centre', ...learned, neighbours: input.settings.k, candidates: listedSlots(input), sourceSentences: sides.source.sentences, targetSentences: sides.target.sentences,
    sourceMeans: meansHash(sides.source), targetMeans: meansHash(sides.target),
  };
};

/** sha256 over the means of all encoders of a side, float64 little-endian. */
const meansHash = (side: RefinedSide): string => {
  const hash = createHash('sha256');
  for (const part of side.parts) if (part.mean !== null) hash.update(new Uint8Array(part.mean.buffer, part.mean.byteOffset, part.mean.byteLength));
  return hash.digest('hex');
};
