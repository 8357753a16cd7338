import { closeSync, openSync, readSync } from 'node:fs';
import { Failure } from '../../contract/errors.ts';
import type { Run } from '../../contract/mine.ts';
import type { Project } from '../../store/api.ts';

/** Bytes of one record of the engine's `pairs.bin`: see `contract/engine.ts`. */
const recordBytes = 32;
const sliceRecords = 8192;

export type PairSlice = {
  readonly margins: Float64Array; readonly cosines: Float64Array;
  readonly sources: Uint32Array; readonly targets: Uint32Array;
  readonly forwardRanks: Uint32Array; readonly backwardRanks: Uint32Array;
};

/** Reads the engine's pairs slice by slice. */
export function* readPairs(path: string, count: number): Generator<PairSlice> {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(sliceRecords * recordBytes);
    for (let first = 0; first < count; first += sliceRecords) {
      const records = Math.min(sliceRecords, count - first);
      const wanted = records * recordBytes;
      if (readSync(file, bytes, 0, wanted, first * recordBytes) !== wanted) {
        throw new Failure('internal', `The file of pairs ends too early: ${path}.`, { hint: 'Run the mining again; its vectors are kept.' });
      }
      yield decode(new DataView(bytes.buffer, 0, wanted), records);
    }
  } finally {
    closeSync(file);
  }
}

const decode = (view: DataView, records: number): PairSlice => {
  const slice: PairSlice = {
    margins: new Float64Array(records), cosines: new Float64Array(records), sources: new Uint32Array(records), targets: new Uint32Array(records),
    forwardRanks: new Uint32Array(records), backwardRanks: new Uint32Array(records),
  };
  for (let i = 0; i < records; i += 1) {
    const at = i * recordBytes;
    slice.margins[i] = view.getFloat64(at, true);
    slice.cosines[i] = view.getFloat64(at + 8, true);
    slice.sources[i] = view.getUint32(at + 16, true);
    slice.targets[i] = view.getUint32(at + 20, true);
    slice.forwardRanks[i] = view.getUint16(at + 24, true);
    slice.backwardRanks[i] = view.getUint16(at + 26, true);
  }
  return slice;
};

export type LoadInput = {
  readonly project: Project; readonly run: Run; readonly path: string; readonly count: number;
  /** Collections that hold the sentences of the two sides. */
  readonly sides: { readonly source: number; readonly target: number };
  /** The pairs that were scored, ascending, where they were given: hidden ones are left out. Null: mined, all of them. */
  readonly scored: Uint32Array | null;
  readonly progress: (done: number) => void;
  readonly signal: AbortSignal;
};

/** Puts a run's pairs and their columns (margin, cosine, ranks) into the project; an earlier set of the same run is replaced. */
export const loadPairs = async ({ project, run, path, count, sides, scored, progress, signal }: LoadInput): Promise<void> => {
  const origin = { run: run.id };
  const pause = (): Promise<void> => new Promise((go) => { setImmediate(go); });
  if (run.kind === 'mine') {
    const writer = project.pairs.writer(origin, sides);
    try {
      let done = 0;
      for (const slice of readPairs(path, count)) {
        signal.throwIfAborted();
        writer.append(slice.sources, slice.targets);
        done += slice.sources.length;
        progress(done / 2);
        await pause();
      }
      writer.finish();
    } catch (thrown) {
      writer.abort();
      throw thrown;
    }
  }
  const { first } = project.pairs.range(origin);
  const column = (name: string, kind: 'f64' | 'u32') => project.columns.create({ origin, name, kind, producer: 'mine', signature: run.signature });
  const [margin, cosine, forward, backward] = [column('margin', 'f64'), column('cosine', 'f64'), column('forwardRank', 'u32'), column('backwardRank', 'u32')];
  let done = 0;
  for (const slice of readPairs(path, count)) {
    signal.throwIfAborted();
    const length = slice.sources.length;
    const ids = scored?.subarray(done, done + length) ?? null;
    for (const [target, values] of [[margin, slice.margins], [cosine, slice.cosines], [forward, slice.forwardRanks], [backward, slice.backwardRanks]] as const) {
      project.columns.write(target, ids?.[0] ?? first + done, ids === null ? values : spread(values, ids));
    }
    done += length;
    progress((count + done) / 2);
    await pause();
  }
};

/** Values of ascending ids with room for the ids between them, which have none. */
const spread = (values: Float64Array | Uint32Array, ids: Uint32Array): Float64Array | Uint32Array => {
  const [start, length] = [ids[0] ?? 0, (ids.at(-1) ?? -1) - (ids[0] ?? 0) + 1];
  if (length === values.length) return values;
  const all = values instanceof Float64Array ? new Float64Array(length).fill(Number.NaN) : new Uint32Array(length);
  ids.forEach((id, at) => { all[id - start] = values[at] ?? 0; });
  return all;
};
