import type { Metric, SignatureField } from './metric.ts';

/** What signatures say after `version`: the sacreBLEU release whose numbers these are, and this package's own. */
export const version = '2.6.0+ts.0.1.0';

/** What a signature says besides the metric's own options. */
export type SignatureFacts = {
  /** The count that all segments share, else `var`. */
  readonly references: number | 'var';
  /** Bootstrap resamples. */
  readonly bootstrap?: number;
  /** Trials of approximate randomization. */
  readonly approximateRandomization?: number;
  /** The random seed; sacreBLEU's `none` where there was none. */
  readonly seed?: number | string;
};

/** A metric's signature in sacreBLEU's grammar: `nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:...`, or its short form. */
export const signature = (metric: Pick<Metric, 'signatureFields'>, facts: SignatureFacts, short = false): string => {
  const fields: readonly SignatureField[] = [
    ['nrefs', '#', String(facts.references)],
    ['bs', 'bs', optional(facts.bootstrap)],
    ['ar', 'ar', optional(facts.approximateRandomization)],
    ['seed', 'rs', optional(facts.seed)],
    ...metric.signatureFields(),
    ['version', 'v', version],
  ];
  return fields.flatMap(([long, abbreviation, value]) => (value === null ? [] : [`${short ? abbreviation : long}:${value}`])).join('|');
};

const optional = (value: number | string | undefined): string | null => (value === undefined ? null : String(value));
