import type { MineSettings } from '../../contract/mine.ts';
import type { Candidate } from '../models/choose-encoder.ts';
import type { IndexProbe } from './plan-index.ts';

/** What the planner is told; all of it measured or counted by somebody else. */
export type PlanInput = {
  readonly settings: MineSettings;
  readonly source: PlanSide;
  readonly target: PlanSide;
  readonly encoders: readonly PlannableEncoder[];
  /** The probe of the engine at a dimension; null: not measured, then a modest machine is assumed. */
  readonly probe: (dimension: number) => IndexProbe | null;
  readonly memoryBytes: number;
  readonly cores: number;
  /** Pairs of a bitext that are only scored, where that is the job. */
  readonly givenPairs?: number;
};

export type PlanSide = { readonly sentences: number; /** BCP-47; `und` and `x-...` are unknown to every encoder. */ readonly language: string };

export type PlannableEncoder = Candidate & {
  /** Sentences that have no vector of this encoder yet. */
  readonly missing: { readonly source: number; readonly target: number };
};
