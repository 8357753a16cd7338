import type { Collection, MalformedLine, SentenceRow } from '../contract/corpora.ts';
import type { Job, LogLine } from '../contract/jobs.ts';
import type { Run } from '../contract/mine.ts';
import type { OutputOf } from '../contract/method.ts';
import type { Flag, PairOrigin, PairRow, Predicate, pairsContract } from '../contract/pairs.ts';
import type { HistoryEntry } from '../contract/project.ts';
import type { Side } from '../contract/review.ts';
import type { Checks, IgnoreScope } from './api-checks.ts';
import type { Labellings, SpanJudgement } from './api-labellings.ts';
import type { Queues, SavedFilters } from './api-queues.ts';
import type { Judgement, NewEvent, NewTexts, PairJudgement, PackedTexts, PairTexts, Reviews } from './api-review.ts';
import type { SeenAs } from './blind-pairs.ts';
import type { Judge, Mark } from './review-columns.ts';

/**
 * What the project file offers to the services: plain data in, plain data out, no SQL outside.
 *
 * Everything that returns a value at once takes less than 50 ms for the sizes stated beside it; everything that returns a promise yields to the
 * event loop at least every 20 ms. All failures are `Failure`s of the contract.
 */

export type Project = {
  /** Absolute path of the `*.dragoman` file. */
  readonly path: string;
  /** The file's name without folder and ending. */
  readonly name: string;
  /** Absolute path of `<name>.dragoman.d`, which exists: vectors, rows, runs, checkpoints; all of it can be rebuilt. */
  readonly folder: string;
  /** A network or cloud-synced folder ...: one sentence each. */
  readonly warnings: readonly string[];
  /** What the last owner left unfinished and what was done about it when this project was opened: one sentence each. */
  readonly recovered: readonly string[];
  readonly collections: Collections;
  readonly sentences: Sentences;
  readonly malformed: Malformed;
  readonly pairs: Pairs;
  readonly columns: Columns;
  readonly views: Views;
  readonly operations: Operations;
  readonly reviews: Reviews;
  readonly checks: Checks;
  readonly queues: Queues;
  readonly filters: SavedFilters;
  readonly labellings: Labellings;
  readonly runs: Runs;
  readonly jobs: Jobs;
  readonly jobLog: JobLog;
  meta(key: string): string | null;
  setMeta(key: string, value: string | null): void;
  /**
   * The same project as somebody may see it: of pairs that they judge blind, only what they said themselves. `null`: somebody who has not said who they are.
   *
   * Figures about many pairs are told sooner than single pairs (`blind-pairs.ts`). Ask for it anew with each question: queues change. Views are shared; `page` shows their rows as this viewer may see them.
   */
  seenBy(annotator: number | null, seenAs?: SeenAs): Project;
  /** Pairs of which this viewer is not told what others said. */
  withheld(origin: PairOrigin): number;
  /** Whether any of these pairs is blind for anybody. */
  isBlind(pairs: ArrayLike<number>): boolean;
  /** Distinct sentences and pairs of everything that is not removed. */
  totals(): { readonly sentences: number; readonly pairs: number };
  /** Tells other openers where this project can be reached; null: it cannot. */
  setLockAddress(address: string | null): void;
  /** A whole, consistent copy of the open project's file; appears under its name only when complete. `file-exists` unless `overwrite`. */
  saveCopy(path: string, options?: { readonly overwrite?: boolean; readonly signal?: AbortSignal }): Promise<{ readonly path: string; readonly bytes: number }>;
  /** Really deletes half-imported collections; with `removed` also what the user removed, and then the history (its undo) with it. */
  purge(options?: { readonly removed?: boolean; readonly signal?: AbortSignal }): Promise<{ readonly sentences: number; readonly pairs: number }>;
  /** Checkpoints, closes and gives the lock back. Closing twice does nothing. */
  close(): void;
};

