import * as v from 'valibot';
import { query } from './method.ts';

/** The table all rooms share: pages, filters, counts, columns of pairs. A filter is data; SQL stays in the store. */

export const comparison = v.picklist(['=', '!=', '<', '<=', '>', '>=']);

const number = v.object({ kind: v.literal('number'), column: v.string(), relation: comparison, value: v.number() });
const label = v.object({ kind: v.literal('label'), column: v.string(), value: v.string() });
const text = v.object({ kind: v.literal('text'), side: v.picklist(['source', 'target', 'either']), contains: v.string(), matchCase: v.boolean() });
const kept = v.object({ kind: v.literal('kept'), value: v.boolean() });

export type Predicate =
  | v.InferOutput<typeof number> | v.InferOutput<typeof label> | v.InferOutput<typeof text> | v.InferOutput<typeof kept>
  | { readonly kind: 'all' | 'any'; readonly of: readonly Predicate[] };

export const predicate: v.GenericSchema<Predicate> = v.lazy(() => v.union([
  number, label, text, kept,
  v.object({ kind: v.picklist(['all', 'any']), of: v.array(predicate) }),
]));

/** Where pairs come from: one mining run, or one imported bitext. */
export const pairOrigin = v.union([v.object({ run: v.number() }), v.object({ collection: v.number() })]);
export type PairOrigin = v.InferOutput<typeof pairOrigin>;

export const sortKey = v.object({ column: v.string(), descending: v.boolean() });

export const pairSide = v.object({ text: v.string(), language: v.string(), id: v.string(), ordinal: v.number(), file: v.string(), line: v.number(), count: v.number() });

export const pairRow = v.object({
  id: v.number(),
  /** Position in the view, from 0. */
  position: v.number(),
  source: pairSide, target: pairSide,
  /** Values of the view's columns; null where the pair has none. */
  values: v.record(v.string(), v.nullable(v.union([v.number(), v.string()]))),
  /** Null: no cut has been placed. */
  kept: v.nullable(v.boolean()),
  dropReason: v.nullable(v.string()),
});
export type PairRow = v.InferOutput<typeof pairRow>;

export const columnInfo = v.object({ name: v.string(), kind: v.picklist(['score', 'label']), producer: v.string(), minimum: v.nullable(v.number()), maximum: v.nullable(v.number()) });

export const pairsContract = {
  /** Freezes an order: the ids that match, in the order asked for; ties by pair id. Pages are slices of it. */
  'pairs.view': query(
    v.strictObject({ origin: pairOrigin, predicate: v.nullable(predicate), sort: v.nullable(sortKey) }),
    v.object({ view: v.string(), count: v.number(), total: v.number() }),
  ),
  'pairs.page': query(
    v.strictObject({ view: v.string(), from: v.pipe(v.number(), v.integer(), v.minValue(0)), count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)) }),
    v.object({ rows: v.array(pairRow), count: v.number() }),
  ),
  'pairs.columns': query(v.strictObject({ origin: pairOrigin }), v.array(columnInfo)),
  'pairs.histogram': query(
    v.strictObject({ origin: pairOrigin, column: v.string(), bins: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)), minimum: v.nullable(v.number()), maximum: v.nullable(v.number()), predicate: v.nullable(predicate) }),
    /** `edges` has one more entry than `counts`; the last bin includes its upper edge; `below` and `above` fall outside. */
    v.object({ edges: v.array(v.number()), counts: v.array(v.number()), below: v.number(), above: v.number() }),
  ),
  /** Where a value of a sorted view would stand: the position of the first row with `value <= at` in a descending view. */
  'pairs.locate': query(v.strictObject({ view: v.string(), value: v.number() }), v.object({ position: v.number() })),
} as const;
