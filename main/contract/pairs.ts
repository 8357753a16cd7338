import * as v from 'valibot';
import { command, query, stream } from './method.ts';

/** The table all rooms share: pages, filters, counts, columns of pairs. A filter is data; SQL stays in the store. */

export const comparison = v.picklist(['=', '!=', '<', '<=', '>', '>=']);

const number = v.object({ kind: v.literal('number'), column: v.string(), relation: comparison, value: v.number() });
const label = v.object({ kind: v.literal('label'), column: v.string(), value: v.string() });
/** `how`: `word` = whole words (Unicode word boundaries of the side's language), `regex` = an ECMAScript expression with the `u` flag. Edited texts count as they read now. */
const text = v.object({ kind: v.literal('text'), side: v.picklist(['source', 'target', 'either']), contains: v.string(), matchCase: v.boolean(), how: v.optional(v.picklist(['substring', 'word', 'regex'])) });
const kept = v.object({ kind: v.literal('kept'), value: v.boolean() });

/** What a pair can be judged as. `conflict`: annotators differ and nobody has adjudicated. */
export const decision = v.picklist(['none', 'accept', 'reject', 'unsure', 'conflict']);
export type Decision = v.InferOutput<typeof decision>;
/** `by: null` is the decision in force (adjudicated, else what all who judged agree on); a number is one annotator's own. */
const decided = v.object({ kind: v.literal('decision'), by: v.nullable(v.number()), value: decision });

/** Signs apart from the decision: any pair may carry each of them. */
export const flag = v.picklist(['flagged', 'personal-data', 'offensive']);
export type Flag = v.InferOutput<typeof flag>;
const flagged = v.object({ kind: v.literal('flag'), flag, value: v.boolean() });
/** `added`: made by a split. */
const marked = v.object({ kind: v.literal('mark'), mark: v.picklist(['edited', 'commented', 'added']), value: v.boolean() });
/** What the last run of the checks found (`review.runChecks`); `any` = at least one. */
const checked = v.object({ kind: v.literal('check'), check: v.string(), state: v.picklist(['open', 'ignored']) });
const file = v.object({ kind: v.literal('file'), side: v.picklist(['source', 'target']), name: v.string() });
const language = v.object({ kind: v.literal('language'), side: v.picklist(['source', 'target']), value: v.string() });
/** The detectors, when they were last asked (`pairs.detectLanguages`), found another language than the collection is said to be in. */
const otherLanguage = v.object({ kind: v.literal('otherLanguage'), side: v.picklist(['source', 'target', 'either']) });
const dropped = v.object({ kind: v.literal('dropReason'), value: v.picklist(['cut', 'rejected']) });
/** The pairs of a queue, by the name of its view. */
const queued = v.object({ kind: v.literal('queue'), view: v.string() });
/** Just these pairs, by id; at most 10,000. */
const pairs = v.object({ kind: v.literal('pairs'), ids: v.pipe(v.array(v.number()), v.maxLength(10_000)) });

type Leaf =
  | v.InferOutput<typeof number> | v.InferOutput<typeof label> | v.InferOutput<typeof text> | v.InferOutput<typeof kept> | v.InferOutput<typeof decided>
  | v.InferOutput<typeof flagged> | v.InferOutput<typeof marked> | v.InferOutput<typeof checked> | v.InferOutput<typeof file> | v.InferOutput<typeof language> | v.InferOutput<typeof otherLanguage>
  | v.InferOutput<typeof dropped> | v.InferOutput<typeof queued> | v.InferOutput<typeof pairs>;

export type Predicate =
  | Leaf
  | { readonly kind: 'all' | 'any'; readonly of: readonly Predicate[] }
  | { readonly kind: 'not'; readonly of: Predicate };

/**
 * A filter, as data. Numbers may also ask for what follows from the texts as they read now: `sourceLength`, `targetLength` (graphemes are too slow for a
 * million rows: code points) and `lengthRatio` (target / source); these sort, too.
 */
export const predicate: v.GenericSchema<Predicate> = v.lazy(() => v.union([
  number, label, text, kept, decided, flagged, marked, checked, file, language, otherLanguage, dropped, queued, pairs,
  v.object({ kind: v.picklist(['all', 'any']), of: v.array(predicate) }),
  v.object({ kind: v.literal('not'), of: predicate }),
]));

/** Is this a filter? For addresses, which anybody may have written. */
export const isPredicate = (found: unknown): found is Predicate => v.is(predicate, found);

/** Where pairs come from: one mining run, or one imported bitext. */
export const pairOrigin = v.union([v.object({ run: v.number() }), v.object({ collection: v.number() })]);
export type PairOrigin = v.InferOutput<typeof pairOrigin>;

