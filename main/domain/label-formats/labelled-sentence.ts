/**
 * A sentence with labelled spans: what every label format is read into and written from.
 *
 * All places are UTF-16 code units of `text`, as JavaScript counts them, from `start` up to but not including `end`. Formats that count
 * otherwise are converted at their door (`text-offsets.ts`).
 */
export type LabelledSentence = {
  readonly text: string;
  /** By start, then the longer first. They may overlap or nest; a format that cannot hold that lists it as a loss. Only placeholders of a TMX cover no text. */
  readonly spans: readonly LabelledSpan[];
  /** In order and without overlap; absent where the format knows none. */
  readonly tokens?: readonly TextRange[];
  /** The sentence's own name in its file (doccano's `id`, a unit of a TMX). */
  readonly id?: string;
  /** As the file had it: keep it when only the spans change, leave it out of a new sentence (a translation). */
  readonly origin?: SentenceOrigin;
};

export type TextRange = { readonly start: number; readonly end: number };

export type LabelledSpan = TextRange & {
  readonly label: string;
  /** The span's name in its file: brat's `T1`. */
  readonly id?: string;
  /** 0 .. 1, of whoever placed the span. */
  readonly score?: number;
};

/**
 * What of a sentence's file is neither text nor label, so that it can be written again byte for byte.
 *
 * A writer uses it only where `format` is its own and `text` is still the sentence's; what `parts` are is the format's affair.
 */
export type SentenceOrigin = { readonly format: LabelFormatName; readonly text: string; readonly spans: readonly LabelledSpan[]; readonly parts: readonly string[] };

export const labelFormatNames = ['conll', 'jsonl', 'brat', 'xml', 'tmx'] as const;
export type LabelFormatName = (typeof labelFormatNames)[number];

/** A file that was read. `tail` is what follows its last sentence; `style` is how the format writes what is new in it. */
export type LabelledDocument = {
  readonly sentences: readonly LabelledSentence[];
  readonly origin?: DocumentOrigin;
  /** What of the file the sentences do not say, and what would not be written back as it was. */
  readonly losses: readonly LabelLoss[];
};

export type DocumentOrigin = { readonly format: LabelFormatName; readonly style: Readonly<Record<string, string>>; readonly tail: string };

/** Something a format cannot say: never an error, never silent. */
export type LabelLoss = {
  /** Of the document, from 1; null where it concerns the file. */
  readonly sentence: number | null;
  /** Of the file that is read, from 1; null when writing. */
  readonly line: number | null;
  readonly kind: LabelLossKind;
  /** What and why, in a sentence. */
  readonly message: string;
};

export const labelLossKinds = [
  /** Of spans that overlap or nest only one is written. */
  'overlap',
  /** A span's edge lies inside a token; the whole token is labelled. */
  'inside-token',
  /** Text between tokens is not written as it was. */
  'spacing',
  /** Characters that the format cannot hold were replaced. */
  'characters',
  /** A label was changed so that the format can hold it. */
  'label',
  /** A span without text, or of white space alone, where only tokens can carry labels. */
  'empty-span',
  /** A sentence without text, where sentences are what stands between blank lines. */
  'empty-sentence',
  /** Tags that break the scheme's rules were read as conlleval reads them, and are written by the rules. */
  'tag-repaired',
  /** Scores, names, attributes, relations: said by the file, held by no span. */
  'score', 'name', 'attribute', 'relation', 'discontinuous',
  /** Line ends, byte order marks and the like of the file as it was. */
  'layout',
] as const;
export type LabelLossKind = (typeof labelLossKinds)[number];

/** The order that `spans` keep: by start, then the longer first, then by label. */
export const bySpanOrder = (left: LabelledSpan, right: LabelledSpan): number =>
  left.start - right.start || right.end - left.end || (left.label < right.label ? -1 : Number(left.label > right.label));

export const sameSpans = (left: readonly LabelledSpan[], right: readonly LabelledSpan[]): boolean =>
  left === right || (left.length === right.length && left.every((span, at) => isSameSpan(span, right[at])));

const isSameSpan = (left: LabelledSpan, right: LabelledSpan | undefined): boolean =>
  right !== undefined && left.start === right.start && left.end === right.end && left.label === right.label && left.id === right.id && left.score === right.score;

/** The origin, where it is this format's and of the text that still stands. */
export const originFor = (sentence: LabelledSentence, format: LabelFormatName): SentenceOrigin | null =>
  sentence.origin !== undefined && sentence.origin.format === format && sentence.origin.text === sentence.text ? sentence.origin : null;
