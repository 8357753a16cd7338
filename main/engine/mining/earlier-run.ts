import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { MineResult } from '../../contract/engine.ts';
import { indexKind, minePlan } from '../../contract/mine.ts';
import { carryFacts, carryProblem, type CarryFacts } from '../../domain/mine/carry-over.ts';
import { matchSentences, type Matched } from '../../domain/mine/match-sentences.ts';
import { noNeighbour } from '../../domain/mine/neighbours.ts';
import type { Means, RefinedSide } from '../knn/refined-side.ts';
import { eachBlock, openLists } from '../neighbours/lists-file.ts';
import { readJson, runFile, writeWhole } from './run-files.ts';
import type { MineInput, SideInput } from './run-sides.ts';

/**
 * What a run takes over from an earlier one: the means (frozen, so that cosines of known sentences stay what they were) and the neighbour lists.
 *
 * A sentence is `added` when it was not there before, or when a neighbour it listed has gone, or when it stands in another order among the others: it is searched against everything. The others are
 * `kept`; they are only compared with what was added on the other side.
 */
export type CarriedSide = {
  /** Sentences of the earlier run. */
  readonly before: number;
  /** Earlier ordinal -> ordinal now, ascending; `noNeighbour`: gone. */
  readonly nowOf: Uint32Array;
  /** Ordinal now -> earlier ordinal; `noNeighbour`: new. */
  readonly beforeOf: Uint32Array;
  readonly added: Uint32Array;
  readonly kept: Uint32Array;
  /** Of the added: not in the earlier run at all. */
  readonly unknown: number;
};

export type Carried = {
  readonly folder: string;
  /** Slots of the earlier lists. */
  readonly listed: number;
  readonly means: Means;
  /** Sentences that the means were learned from, of the first run of the chain. */
  readonly learnedFrom: { readonly source: number; readonly target: number };
  readonly source: CarriedSide;
  readonly target: CarriedSide;
};

export type EarlierRun = { readonly carried: Carried; readonly note: string } | { readonly carried: null; readonly note: string | null };

const frozenFacts = v.object({
  facts: v.object({
    k: v.number(), guard: v.number(), index: indexKind, centre: v.boolean(), mapped: v.boolean(), languages: v.tuple([v.string(), v.string()]),
    vectors: v.pick(minePlan, ['encoders', 'provider', 'threads', 'blockSentences', 'precision']),
  }),
  learnedFrom: v.object({ source: v.number(), target: v.number() }),
});

const shape = v.object({ shape: v.object({ listed: v.number(), source: v.number(), target: v.number(), lists: v.string() }) });

/** Leaves in the run's folder what a later run needs: what decides cosines, and the means (float64, each encoder's source and then target). */
export const freeze = (input: MineInput, sides: { readonly source: RefinedSide; readonly target: RefinedSide }, carried: Carried | null): void => {
  const means = sides.source.parts.flatMap((part, index) => [part.mean, sides.target.parts[index]?.mean ?? null]).filter((mean) => mean !== null);
  const values = Float64Array.from(means.flatMap((mean) => [...mean]));
  writeWhole(join(input.folder, runFile.means), new Uint8Array(values.buffer));
  const learnedFrom = carried?.learnedFrom ?? { source: input.source.sentences, target: input.target.sentences };
  writeWhole(join(input.folder, runFile.frozen), JSON.stringify({ facts: factsOf(input, false), learnedFrom } satisfies v.InferOutput<typeof frozenFacts>));
};

const factsOf = (input: MineInput, mapped: boolean): CarryFacts & { languages: [string, string] } => (
  { ...carryFacts(input.settings, input.plan, [input.source.language, input.target.language], mapped), languages: [input.source.language, input.target.language] });

const instead = (reason: string): EarlierRun => ({ carried: null, note: `Everything was compared anew: ${reason}.` });

/** Looks whether the earlier run that the input names can be carried on, and matches its sentences by the rows of their vectors. */
export const openEarlier = (input: MineInput): EarlierRun => {
  const { earlier } = input;
  if (earlier === undefined || earlier === null) return { carried: null, note: null };
  const frozen = v.safeParse(frozenFacts, readJson(join(earlier.folder, runFile.frozen)));
  const finished = v.safeParse(shape, readJson(join(earlier.folder, runFile.result)));
  if (!frozen.success || !finished.success) return instead('the earlier run is not finished, or its files are not there any more');
  const { facts, learnedFrom } = frozen.output;
  const { source, target, lists, listed } = finished.output.shape;
  const problem = carryProblem({ ...facts, mapped: lists !== '.' }, factsOf(input, input.plan.linearMap !== 'off'))
    ?? (input.plan.linearMap === 'off' ? null : 'the plan tries a learned linear map, which depends on all pairs')
    ?? (sameFolders(earlier.source, input.source) && sameFolders(earlier.target, input.target) ? null : 'the vectors of the earlier run lie elsewhere');
  if (problem !== null) return instead(problem);
  const means = readMeans(earlier.folder, input);
  const whole = existsSync(join(earlier.folder, runFile.forward)) && existsSync(join(earlier.folder, runFile.backward));
  if (means === null || !whole || source !== earlier.source.sentences || target !== earlier.target.sentences) return instead('the files of the earlier run are damaged');
  const matched = { source: match(earlier.source, input.source), target: match(earlier.target, input.target) };
  if (matched.source === null || matched.target === null) return instead('the earlier run\'s list of vectors is not complete');
  const lost = {
    source: findLost(join(earlier.folder, runFile.forward), listed, matched.source.nowOf, matched.target.nowOf),
    target: findLost(join(earlier.folder, runFile.backward), listed, matched.target.nowOf, matched.source.nowOf),
  };
  const carried: Carried = {
    folder: earlier.folder, listed, means, learnedFrom,
    source: sideOf(matched.source, input.source.sentences, lost.source), target: sideOf(matched.target, input.target.sentences, lost.target),
  };
  return { carried, note: noteOf(carried) };
};

