import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Collection, ImportRequest } from '../../contract/corpora.ts';
import { Failure } from '../../contract/errors.ts';
import type { Project } from '../../store/api.ts';
import { DecompressionError } from './byte-source.ts';
import { fileSize } from './file-problem.ts';
import { collectionShape } from './import-options.ts';
import { openRecords, type RecordStream } from './record-stream.ts';
import { openSink, type Sink } from './sinks.ts';

/**
 * One import: the files in their order, every line in exactly one count, constant memory, no synchronous slice beyond a few milliseconds.
 *
 * A file that breaks off (a truncated or damaged archive) ends the import at that place with what was read before it, as a collection in the state `partial`.
 */

export type ImportRun = {
  readonly project: Project;
  readonly collection: number;
  readonly request: ImportRequest;
  readonly annotator: string;
  readonly signal: AbortSignal;
  /** Bytes on disk read so far, of all files. */
  progress(bytes: number): void;
  /** Everything is read; the rest takes moments and is not to be cancelled. */
  saving(): void;
};

type Files = Collection['files'];

/** Bytes of the request's files on disk. */
export const bytesOf = async (request: ImportRequest): Promise<readonly number[]> =>
  Promise.all(request.files.flatMap(({ path, targetPath }) => (targetPath === null ? [path] : [path, targetPath])).map(fileSize));

export const runImport = async (run: ImportRun): Promise<void> => {
  const { project, collection, request } = run;
  const { kind } = collectionShape(request.files);
  const files = await plannedFiles(request);
  project.collections.progress(collection, { files });
  const sink = await openSink(project, collection, request, kind, files.length > 1);
  let breakage: Breakage | null = null;
  try {
    breakage = await readFiles(run, files, sink);
    const { size } = sink.counts();
    if (size === 0) throw nothingKept(run, sink, breakage);
    run.saving();
    await sink.finish();
  } catch (thrown) {
    sink.abort();
    throw thrown;
  }
  project.collections.finish(collection, { counts: sink.counts(), files, columns: [...sink.columns], state: breakage === null ? 'ready' : 'partial' });
  await project.operations.run({ title: `Imported ${request.name}`, annotator: run.annotator }, (recorder) => recorder.addedCollection(collection));
  if (breakage !== null) throw brokenFile(breakage, sink);
};

const plannedFiles = async (request: ImportRequest): Promise<Files> => {
  const sizes = await bytesOf(request);
  return request.files
    .flatMap(({ path, targetPath, options }) => (targetPath === null ? [path] : [path, targetPath]).map((one) => ({ path: one, options })))
    .map(({ path, options }, index) => ({ path, bytes: sizes[index] ?? 0, sha256: '', lines: 0, options }));
};

/** A file whose compressed data ends or goes wrong before its end. */
type Breakage = { readonly path: string; readonly lines: number; readonly kind: 'truncated' | 'corrupt'; readonly unread: readonly string[] };

/** Reads all files into the sink and fills in their checksums and lines. */
const readFiles = async (run: ImportRun, files: Files, sink: Sink): Promise<Breakage | null> => {
  const pace = createPace(run.signal);
  let first = 0;
  let bytesBefore = 0;
  for (const file of run.request.files) {
    run.signal.throwIfAborted();
    const stream = await openRecords(file, run.signal);
    const note = (): void => stream.files.forEach((one, at) => {
      const known = files[first + at];
      if (known !== undefined) files[first + at] = { ...known, lines: one.lines(), sha256: one.bytes.sha256() };
    });
    try {
      await readRecords(run, stream, first, bytesBefore, sink, pace);
      note();
    } catch (thrown) {
      if (!(thrown instanceof DecompressionError)) throw thrown;
      note();
      const broken = stream.files.find((one) => one.bytes.failed()) ?? stream.files[0];
      return { path: broken?.path ?? file.path, lines: broken?.lines() ?? 0, kind: thrown.kind, unread: files.slice(first + stream.files.length).map(({ path }) => basename(path)) };
    }
    bytesBefore += stream.files.reduce((sum, one) => sum + one.bytes.bytesRead(), 0);
    first += stream.files.length;
  }
  return null;
};

const readRecords = async (run: ImportRun, stream: RecordStream, file: number, bytesBefore: number, sink: Sink, pace: Pace): Promise<void> => {
  let batches = 0;
  for await (const batch of stream.batches) {
    for (const placed of batch) {
      for (const _row of sink.add(placed, file)) if (pace.due()) await pace.rest();
    }
    if (pace.due()) await pace.rest();
    run.signal.throwIfAborted();
    run.progress(bytesBefore + stream.files.reduce((sum, one) => sum + one.bytes.bytesRead(), 0));
    batches += 1;
    if (batches % 64 === 0) run.project.collections.progress(run.collection, { counts: sink.counts() });
  }
};

type Pace = { due(): boolean; rest(): Promise<void> };

/** Gives the event loop a turn every 15 ms; looks at the clock at every 16th row only. */
const createPace = (signal: AbortSignal): Pace => {
  let last = performance.now();
  let rows = 0;
  return {
    due: () => { rows += 1; return rows % 16 === 0 && performance.now() - last >= 15; },
    rest: async () => {
      await setImmediate();
      signal.throwIfAborted();
      last = performance.now();
    },
  };
};

const nothingKept = ({ request }: ImportRun, sink: Sink, breakage: Breakage | null): Failure => {
  const { lines, empty, malformed } = sink.counts();
  const names = request.files.map(({ path }) => `"${basename(path)}"`).join(', ');
  if (malformed === 0) {
    return new Failure('empty-input', `There is no text in ${names}: ${lines === 0 ? 'not one line could be read' : `all ${lines} lines are empty`}${breakage === null ? '' : ', and the file breaks off'}.`, { detail: 'Nothing was imported.', hint: 'Check whether the file was written or downloaded completely, and whether the right column is the text.' });
  }
  return new Failure('malformed-input', `None of the ${lines} lines of ${names} could be read: ${malformed} are malformed and ${empty} empty.`, {
    detail: 'Nothing was imported.', hint: 'Look at the sample in the import dialog: the encoding, the number of columns or their roles are probably not what the file has.',
  });
};

const brokenFile = ({ path, lines, kind, unread }: Breakage, sink: Sink): Failure => {
  const { size } = sink.counts();
  const left = unread.length === 0 ? '' : ` Not read: ${unread.join(', ')}.`;
  return new Failure('malformed-input', `"${basename(path)}" ${kind === 'truncated' ? 'breaks off in the middle of its compressed data after' : 'is damaged at or before'} line ${lines}.`, {
    detail: `${kind === 'truncated' ? 'What stood before that place is kept' : 'What could be read is kept, but some of it may be wrong'}: ${size} distinct records, in a collection marked as partial.${left}`,
    hint: 'Download or copy the file again, remove the partial collection and import anew.',
  });
};