export const sortKey = v.object({ column: v.string(), descending: v.boolean() });

export const pairSide = v.object({ text: v.string(), language: v.string(), id: v.string(), ordinal: v.number(), file: v.string(), line: v.number(), count: v.number(),
  /** The imported text where `text` is an edited one; null: nothing was edited. */
  original: v.nullable(v.string()),
});

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
  /** The decision in force, its flags, and what the row shows of the review. */
  review: v.object({
    decision, flags: v.array(flag), comments: v.number(),
    /** Every annotator's own decision and label, the newest first; `label` is a path in the scheme, joined by " / ". */
    judged: v.array(v.object({ annotator: v.number(), decision, label: v.nullable(v.string()), reason: v.nullable(v.string()), at: v.number() })),
    /** Open and ignored findings of the last run of the checks, by check id. */
    checks: v.array(v.string()), ignored: v.array(v.string()),
    /** Made by a split of this pair. */
    splitFrom: v.nullable(v.number()),
  }),
});
export type PairRow = v.InferOutput<typeof pairRow>;

export const columnInfo = v.object({ name: v.string(), kind: v.picklist(['score', 'label']), producer: v.string(), minimum: v.nullable(v.number()), maximum: v.nullable(v.number()) });

/**
 * Who asks. Somebody who was given pairs in a blind queue is told of these pairs only what they said themselves, until they are adjudicated: in rows, filters,
 * counts, facets, histograms and orders. Left out: somebody who has not said who they are, who is told of no judgement that is blind for anybody.
 */
const annotator = v.optional(v.number());

export const pairsContract = {
  /** Freezes an order: the ids that match, in the order asked for; ties by pair id. Pages are slices of it. */
  'pairs.view': query(
    v.strictObject({ origin: pairOrigin, predicate: v.nullable(predicate), sort: v.nullable(sortKey), annotator }),
    v.object({ view: v.string(), count: v.number(), total: v.number() }),
  ),
  'pairs.page': query(
    v.strictObject({ view: v.string(), from: v.pipe(v.number(), v.integer(), v.minValue(0)), count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)), annotator }),
    v.object({ rows: v.array(pairRow), count: v.number() }),
  ),
  'pairs.columns': query(v.strictObject({ origin: pairOrigin }), v.array(columnInfo)),
  'pairs.histogram': query(
    v.strictObject({ origin: pairOrigin, column: v.string(), bins: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)), minimum: v.nullable(v.number()), maximum: v.nullable(v.number()), predicate: v.nullable(predicate), annotator }),
    /** `edges` has one more entry than `counts`; the last bin includes its upper edge; `below` and `above` fall outside. */
    v.object({ edges: v.array(v.number()), counts: v.array(v.number()), below: v.number(), above: v.number() }),
  ),
  /** Counts a filter, telling "at least" on its way. */
  'pairs.count': stream(v.strictObject({ origin: pairOrigin, predicate: v.nullable(predicate), annotator }), v.object({ atLeast: v.number() }), v.object({ count: v.number(), total: v.number() })),
  /** How many pairs carry each value, for the same predicate as the rows. `files` and `labels` name the most frequent 50. */
  'pairs.facets': query(v.strictObject({ origin: pairOrigin, predicate: v.nullable(predicate), by: v.nullable(v.number()), annotator }), v.object({
    count: v.number(), total: v.number(),
    decisions: v.record(decision, v.number()), flags: v.record(flag, v.number()), edited: v.number(), commented: v.number(),
    checks: v.array(v.object({ check: v.string(), open: v.number(), ignored: v.number() })),
    files: v.array(v.object({ side: v.picklist(['source', 'target']), name: v.string(), count: v.number() })),
    labels: v.array(v.object({ column: v.string(), value: v.string(), count: v.number() })),
  })),
  /** Finds the language of each text, as a job: afterwards `otherLanguage` filters, and `sourceLanguageFound` and `targetLanguageFound` are label columns (none: the text says too little). */
  'pairs.detectLanguages': command(v.strictObject({ origin: pairOrigin }), v.object({ job: v.number() }), { undoable: false, touches: ['jobs'] }),
  /** Where a value of a sorted view would stand: the position of the first row with `value <= at` in a descending view. */
  'pairs.locate': query(v.strictObject({ view: v.string(), value: v.number() }), v.object({ position: v.number() })),
  /** Where a pair stands in a view, for going back to it; null: it is not in it. */
  'pairs.find': query(v.strictObject({ view: v.string(), pair: v.number() }), v.object({ position: v.nullable(v.number()) })),
} as const;
