import * as v from 'valibot';
import { exportedFile } from './export.ts';
import { languageTag } from './language.ts';
import { command, nothing, query } from './method.ts';
import { historyEntry } from './project.ts';

/**
 * Labels carried from sentences to their translations: what each method says, where they differ, and what people decided.
 *
 * All offsets are half-open, in UTF-16 units of the text they belong to. Texts are never changed.
 */

export const labelMethod = v.picklist(['alignment', 'constrained']);
export type LabelMethod = v.InferOutput<typeof labelMethod>;

export const textSpan = v.object({ from: v.number(), to: v.number() });
export type TextSpan = v.InferOutput<typeof textSpan>;

/** One method's answers for one span, the best first; none, and why, where it abstains. */
export const foundSpans = v.object({
  method: labelMethod,
  /** `score`: the confidence of an alignment, the certified posterior of a constrained search; 0 to 1. */
  best: v.array(v.object({ ...textSpan.entries, score: v.number() })),
  /** A key into the string catalogue's `label.abstain.*`. */
  abstained: v.nullable(v.string()),
});
export type FoundSpans = v.InferOutput<typeof foundSpans>;

export const spanDecision = v.picklist(['open', 'accepted', 'rejected', 'unsure']);
export type SpanDecision = v.InferOutput<typeof spanDecision>;

export const labelSpan = v.object({
  id: v.number(),
  /** Position of its sentence, from 0. */
  sentence: v.number(),
  label: v.string(),
  source: textSpan,
  found: v.array(foundSpans),
  /** Whether all methods that ran name the same span; null where only one did, or one abstains. */
  agrees: v.nullable(v.boolean()),
  /** The least score of the methods' best answers, 0 where one abstains: "least sure first". */
  sureness: v.number(),
  decision: spanDecision,
  /** What somebody chose; null where nobody has, and where there is no such span. */
  chosen: v.nullable(textSpan),
  flagged: v.boolean(),
  /** Annotator, and ms since 1970. */
  judged: v.nullable(v.object({ annotator: v.number(), at: v.number() })),
});
export type LabelSpan = v.InferOutput<typeof labelSpan>;

export const labelling = v.object({
  id: v.number(),
  name: v.string(),
  sourceLanguage: languageTag,
  targetLanguage: languageTag,
  sentences: v.number(),
  spans: v.number(),
  /** Neither judged nor kept by agreement. */
  open: v.number(),
  methods: v.array(labelMethod),
  createdAt: v.number(),
});
export type Labelling = v.InferOutput<typeof labelling>;

/** Which spans, and in which order; absent: all. */
export const spanFilter = v.strictObject({
  labels: v.optional(v.array(v.string())),
  decisions: v.optional(v.array(spanDecision)),
  /** Whether both methods name the same span; false also where fewer than two gave an answer. */
  agrees: v.optional(v.boolean()),
  /** Sureness below this. */
  below: v.optional(v.number()),
  order: v.picklist(['sureness', 'text']),
});
export type SpanFilter = v.InferOutput<typeof spanFilter>;

export const labelSentence = v.object({
  no: v.number(),
  source: v.string(),
  target: v.string(),
  /** Word links: spans of the source and of the target. */
  links: v.array(v.object({ source: textSpan, target: textSpan })),
  spans: v.array(labelSpan),
});
export type LabelSentence = v.InferOutput<typeof labelSentence>;

/** How often the methods agree, by label; `spans` counts those for which both gave an answer. */
export const labelAgreement = v.array(v.object({ label: v.string(), spans: v.number(), agree: v.number() }));

export const spanChange = v.strictObject({
  span: v.number(),
  decision: v.optional(spanDecision),
  chosen: v.optional(v.nullable(textSpan)),
  flagged: v.optional(v.boolean()),
});
export type SpanChange = v.InferOutput<typeof spanChange>;

const ofOne = v.strictObject({ labelling: v.number() });
const maxSpans = 65_536;

export const labelContract = {
  'label.list': query(nothing, v.array(labelling)),
  'label.get': query(ofOne, labelling),
  /** Ids of the spans as they stand now, frozen; at most 65,536 of them, `total` counts all. */
  'label.order': query(v.strictObject({ labelling: v.number(), filter: spanFilter }), v.object({ ids: v.array(v.number()), total: v.number(), all: v.number() })),
  'label.spans': query(v.strictObject({ labelling: v.number(), ids: v.pipe(v.array(v.number()), v.maxLength(500)) }), v.array(v.object({ ...labelSpan.entries, text: v.string() }))),
  /** By its place, or the one that a span stands in. */
  'label.sentence': query(v.union([v.strictObject({ labelling: v.number(), no: v.number() }), v.strictObject({ labelling: v.number(), span: v.number() })]), labelSentence),
  'label.agreement': query(ofOne, labelAgreement),
  /** One entry in the history, also for many spans. `bad-input` where a span does not lie in its translation or parts a character. */
  'label.decide': command(v.strictObject({ labelling: v.number(), annotator: v.number(), changes: v.pipe(v.array(spanChange), v.minLength(1), v.maxLength(maxSpans)) }),
    v.object({ spans: v.array(labelSpan), entry: historyEntry }), { undoable: true, touches: ['labels', 'history'] }),
  /** One side with its spans, as they stand now: accepted places, else what both methods or the better one say; nothing where somebody said there is no span. */
  'label.export': command(v.strictObject({ labelling: v.number(), path: v.string(), side: v.picklist(['source', 'target']), to: v.picklist(['conll', 'jsonl']), overwrite: v.boolean() }),
    v.object({ file: exportedFile, spans: v.number(), /** What the format could not say. */ losses: v.array(v.string()) }), { undoable: false, touches: [] }),
  'label.remove': command(ofOne, v.object({ entry: historyEntry }), { undoable: true, touches: ['labels', 'history'] }),
} as const;
