import type { Decision, PairOrigin } from '../contract/pairs.ts';
import type { PairEvent, Scheme, Side } from '../contract/review.ts';
import type { Judge } from './review-columns.ts';

/** What the project file offers to the room of judging and editing, beside pairs, views and operations; see `api.ts`. */

export type StoredAnnotator = { readonly id: number; readonly name: string; readonly createdAt: number };

export type Judgement = {
  readonly judge: Judge;
  /** `none` takes the judgement back. */
  readonly decision: Decision;
  /** A path in a scheme, joined by " / "; null: none. */
  readonly label: string | null;
  readonly reason: string | null;
  /** Seconds since 1970. */
  readonly at: number;
};

/** One of many judgements by the same judge, each of another pair. */
export type PairJudgement = Omit<Judgement, 'judge'> & { readonly pair: number };

/** Texts by side, each as long as the ids they belong to. */
export type NewTexts = { readonly source?: readonly (string | null | undefined)[]; readonly target?: readonly (string | null | undefined)[] };
export type PairTexts = { readonly source: readonly string[]; readonly target: readonly string[]; readonly original: { readonly source: readonly string[]; readonly target: readonly string[] } };

/** Some texts of one side of pairs: `json` is a list of them (UTF-8), `places` says where their pairs stand in the list that was asked about. */
export type PackedTexts = { readonly places: Uint32Array; readonly json: Uint8Array; readonly isEdited: boolean };

/** `NewEvent.pair` of the one line that says who made a bulk change, and what it was. */
export const everyPair = -1;

export type NewEvent = {
  readonly pair: number; readonly annotator: number | null; readonly kind: Exclude<PairEvent['kind'], 'imported' | 'mined' | 'bulk'>;
  readonly side: Side | null; readonly before: string | null; readonly after: string | null; readonly at: number;
};

/** An event with the operation it belongs to: null where that is no longer in the history. */
export type StoredEvent = Omit<PairEvent, 'name'> & { readonly op: number | null; /** The name of the history's entry, where no annotator is known by number. */ readonly by: string | null };

export type StoredComment = { readonly pair: number; readonly annotator: number | null; readonly text: string };

export type Draft = { readonly pair: number; readonly side: Side; readonly text: string };

export type Reviews = {
  annotators(): readonly StoredAnnotator[];
  /** `not-found` where there is none. */
  annotator(id: number): StoredAnnotator;
  /** `conflict` where somebody else has the name. */
  addAnnotator(name: string, at: number): StoredAnnotator;
  renameAnnotator(id: number, name: string): StoredAnnotator;
  /** Annotators that judged pairs of the origin, ascending. */
  judges(origin: PairOrigin): readonly number[];
  /** Seconds since 1970 of all that an annotator has judged (and not taken back), ascending. */
  judgementTimes(annotator: number): Promise<Uint32Array>;
  /** Newest first, without the first event (imported, mined); bulk changes have negative numbers. */
  history(origin: PairOrigin, pair: number): readonly StoredEvent[];
  /** What was said about pairs and not taken back; each pair's comments from the first to the last. */
  comments(pairs: ArrayLike<number>): readonly StoredComment[];
  /** A side as it read after the event; null: as it was imported; undefined: the event was undone and is no longer in the history, and it did not change this side. */
  textAfter(pair: number, side: Side, event: StoredEvent): string | null | undefined;
  /** Null: no draft. */
  setDraft(annotator: number, pair: number, side: Side, text: string | null): void;
  drafts(origin: PairOrigin, annotator: number): readonly Draft[];
  /** The project's own; a scheme with the same id is replaced. */
  schemes(): readonly Scheme[];
  setScheme(scheme: Scheme): void;
  removeScheme(id: string): void;
};