export type OpenOptions = {
  /** Make the file when it is not there. Default: `project-missing`. */
  readonly create?: boolean;
  /** Where this process can be reached (`http://127.0.0.1:4100/`), written into the lock. */
  readonly address?: string | null;
  /** Where it has what can be made again. Default: beside the file. */
  readonly folder?: string;
};

/** Who has the project open. */
export type Lock = { readonly pid: number; readonly host: string; readonly address: string | null; readonly startedAt: number; readonly processStart: string | null };

// ---------------------------------------------------------------- collections

export type NewCollection = Pick<Collection, 'name' | 'kind' | 'language' | 'targetLanguage'>;

export type CollectionResult = {
  readonly counts: Pick<Collection, 'lines' | 'empty' | 'malformed' | 'merged' | 'size'>;
  readonly files: Collection['files'];
  readonly columns: Collection['columns'];
  readonly state: 'ready' | 'partial';
};

export type Collections = {
  /** State `importing`: shown in `list`; dropped at the next open unless `finish` was called. */
  create(collection: NewCollection): number;
  /** `not-found` for unknown, removed and hidden ones, unless `removed` asks for removed ones too. */
  get(id: number, options?: { readonly removed?: boolean }): Collection;
  list(): readonly Collection[];
  /** While an import runs: the counts so far, and the files (needed to name the file of a sentence). */
  progress(id: number, progress: Partial<Pick<CollectionResult, 'counts' | 'files'>>): void;
  finish(id: number, result: CollectionResult): void;
  /** Without history; `operations.run` with its recorder is the undoable way. */
  rename(id: number, name: string): void;
  setRemoved(id: number, removed: boolean): void;
  /** A cancelled or failed import: gone at once and for good; `purge` frees the space. */
  discard(id: number): void;
  /** Where the sentences are: the collection itself (monolingual, both sides), or the two hidden collections of a bitext. */
  sides(id: number): { readonly source: number; readonly target: number };
};

// ---------------------------------------------------------------- sentences

export type SentenceWriter = {
  /** Distinct sentences, and occurrences merged into one of them, so far. */
  readonly size: number;
  readonly merged: number;
  /** The ordinal of the sentence, new or not. Commits by itself about every 8,000 rows. */
  add(text: string, externalId: string | null, fileIndex: number, line: number): number;
  flush(): void;
  /** Flushes, writes the counts of merged sentences, frees the memory. Yields. */
  finish(): Promise<{ readonly size: number; readonly merged: number }>;
  abort(): void;
};

export type Sentences = {
  /** For a monolingual collection, or a side of a bitext (`collections.sides`). One writer a collection. */
  writer(collection: number): SentenceWriter;
  count(collection: number): number;
  /** At most 16,384 a call. */
  page(collection: number, from: number, count: number): readonly SentenceRow[];
  /** Bodies only, in order of the ordinals; at most 65,536 a call (16,384 take about 15 ms). */
  texts(collection: number, from: number, count: number): string[];
  /** At most 16,384 a call; the order and repetitions of `ordinals`. */
  byOrdinals(collection: number, ordinals: ArrayLike<number>): readonly SentenceRow[];
  textsByOrdinals(collection: number, ordinals: ArrayLike<number>): string[];
  /** The id shown and exported: first external id, else line number from 1 (`2:17` = line 17 of the second file, where there are several). */
  idsByOrdinals(collection: number, ordinals: ArrayLike<number>): string[];
  /** Position -1 where no sentence answers to the id. A merged sentence answers to all its ids. */
  ordinalsOfIds(collection: number, ids: readonly string[], signal?: AbortSignal): Promise<Int32Array>;
  occurrences(collection: number, ordinal: number, from: number, count: number): {
    readonly rows: readonly { readonly file: string; readonly line: number; readonly id: string | null }[]; readonly total: number;
  };
};

export type MalformedWriter = { add(fileIndex: number, line: number, column: number, reason: string, excerpt: string): void; flush(): void };
export type Malformed = {
  writer(collection: number): MalformedWriter;
  page(collection: number, from: number, count: number): { readonly rows: readonly MalformedLine[]; readonly total: number };
};

