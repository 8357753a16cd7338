import type { FoundSpans, LabelMethod, LabelSpan, SpanChange, SpanFilter, TextSpan } from '../contract/label.ts';

/** What the project file keeps for labels carried to translations; see `api.ts`. */

export type NewLabelling = {
  readonly name: string;
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
  /** Of the run that made it; goes into manifests. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Files, checksums, what was listed as lost. */
  readonly facts: Readonly<Record<string, unknown>>;
};

export type StoredLabelling = NewLabelling & { readonly id: number; readonly createdAt: number };

export type NewLabelSpan = { readonly label: string; readonly source: TextSpan };
export type NewLabelSentence = {
  readonly source: string;
  readonly target: string;
  readonly spans: readonly NewLabelSpan[];
  /** What a writer needs to give identical bytes back; its own business. */
  readonly form: string | null;
};

export type WordLink = { readonly source: TextSpan; readonly target: TextSpan };

/** What the methods said about one sentence: of each of its spans in their order, and the links between its words. */
export type FoundInSentence = { readonly spans: readonly (readonly FoundSpans[])[]; readonly links: readonly WordLink[] };

export type LabelCounts = { readonly sentences: number; readonly spans: number; readonly open: number };

export type StoredLabelSentence = { readonly no: number; readonly source: string; readonly target: string; readonly form: string | null; readonly links: readonly WordLink[] };

export type Labellings = {
  /** Not listed before `finish`; what is unfinished is dropped at the next opening. */
  create(labelling: NewLabelling): number;
  /** Sentences in order; about 4,000 a call keep it under 20 ms. */
  add(labelling: number, sentences: readonly NewLabelSentence[]): void;
  finish(labelling: number): void;
  /** A cancelled or failed one: gone at once. */
  discard(labelling: number): void;
  /** `not-found` for unknown, unfinished and removed ones, unless `removed` asks for removed ones too. */
  get(labelling: number, options?: { readonly removed?: boolean }): StoredLabelling;
  /** Newest first. */
  list(): readonly StoredLabelling[];
  counts(labelling: number): LabelCounts;
  methods(labelling: number): readonly LabelMethod[];
  /** What the methods say, over what they said before; what people said stays. One sentence each; about 500 a call. */
  found(labelling: number, sentences: ReadonlyMap<number, FoundInSentence>): void;
  sentences(labelling: number, from: number, count: number): readonly StoredLabelSentence[];
  spansOf(labelling: number, sentence: number): readonly LabelSpan[];
  /** Ids of spans in order; `total` of those that match, `ids` at most `limit` of them. */
  order(labelling: number, filter: SpanFilter, limit: number): { readonly ids: readonly number[]; readonly total: number };
  /** In the order of `ids`; `not-found` for one that is not of this labelling. At most 500 a call. */
  spans(labelling: number, ids: readonly number[]): readonly LabelSpan[];
  agreement(labelling: number): readonly { readonly label: string; readonly spans: number; readonly agree: number }[];
};

/** What an operation may say about spans; see `Recorder`. */
export type SpanJudgement = SpanChange & { readonly annotator: number; readonly at: number };
