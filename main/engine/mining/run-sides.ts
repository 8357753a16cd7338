import type * as v from 'valibot';
import type { engineContract, side as sideSchema } from '../../contract/engine.ts';
import { Failure } from '../../contract/errors.ts';
import type { InputOf } from '../../contract/method.ts';
import type { MinePlan } from '../../contract/mine.ts';
import { refineSides, type RefinedSide } from '../knn/refined-side.ts';
import { keepWhereItFits, openStoredVectors, type VectorRows } from '../knn/stored-vectors.ts';
import { openEarlier, type EarlierRun } from './earlier-run.ts';

export type MineInput = InputOf<(typeof engineContract)['engine.mine']>;
export type SideInput = v.InferOutput<typeof sideSchema>;

/** Vectors of one side are kept in memory up to this many bytes; larger collections are read tile by tile. */
export const keptVectorBytes = 256 * 1024 * 1024;

export type OpenSides = {
  readonly source: RefinedSide;
  readonly target: RefinedSide;
  /** What is taken over from an earlier run, or why nothing is. */
  readonly earlier: EarlierRun;
  close(): void;
};

/** Opens the vectors of both sides and measures norms and means; a run that carries an earlier one on keeps the means of that. */
export const openSides = async (
  input: MineInput, options: { readonly signal?: AbortSignal; readonly progress?: (done: number, total: number) => void | Promise<void> },
): Promise<OpenSides> => {
  const opened: VectorRows[] = [];
  const close = (): void => { for (const vectors of opened) vectors.close(); };
  const openSide = (side: SideInput, name: string): VectorRows[] => openVectors(side, name, input.plan, opened);
  try {
    const source = openSide(input.source, 'source');
    const target = openSide(input.target, 'target');
    const earlier = openEarlier(input);
    const means = earlier.carried === null || !input.plan.centre ? {} : { means: earlier.carried.means };
    return { ...await refineSides(source, target, { centre: input.plan.centre, ...means, ...options }), earlier, close };
  } catch (thrown) {
    close();
    throw thrown;
  }
};

const openVectors = (side: SideInput, name: string, plan: MinePlan, opened: VectorRows[]): VectorRows[] => {
  if (side.sentences === 0) throw new Failure('empty-input', `The ${name} collection has no sentences.`, { hint: 'Choose another collection, or import a file into this one.' });
  if (side.vectors.length !== plan.encoders.length) throw new Failure('plan-impossible', `The plan names ${plan.encoders.length} encoders, but the ${name} side has vectors of ${side.vectors.length}.`);
  const total = plan.encoders.reduce((sum, encoder) => sum + encoder.dimension, 0);
  return plan.encoders.map((encoder, index) => {
    const place = side.vectors[index];
    if (place === undefined) throw new Failure('plan-impossible', `The ${name} side has no vectors of ${encoder.id}.`);
    const stored = openStoredVectors({ folder: place.folder, rows: place.rows, dimension: encoder.dimension, precision: plan.precision, sentences: side.sentences });
    const kept = keepWhereItFits(stored, keptVectorBytes * encoder.dimension / total);
    opened.push(kept);
    return kept;
  });
};