const noteOf = ({ source, target }: Carried): string => {
  const sentences = (count: number, what: string): string => `${count} new ${what}${count === 1 ? '' : 's'}`;
  const again = source.added.length - source.unknown + target.added.length - target.unknown;
  return `${sentences(source.unknown, 'source')}, ${sentences(target.unknown, 'target')}; only these were compared, the other neighbours are those of the earlier run`
    + `${again === 0 ? '' : `. ${again} ${again === 1 ? 'sentence' : 'sentences'} had lost a neighbour or stood in another order, and ${again === 1 ? 'was' : 'were'} compared anew`}.`;
};

export const noteWarning = (note: string | null): MineResult['warnings'] => (note === null ? [] : [{ kind: 'reused', text: note }]);

/** Says in what was learned whose means these are. */
export const learnedEarlier = ({ carried }: EarlierRun, learned: MineResult['refinement']): MineResult['refinement'] => (carried === null ? learned
  : { ...learned, meansFrozen: true, meansSourceSentences: carried.learnedFrom.source, meansTargetSentences: carried.learnedFrom.target });

const sameFolders = (one: SideInput, other: SideInput): boolean => one.vectors.length === other.vectors.length && one.vectors.every((place, index) => place.folder === other.vectors[index]?.folder);

const readMeans = (folder: string, { plan }: MineInput): Means | null => {
  const path = join(folder, runFile.means);
  const total = plan.centre ? plan.encoders.reduce((sum, encoder) => sum + encoder.dimension, 0) : 0;
  if (!existsSync(path) || statSync(path).size !== total * 16) return null;
  const bytes = readFileSync(path);
  const values = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const means: { source: Float64Array[]; target: Float64Array[] } = { source: [], target: [] };
  let at = 0;
  for (const { dimension } of plan.centre ? plan.encoders : []) {
    means.source.push(values.slice(at, at + dimension));
    means.target.push(values.slice(at + dimension, at + 2 * dimension));
    at += 2 * dimension;
  }
  return means;
};

const match = (before: SideInput, now: SideInput): Matched | null => {
  const read = (side: SideInput): Uint32Array[] => side.vectors.map((place) => {
    if (!existsSync(place.rows)) return new Uint32Array(0);
    const bytes = readFileSync(place.rows);
    return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + Math.floor(bytes.byteLength / 4) * 4)).slice(0, side.sentences);
  });
  const rows = { before: read(before), now: read(now) };
  if (rows.before.some((one) => one.length < before.sentences) || rows.now.some((one) => one.length < now.sentences)) return null;
  return matchSentences(rows.before, rows.now);
};

/** Marks (1) sentences of the earlier run that listed a neighbour which is gone. */
const findLost = (path: string, listed: number, nowOf: Uint32Array, otherNowOf: Uint32Array): Uint8Array => {
  const lost = new Uint8Array(nowOf.length);
  const lists = openLists(path, listed, nowOf.length, 'read');
  try {
    for (const block of eachBlock(lists)) {
      for (let slot = 0; slot < block.ordinals.length; slot += 1) {
        const ordinal = block.ordinals[slot] ?? noNeighbour;
        if (ordinal !== noNeighbour && otherNowOf[ordinal] === noNeighbour) lost[block.first + Math.floor(slot / listed)] = 1;
      }
    }
  } finally {
    lists.close();
  }
  return lost;
};

const sideOf = ({ nowOf, moved }: Matched, sentences: number, lost: Uint8Array): CarriedSide => {
  const beforeOf = new Uint32Array(sentences).fill(noNeighbour);
  for (let before = 0; before < nowOf.length; before += 1) {
    const now = nowOf[before] ?? noNeighbour;
    if (now !== noNeighbour) beforeOf[now] = before;
  }
  const isAdded = (before: number): boolean => before === noNeighbour || lost[before] === 1;
  const all = Uint32Array.from({ length: sentences }, (_, ordinal) => ordinal);
  return {
    before: nowOf.length, nowOf, beforeOf,
    added: all.filter((ordinal) => isAdded(beforeOf[ordinal] ?? noNeighbour)), kept: all.filter((ordinal) => !isAdded(beforeOf[ordinal] ?? noNeighbour)),
    unknown: beforeOf.reduce((count, before) => count + (before === noNeighbour ? 1 : 0), 0) - moved,
  };
};
