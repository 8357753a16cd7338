import type { ImportRequest } from '../../contract/corpora.ts';
import { Failure } from '../../contract/errors.ts';
import type { LineRecord, ValueColumn } from '../../domain/formats/records.ts';
import type { Project } from '../../store/api.ts';
import { readerFor, type PlacedRecord } from './record-stream.ts';
import { sentenceSplitter, type SplitSentences } from './sentence-split.ts';

/** Where records go: sentences or pairs of one collection, with everything counted once. */

export type ImportCounts = { readonly lines: number; readonly empty: number; readonly malformed: number; readonly merged: number; readonly size: number };

export type Sink = {
  readonly columns: readonly ValueColumn[];
  /** Stores one record; yields after every row of it, because a line may hold thousands of sentences. `file`: its index among the collection's files. */
  add(placed: PlacedRecord, file: number): Generator<void, void, undefined>;
  counts(): ImportCounts;
  /** Everything is written; yields. */
  finish(): Promise<void>;
  abort(): void;
};

export const openSink = async (project: Project, collection: number, request: ImportRequest, kind: 'monolingual' | 'bitext', manyFiles: boolean): Promise<Sink> => {
  if (kind === 'bitext') return pairSink(project, collection, request);
  const splitters = new Map<string, SplitSentences>();
  for (const { options } of request.files) if (options.split === 'sentences') splitters.set(options.language, await sentenceSplitter(options.language));
  return sentenceSink(project, collection, request, splitters, manyFiles);
};

/** Counts of what never reaches the store's sentences. A split line counts as its sentences: every record is in exactly one count. */
const createTally = (project: Project, collection: number) => {
  const malformed = project.malformed.writer(collection);
  let kept = 0;
  let empty = 0;
  let bad = 0;
  return {
    /** True where the record was malformed or empty. */
    counted: (record: LineRecord, file: number, line: number): record is Extract<LineRecord, { kind: 'empty' | 'malformed' }> => {
      if (record.kind === 'empty') { empty += 1; return true; }
      if (record.kind !== 'malformed') return false;
      bad += 1;
      malformed.add(file, line, record.column, record.reason, record.excerpt);
      return true;
    },
    keep: (): void => { kept += 1; },
    empty: (): void => { empty += 1; },
    counts: (merged: number, size: number): ImportCounts => ({ lines: kept + empty + bad, empty, malformed: bad, merged, size }),
    flush: (): void => malformed.flush(),
  };
};

const sentenceSink = (project: Project, collection: number, request: ImportRequest, splitters: ReadonlyMap<string, SplitSentences>, manyFiles: boolean): Sink => {
  const tally = createTally(project, collection);
  const writer = project.sentences.writer(collection);
  const splitting = request.files.map(({ options }) => (options.split === 'sentences' ? splitters.get(options.language) : undefined));
  const put = (text: string, id: string | null, file: number, line: number): void => { writer.add(text, id, file, line); tally.keep(); };

  return {
    columns: [],
    *add({ record, line }, file) {
      if (tally.counted(record, file, line) || record.kind !== 'sentence') return;
      const split = splitting[file];
      if (split === undefined) { put(record.text, record.id, file, line); yield; return; }
      // The sentences of one line are told apart by `.1`, `.2` behind the line's own id; a single one keeps it.
      const base = record.id ?? (manyFiles ? `${file + 1}:${line}` : String(line));
      let waiting: string | null = null;
      let no = 0;
      for (const sentence of split(record.text)) {
        if (waiting !== null) { no += 1; put(waiting, `${base}.${no}`, file, line); yield; }
        waiting = sentence;
      }
      if (waiting === null) tally.empty();
      else put(waiting, no === 0 ? record.id : `${base}.${no + 1}`, file, line);
      yield;
    },
    counts: () => tally.counts(writer.merged, writer.size),
    finish: async () => { await writer.finish(); tally.flush(); },
    abort: () => writer.abort(),
  };
};

const pairSink = (project: Project, collection: number, request: ImportRequest): Sink => {
  const tally = createTally(project, collection);
  const { columns, placesOf } = columnsOfFiles(request);
  const sides = project.collections.sides(collection);
  const sources = project.sentences.writer(sides.source);
  const targets = project.sentences.writer(sides.target);
  const pairs = project.pairs.writer({ collection }, { ...sides, columns, merge: true });
  // A Moses pair is two files of the collection but one of the request.
  const requested = request.files.flatMap((file, index) => (file.targetPath === null ? [index] : [index, index]));

  return {
    columns,
    *add({ record, line, side }, file) {
      if (tally.counted(record, file + side, line) || record.kind !== 'pair') return;
      const moses = request.files[requested[file] ?? 0]?.targetPath !== null;
      const source = sources.add(record.source, record.sourceId, file, line);
      const target = targets.add(record.target, record.targetId, moses ? file + 1 : file, line);
      const places = placesOf[requested[file] ?? 0] ?? [];
      const values = columns.map((_, at) => { const place = places[at] ?? -1; return place < 0 ? null : (record.values[place] ?? null); });
      pairs.add(source, target, { values, file, line });
      tally.keep();
      yield;
    },
    counts: () => tally.counts(pairs.merged, pairs.size),
    finish: async () => {
      await sources.finish();
      await targets.finish();
      pairs.finish();
      tally.flush();
    },
    abort: () => { sources.abort(); targets.abort(); pairs.abort(); },
  };
};

/** The columns of all files by name, in the order they are met; and for each file where each of them stands among its own. */
const columnsOfFiles = ({ files }: ImportRequest): { readonly columns: readonly ValueColumn[]; readonly placesOf: readonly (readonly number[])[] } => {
  const own = files.map(({ options }) => (options.layout === 'moses' ? [] : readerFor(options).valueColumns));
  const columns: ValueColumn[] = [];
  for (const column of own.flat()) {
    const known = columns.find(({ name }) => name === column.name);
    if (known === undefined) columns.push(column);
    else if (known.kind !== column.kind) throw new Failure('bad-input', `The column "${column.name}" is a score in one file and a label in another.`, { hint: 'Give it the same role in both, or another name in one of them.' });
  }
  return { columns, placesOf: own.map((mine) => columns.map(({ name }) => mine.findIndex((column) => column.name === name))) };
};
