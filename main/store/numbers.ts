import { Failure } from '../contract/errors.ts';
import type { PairOrigin } from '../contract/pairs.ts';
import type { Column, PairRange } from './api.ts';
import { extent } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import { createPacer } from './pacer.ts';
import type { PairBlocks, StoredBlock } from './pair-blocks.ts';
import type { PairLengths } from './pair-lengths.ts';

/** Anything about pairs that is a number: a stored column, or what follows from the texts as they read now. */
export type Numbers = PairRange & {
  readonly name: string;
  /** The values are codes of this column's labels. */
  readonly labels: Column | null;
  /** Values of pairs `no * 65,536 ...`: read them, never write. */
  chunk(no: number): ArrayLike<number>;
  extent(): { readonly minimum: number | null; readonly maximum: number | null };
};

export type NumbersStore = {
  isKnown(origin: PairOrigin, name: string): boolean;
  /** @throws Failure `bad-input` that names the columns there are. */
  named(origin: PairOrigin, name: string, signal: AbortSignal | undefined): Promise<Numbers>;
};

/** Measures of the texts; a stored column of the same name goes before. */
const measures = ['sourceLength', 'targetLength', 'lengthRatio'] as const;
type Measure = (typeof measures)[number];

export const createNumbers = (blocks: PairBlocks, columns: ColumnStore, lengths: PairLengths): NumbersStore => {
  const measured = async (block: StoredBlock, name: Measure, signal: AbortSignal | undefined): Promise<Numbers> => {
    const [sources, targets] = [name === 'targetLength' ? [] : await lengths.of(block, 'source', signal), name === 'sourceLength' ? [] : await lengths.of(block, 'target', signal)];
    const chunks = name === 'lengthRatio' ? await ratiosOf(sources, targets, signal) : name === 'sourceLength' ? sources : targets;
    return {
      name, first: block.first, count: block.count, labels: null, chunk: (no) => chunks[no] ?? [],
      extent: () => {
        const bounds = chunks.map(extent).flatMap(({ minimum, maximum }) => (minimum === null || maximum === null ? [] : [minimum, maximum]));
        return bounds.length === 0 ? { minimum: null, maximum: null } : { minimum: Math.min(...bounds), maximum: Math.max(...bounds) };
      },
    };
  };
  const stored = (origin: PairOrigin, column: Column): Numbers => ({
    name: column.name, first: column.first, count: column.count, labels: column.kind === 'label' ? column : null,
    chunk: (no) => columns.chunk(column, no),
    extent: () => columns.list(origin).find(({ id }) => id === column.id) ?? { minimum: null, maximum: null },
  });
  const measureOf = (name: string): Measure | undefined => measures.find((one) => one === name);
  return {
    isKnown: (origin, name) => measureOf(name) !== undefined || columns.find(origin, name) !== null,
    named: async (origin, name, signal) => {
      const column = columns.find(origin, name);
      if (column !== null) return stored(origin, column);
      const measure = measureOf(name);
      if (measure !== undefined) return measured(blocks.get(origin), measure, signal);
      return stored(origin, columnNamed(columns, origin, name));
    },
  };
};

/** Target / source; missing where the source is empty. */
const ratiosOf = async (sources: readonly Uint32Array[], targets: readonly Uint32Array[], signal: AbortSignal | undefined): Promise<readonly Float64Array[]> => {
  const pace = createPacer(signal);
  const chunks: Float64Array[] = [];
  for (const [no, source] of sources.entries()) {
    const target = targets[no];
    const ratios = new Float64Array(source.length);
    for (let at = 0; at < ratios.length; at += 1) {
      const length = source[at] ?? 0;
      ratios[at] = length === 0 ? Number.NaN : (target?.[at] ?? Number.NaN) / length;
    }
    chunks.push(ratios);
    await pace();
  }
  return chunks;
};

export const columnNamed = (columns: ColumnStore, origin: PairOrigin, name: string): Column => {
  const column = columns.find(origin, name);
  if (column === null) {
    const names = [...columns.list(origin).map((known) => known.name), ...measures].map((known) => `“${known}”`).join(', ');
    throw new Failure('bad-input', `These pairs have no column “${name}”.`, { hint: `Their columns are ${names}.` });
  }
  return column;
};