// ---------------------------------------------------------------- pairs and their columns

export type PairRange = { readonly first: number; readonly count: number };

/** The pairs of one origin: ids `first` to `first + count - 1`; sides are collections that hold sentences. */
export type PairBlock = PairRange & { readonly source: number; readonly target: number };

export type PairWriterOptions = {
  /** Collections that hold sentences (`collections.sides`). */
  readonly source: number;
  readonly target: number;
  /** Imported columns: a `score` takes numbers, a `label` strings; null = none. */
  readonly columns?: readonly { readonly name: string; readonly kind: 'score' | 'label' }[];
  /** Count a repeated (source, target) as merged instead of making a second pair (bitexts). */
  readonly merge?: boolean;
};

export type PairWriter = {
  readonly size: number;
  readonly merged: number;
  /** False where the pair was merged into an earlier one. `line` and `file`: the pair's own provenance (bitexts); for a Moses pair `file` is the source half, the target half follows it. */
  add(source: number, target: number, more?: { readonly values?: readonly (number | string | null)[]; readonly file?: number; readonly line?: number }): boolean;
  append(sources: Uint32Array, targets: Uint32Array): void;
  /** Gives the pairs their ids. An earlier set of pairs of the same origin is replaced. */
  finish(): PairRange;
  abort(): void;
};

export type Pairs = {
  writer(origin: PairOrigin, options: PairWriterOptions): PairWriter;
  /** `not-found` where the origin has no pairs (yet). For a `score-bitext` run: the pairs of its collection. */
  block(origin: PairOrigin): PairBlock;
  range(origin: PairOrigin): PairRange;
  /** Ordinals of both sides of a range of pairs, for the engine's `scorePairs` and for export. At most 65,536 a call. */
  ordinals(origin: PairOrigin, firstPair: number, count: number): { readonly sources: Uint32Array; readonly targets: Uint32Array };
  /** Rows for the page (`position` = index in `ids`); `columns` null: all of the origin. At most 500 a call. */
  rows(origin: PairOrigin, ids: ArrayLike<number>, columns?: readonly string[] | null): readonly PairRow[];
  /** Texts as they read now, and as they were imported; empty lists for sides that are not asked for. At most 4,096 pairs a call keep it under 20 ms. */
  texts(origin: PairOrigin, ids: ArrayLike<number>, sides?: readonly Side[]): PairTexts;
  /** One side of up to 65,536 pairs a call, as they read now, in whatever order is fast, a few thousand at a time: for a thread. */
  packedTexts(origin: PairOrigin, ids: Uint32Array, side: Side, signal?: AbortSignal): AsyncIterable<PackedTexts>;
  /** Ids (ascending) that match; a null predicate matches all. The one evaluator: `views`, `histogram`, counts and export all use it. */
  select(origin: PairOrigin, predicate: Predicate | null, signal?: AbortSignal): Promise<Uint32Array>;
  /** `progress` is told "at least so many" while texts are searched. */
  count(origin: PairOrigin, predicate: Predicate | null, signal?: AbortSignal, progress?: (atLeast: number) => void): Promise<number>;
  histogram(request: HistogramRequest, signal?: AbortSignal): Promise<Histogram>;
  facets(request: FacetsRequest, signal?: AbortSignal): Promise<Facets>;
  /** Somebody looks at these pairs: in spare time, what their first questions would wait for is brought into memory. */
  warm(origin: PairOrigin): void;
};

/** `by`: whose decisions and labels are counted; null = the decisions in force. */
export type FacetsRequest = { readonly origin: PairOrigin; readonly predicate: Predicate | null; readonly by: number | null };
export type Facets = OutputOf<(typeof pairsContract)['pairs.facets']>;

export type HistogramRequest = {
  readonly origin: PairOrigin; readonly column: string; readonly bins: number;
  readonly minimum: number | null; readonly maximum: number | null; readonly predicate: Predicate | null;
};
export type Histogram = { readonly edges: number[]; readonly counts: number[]; readonly below: number; readonly above: number };

