import type { Collection, MalformedLine, SentenceRow } from '../contract/corpora.ts';
import type { Job, LogLine } from '../contract/jobs.ts';
import type { Run } from '../contract/mine.ts';
import type { PairOrigin, PairRow, Predicate } from '../contract/pairs.ts';
import type { HistoryEntry } from '../contract/project.ts';

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
  readonly runs: Runs;
  readonly jobs: Jobs;
  readonly jobLog: JobLog;
  meta(key: string): string | null;
  setMeta(key: string, value: string | null): void;
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
  /** Ids (ascending) that match; a null predicate matches all. The one evaluator: `views`, `histogram`, counts and export all use it. */
  select(origin: PairOrigin, predicate: Predicate | null, signal?: AbortSignal): Promise<Uint32Array>;
  count(origin: PairOrigin, predicate: Predicate | null, signal?: AbortSignal): Promise<number>;
  histogram(request: HistogramRequest, signal?: AbortSignal): Promise<Histogram>;
};

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
};

/** Values of the column `decision`. */
export const decisionNone = 0;
export const decisionAccept = 1;
export const decisionReject = 2;

// ---------------------------------------------------------------- history

export type RunPatch = Partial<Pick<Run, 'cut' | 'cutBy' | 'name' | 'counts'>> & { readonly removed?: boolean };

/** Does a change and writes down its inverse. */
export type Recorder = {
  renameCollection(id: number, name: string): void;
  setCollectionRemoved(id: number, removed: boolean): void;
  /** For imports: undo removes the (finished) collection, redo brings it back. */
  addedCollection(id: number): void;
  addedRun(id: number): void;
  setRun(id: number, patch: RunPatch): void;
  /** One value for many pairs, or one each; ids ascending or not. */
  setColumn(column: Column, ids: Uint32Array, values: number | ArrayLike<number>): Promise<void>;
  /** Accept (keep anyway), reject or forget the decision about pairs: overrides the cut. */
  setDecisions(origin: PairOrigin, ids: Uint32Array, decision: 0 | 1 | 2): Promise<void>;
};

export type Operations = {
  /** Runs one at a time. If `change` throws, everything it did is taken back and the error goes on. A new operation forgets what could be redone. */
  run<T>(about: { readonly title: string; readonly annotator: string; readonly focusPair?: number | null }, change: (recorder: Recorder) => T | Promise<T>): Promise<{ readonly entry: HistoryEntry; readonly result: T }>;
  undo(): Promise<HistoryEntry | null>;
  redo(): Promise<HistoryEntry | null>;
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
