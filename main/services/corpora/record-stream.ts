import type { ImportFile, ImportOptions } from '../../contract/corpora.ts';
import { Failure } from '../../contract/errors.ts';
import { createLineSplitter, type SplitLine } from '../../domain/formats/line-splitter.ts';
import { columnReader, lineReader, mosesRecord, type LineRecord, type RecordReader } from '../../domain/formats/records.ts';
import { openByteSource, type ByteSource } from './byte-source.ts';
import { codecFor } from './encoding.ts';
import { headLines, readHead } from './file-head.ts';
import { fileFailure } from './file-problem.ts';

/** A file (or a Moses pair of files) as a stream of records, a few hundred at a time. */

export type PlacedRecord = {
  readonly record: LineRecord;
  /** From 1, as an editor counts. */
  readonly line: number;
  /** The file of a malformed line: 0 the file itself, 1 the partner of a Moses pair. */
  readonly side: 0 | 1;
};

export type RecordStream = {
  readonly batches: AsyncGenerator<readonly PlacedRecord[], void, undefined>;
  /** One for each file: the source, and the target of a Moses pair. */
  readonly files: readonly OpenFile[];
};

export type OpenFile = { readonly path: string; readonly bytes: ByteSource; /** Physical lines so far. */ lines(): number };

/** The reader of a layout of one file. */
export const readerFor = (options: ImportOptions): RecordReader => {
  const reader = options.layout === 'lines' ? lineReader() : columnReader(options.columns);
  if (reader === null) throw new Failure('bad-input', 'The columns have no roles that could be read.');
  return reader;
};

export const openRecords = async (file: ImportFile, signal: AbortSignal): Promise<RecordStream> => {
  const source = await openLines(file.path, file.options, signal);
  if (file.targetPath === null) return { files: [source.file], batches: singleRecords(source, file.options) };
  const target = await openLines(file.targetPath, { ...file.options, compression: null }, signal);
  return { files: [source.file, target.file], batches: mosesRecords(source, target, file.options.header) };
};

export type LineStream = { readonly file: OpenFile; readonly batches: AsyncGenerator<readonly SplitLine[], void, undefined> };

/** `compression` null: told by the magic bytes. */
export const openLines = async (path: string, options: Pick<ImportOptions, 'encoding'> & { readonly compression: ImportOptions['compression'] | null }, signal: AbortSignal): Promise<LineStream> => {
  const head = await readHead(path, options.compression, signal);
  const { lineEnd } = headLines(head, options.encoding);
  const splitter = createLineSplitter({ codec: codecFor(options.encoding), lineEnd: lineEnd === 'cr' ? 'cr' : 'lf' });
  const bytes = openByteSource(path, head.compression);
  let lines = 0;

  async function* batches(): AsyncGenerator<readonly SplitLine[], void, undefined> {
    try {
      for await (const chunk of bytes.chunks) {
        signal.throwIfAborted();
        const batch = splitter.push(chunk);
        lines += batch.length;
        // Also an empty batch: whoever reads can look at the clock and at the signal.
        yield batch;
      }
    } catch (thrown) {
      throw fileFailure(path, thrown);
    }
    const rest = splitter.finish();
    lines += rest.length;
    if (rest.length > 0) yield rest;
  }

  return { file: { path, bytes, lines: () => lines }, batches: batches() };
};

async function* singleRecords(source: LineStream, options: ImportOptions): AsyncGenerator<readonly PlacedRecord[], void, undefined> {
  const reader = readerFor(options);
  for await (const batch of source.batches) {
    yield batch.flatMap((line) => (options.header && line.line === 1 ? [] : [{ record: reader.read(line), line: line.line, side: 0 as const }]));
  }
}

/** Both files side by side; where one ends first, every further line of the other is malformed. */
async function* mosesRecords(source: LineStream, target: LineStream, header: boolean): AsyncGenerator<readonly PlacedRecord[], void, undefined> {
  const one = lineQueue(source.batches);
  const other = lineQueue(target.batches);
  try {
    for (;;) {
      const [ready, otherReady] = [await one.ready(), await other.ready()];
      if (!ready && !otherReady) return;
      const placed: PlacedRecord[] = [];
      const count = ready && otherReady ? Math.min(one.size(), other.size()) : Math.max(one.size(), other.size());
      for (let step = 0; step < count; step += 1) {
        const left = one.take();
        const right = other.take();
        const line = left?.line ?? right?.line ?? 0;
        if (header && line === 1) continue;
        placed.push({ record: mosesRecord(left, right), line, side: left === null || (left.problem === null && (right?.problem ?? null) !== null) ? 1 : 0 });
      }
      yield placed;
    }
  } finally {
    await source.batches.return();
    await target.batches.return();
  }
}

type LineQueue = {
  /** False: there are no more lines. */
  ready(): Promise<boolean>;
  size(): number;
  take(): SplitLine | null;
};

const lineQueue = (batches: AsyncGenerator<readonly SplitLine[], void, undefined>): LineQueue => {
  let batch: readonly SplitLine[] = [];
  let at = 0;
  return {
    ready: async () => {
      while (at >= batch.length) {
        const next = await batches.next();
        if (next.done === true) return false;
        batch = next.value;
        at = 0;
      }
      return true;
    },
    size: () => batch.length - at,
    take: () => { const line = batch[at] ?? null; at += 1; return line; },
  };
};