/** u8: decisions and flags; f64: scores, NaN = none; u32: counts and lengths; label: u32 codes into a dictionary, 0 = none. */
export type ColumnKind = 'u8' | 'f32' | 'f64' | 'u32' | 'label';
export type ColumnValues = Uint8Array | Float32Array | Float64Array | Uint32Array;

export type Column = PairRange & {
  readonly id: number; readonly name: string; readonly kind: ColumnKind; readonly producer: string; readonly signature: string;
};

export type Columns = {
  /** A column over all pairs of the origin, empty (NaN, 0); one with the same name, origin and producer is emptied and reused. Plain names: `margin`, `cosine`, `forwardRank`. */
  create(column: { readonly origin: PairOrigin; readonly name: string; readonly kind: ColumnKind; readonly producer: string; readonly signature: string }): Column;
  find(origin: PairOrigin, name: string): Column | null;
  /** The contract's `columnInfo`, and the column itself. */
  list(origin: PairOrigin): readonly (Column & { readonly minimum: number | null; readonly maximum: number | null })[];
  /** Values of the column's kind for pairs `firstPair ...`; one transaction, so at most 262,144 a call keep it under 50 ms. Not recorded for undo. */
  write(column: Column, firstPair: number, values: ColumnValues): void;
  read(column: Column, firstPair: number, count: number): ColumnValues;
  /** Values of single pairs: numbers, label texts, null for NaN, no label. */
  valuesOf(column: Column, ids: ArrayLike<number>): (number | string | null)[];
  /** The code of a label; a new one is written with the next `write` of the column. */
  labelCode(column: Column, label: string): number;
  labels(column: Column): readonly string[];
};

export type View = { readonly view: string; readonly count: number; readonly total: number };

export type Views = {
  create(request: { readonly origin: PairOrigin; readonly predicate: Predicate | null; readonly sort: { readonly column: string; readonly descending: boolean } | null }, signal?: AbortSignal): Promise<View>;
  /** `not-found` when the view was pushed out of memory by newer ones: create it again. */
  get(view: string): View & { readonly origin: PairOrigin };
  ids(view: string, from: number, count: number): Uint32Array;
  page(view: string, from: number, count: number): readonly PairRow[];
  /** First position whose value is <= `value` in a descending view, >= in an ascending one; pairs without a value stand last. */
  locate(view: string, value: number): number;
  /** Position of a pair; null where the view has it not. */
  find(view: string, pair: number): number | null;
  /** What a view is sorted by; `length` leaves out the pairs without a value, which stand last. `bad-input` where it is not sorted by a number. */
  sortedValues(view: string): { readonly descending: boolean; readonly length: number; valueAt(position: number): number };
};

// ---------------------------------------------------------------- history

export type RunPatch = Partial<Pick<Run, 'cut' | 'cutBy' | 'name' | 'counts' | 'threshold'>> & { readonly removed?: boolean };

