import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { GoldReport, Run, ThresholdReport } from '../../../../main/contract/mine.ts';
import { mineState } from '../state.ts';

type ThresholdPoint = ThresholdReport['curve'][number];

/** The cut as it is shown: the placed one, or the one that is being moved with what it would do. */
export type CutNow = {
  readonly at: number | null;
  readonly kept: number;
  readonly dropped: number;
  readonly precision: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly gold: { readonly precision: number; readonly recall: number; readonly f1: number } | undefined;
  readonly moving: boolean;
  /** The counts belong to an earlier place of the cut. */
  readonly stale: boolean;
};

type Moving = { readonly moving: number | undefined; readonly preview: { readonly run: number; readonly at: number; readonly answer: { readonly kept: number; readonly dropped: number; readonly gold: CutNow['gold'] | null } } | undefined };

/** The estimate for a cut: of the curve's points at or above it, the nearest; below all of them, the last one. The order of the points does not matter. */
export const estimateAt = (curve: readonly ThresholdPoint[], cut: number): ThresholdPoint | undefined => {
  let nearest: ThresholdPoint | undefined;
  let last: ThresholdPoint | undefined;
  for (const point of curve) {
    if (point.margin >= cut && (nearest === undefined || point.margin < nearest.margin)) nearest = point;
    if (last === undefined || point.margin > last.margin) last = point;
  }
  return nearest ?? last;
};

export const cutNow = (run: Run, all: number, gold: GoldReport | undefined, { moving, preview }: Moving): CutNow => {
  const known = preview?.run === run.id ? preview : undefined;
  const at = moving ?? run.cut;
  const isAbout = known !== undefined && at !== null && Math.abs(known.at - at) < 1e-9;
  const estimated = run.threshold !== null && at !== null && at === run.threshold.cut ? run.threshold : undefined;
  const point = at === null ? undefined : estimateAt(run.threshold?.curve ?? [], at);
  const estimate = {
    precision: estimated?.precision ?? point?.precision ?? null, low: estimated?.precisionLow ?? point?.low ?? null, high: estimated?.precisionHigh ?? point?.high ?? null,
  };
  if (known !== undefined && (moving !== undefined || isAbout)) {
    const { kept, dropped } = known.answer;
    return { at, kept, dropped, ...estimate, gold: known.answer.gold ?? undefined, moving: moving !== undefined, stale: !isAbout };
  }
  const kept = run.cut === null ? all : run.counts?.kept ?? all;
  const figures = gold !== undefined && gold.precision !== null && gold.recall !== null && gold.f1 !== null && gold.cut === run.cut ? { precision: gold.precision, recall: gold.recall, f1: gold.f1 } : undefined;
  return { at, kept, dropped: Math.max(0, all - kept), ...estimate, gold: figures, moving: moving !== undefined, stale: moving !== undefined };
};

export const useCutNow = (run: Run, all: number, gold: GoldReport | undefined): CutNow => {
  const moving = useStore(mineState, (state) => state.moving);
  const preview = useStore(mineState, (state) => state.preview);
  return useMemo(() => cutNow(run, all, gold, { moving, preview }), [run, all, gold, moving, preview]);
};
