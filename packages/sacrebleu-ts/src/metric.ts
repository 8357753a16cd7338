/** One segment: a hypothesis and its references. null: this reference is missing here. '' is a real, empty reference. */
export type Segment = { readonly hypothesis: string; readonly references: readonly (string | null)[] };

/** Sufficient statistics, row-major: `count` rows (segments) of `width` numbers. */
export type Statistics = { readonly count: number; readonly width: number; readonly values: Float64Array };

/** What every metric's score has in common; each metric adds its own fields. */
export type Score = {
  /** `BLEU`, `chrF2`, `chrF2++`, `TER`. */
  readonly name: string;
  /** In percent; TER may exceed 100. */
  readonly value: number;
  /** What follows the number in a printed line: BLEU's precisions and lengths. Empty where the metric has none. */
  readonly verbose: string;
  /** The line sacreBLEU prints: `BLEU = 48.53 82.4/50.0/45.5/37.5 (BP = ...)`, half-even. `width` (default 2) is the number of decimals. */
  format(width?: number, scoreOnly?: boolean): string;
};

/** One field of a signature in its long and short spelling. null leaves it out. */
export type SignatureField = readonly [long: string, short: string, value: string | null];

/**
 * A metric is two steps: extract sufficient statistics of each segment once, then score any sum of them.
 *
 * Corpus scores, resampling, subsets, leave-one-out and live updates are all sums of rows, so none of them tokenises again.
 */
export type Metric<S extends Score = Score> = {
  readonly name: string;
  readonly higherIsBetter: boolean;
  /** Numbers in one segment's row. */
  readonly width: number;
  /** True where rows may hold fractions: TER's mean reference length. */
  readonly fractional: boolean;
  /** One row a segment. Throws a SacrebleuError for an empty corpus, a segment without any reference, or lone surrogates. */
  extract(segments: readonly Segment[]): Statistics;
  /** The corpus score of summed rows. Neither keeps nor changes `sums`. */
  score(sums: ArrayLike<number>): S;
  /** The score as sacreBLEU's approximate randomization takes it, from integer rows. Only where that differs: BLEU with a fractional add-k. */
  scoreOfIntegerRows?(sums: ArrayLike<number>): S;
  sentence(segment: Segment): S;
  /** The metric's own signature fields, in sacreBLEU's order. */
  signatureFields(): readonly SignatureField[];
};