/** Does a change and writes down its inverse. */
export type Recorder = {
  renameCollection(id: number, name: string): void;
  setCollectionRemoved(id: number, removed: boolean): void;
  /** For imports: undo removes the (finished) collection, redo brings it back. */
  addedCollection(id: number): void;
  addedRun(id: number): void;
  setRun(id: number, patch: RunPatch): void;
  /** For labellings: undo removes the (finished) one, redo brings it back. */
  addedLabelling(id: number): void;
  setLabellingRemoved(id: number, removed: boolean): void;
  /** What somebody says about spans of a labelling; what is not named stays. */
  judgeSpans(labelling: number, judgements: readonly SpanJudgement[]): void;
  /** One value for many pairs, or one each; ids ascending or not. */
  setColumn(column: Column, ids: Uint32Array, values: number | ArrayLike<number>): Promise<void>;
  /** What one annotator (or the adjudicator) says about pairs, and the decision in force that follows from it. */
  judge(origin: PairOrigin, ids: Uint32Array, judgement: Judgement): Promise<void>;
  /** The same for judgements that differ from pair to pair: work that was done elsewhere. */
  judgeEach(origin: PairOrigin, judge: Judge, judgements: readonly PairJudgement[]): Promise<void>;
  setFlag(origin: PairOrigin, ids: Uint32Array, flag: Flag, value: boolean, annotator: number): Promise<void>;
  setMark(origin: PairOrigin, ids: Uint32Array, mark: Mark, value: boolean): Promise<void>;
  /** One text a pair and side; null gives the original back, undefined leaves it. Keeps the mark `edited` true. */
  setTexts(origin: PairOrigin, ids: Uint32Array, texts: NewTexts): Promise<void>;
  /** One more pair behind those of the origin, with the sentences and scores of `splitFrom`; undo hides it again. */
  addPair(origin: PairOrigin, splitFrom: number): number;
  /** Hidden pairs are in no list, count or export. */
  hidePairs(origin: PairOrigin, ids: Uint32Array): Promise<void>;
  /** Sets a check aside, or asks for it again: on this pair, in all pairs of the origin, or in the project. The bits of the columns are the caller's (`setColumn`). */
  setCheckIgnored(origin: PairOrigin, pair: number, scope: IgnoreScope, check: string, ignored: boolean): void;
  /** Says more about the operation than was known when it began. */
  describe(about: { readonly title?: string; readonly focusPair?: number }): void;
  /** A line in the history of a pair; struck while the operation is undone. For changes of single pairs: a bulk change is found by what it wrote. */
  addEvent(event: NewEvent): void;
  /** Many in one transaction; some thousand a call. */
  addEvents(events: readonly NewEvent[]): void;
};

export type Operations = {
  /**
   * Runs one at a time. If `change` throws, everything it did is taken back and the error goes on. A new operation forgets what could be redone.
   *
   * Once `signal` is aborted, the error of `change` goes on at once, and the taking back (state `reverting`) is the next operation's business: see `settled`.
   */
  run<T>(about: { readonly title: string; readonly signal?: AbortSignal; readonly annotator: string; readonly focusPair?: number | null; /** Told in the history of each pair by what was written; its records are deleted in slices. */ readonly bulk?: boolean }, change: (recorder: Recorder) => T | Promise<T>): Promise<{ readonly entry: HistoryEntry; readonly result: T }>;
  /** Cancelled on its way it answers at once, and all becomes again as it was before. */
  undo(signal?: AbortSignal): Promise<HistoryEntry | null>;
  redo(signal?: AbortSignal): Promise<HistoryEntry | null>;
  /** Once nothing is being changed, done again or taken back any more. */
  settled(): Promise<void>;
  /** What `undo` and `redo` would take next. */
  next(): { readonly undo: HistoryEntry | null; readonly redo: HistoryEntry | null };
  /** Newest first. */
  history(before: number | null, count: number): readonly HistoryEntry[];
};

// ---------------------------------------------------------------- runs and jobs

export type Runs = {
  create(run: Omit<Run, 'id'>): Run;
  /** `removed`: also one that the user removed. */
  get(id: number, options?: { readonly removed?: boolean }): Run;
  /** Newest first; removed ones hidden. */
  list(): readonly Run[];
  update(id: number, patch: Partial<Omit<Run, 'id'>>): Run;
  setRemoved(id: number, removed: boolean): void;
};

export type Jobs = {
  create(job: Omit<Job, 'id'>, parameters: unknown): Job;
  /** `checkpoint` undefined: the last one stays. */
  save(job: Job, checkpoint?: unknown): void;
  get(id: number): Job;
  /** Newest first, without those cleared. */
  list(): readonly Job[];
  /** JSON as given at `create`; check before use. */
  parameters(id: number): unknown;
  checkpoint(id: number): unknown;
  /** Forgets ended jobs in the list; returns how many. */
  clear(): number;
};

export type JobLog = {
  append(job: number, level: LogLine['level'], text: string): LogLine;
  /** Lines with `no` > after, oldest first. */
  page(job: number, after: number, count: number): { readonly lines: readonly LogLine[]; readonly total: number };
};
