import { Failure } from '../contract/errors.ts';
import type { PairOrigin } from '../contract/pairs.ts';
import type { Side } from '../contract/review.ts';
import type { Column, PairRange } from './api.ts';
import { createByteCache } from './byte-cache.ts';
import { chunkLength, extent } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import { unedited } from './edited-texts.ts';
import type { EditedTexts } from './edited-texts.ts';
import { createPacer } from './pacer.ts';
import type { PairBlocks, StoredBlock } from './pair-blocks.ts';
import type { SentenceFacts } from './sentence-facts.ts';

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

/** Measures of all pairs of a block, kept until a text changes: rows, count, facets and histogram of one filter ask for the same. */
export type MeasureCache = { get(block: StoredBlock, name: Measure): readonly Float64Array[] | undefined; set(block: StoredBlock, name: Measure, version: number, chunks: readonly Float64Array[]): void; version(): number };

export const createMeasureCache = (version: () => number): MeasureCache => {
  const cache = createByteCache<readonly Float64Array[]>(96 * 1024 * 1024, (chunks) => chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  const keyOf = ({ id, count }: StoredBlock, name: Measure, at: number): string => `${id} ${count} ${name} ${at}`;
  return { version, get: (block, name) => cache.get(keyOf(block, name, version())), set: (block, name, at, chunks) => cache.set(keyOf(block, name, at), chunks) };
};

type Texts = { readonly facts: SentenceFacts; readonly edited: EditedTexts; readonly measures: MeasureCache };

export const createNumbers = (blocks: PairBlocks, columns: ColumnStore, { facts, edited, measures: known }: Texts): NumbersStore => {
  const lengths = async (block: StoredBlock, side: Side, signal: AbortSignal | undefined): Promise<readonly Float64Array[]> => {
    const pace = createPacer(signal);
    const [ofSentences, changed] = [await facts.lengths(block[side], signal), await edited.lengths(block, side, signal)];
    const chunks: Float64Array[] = [];
    for (let no = 0; no * chunkLength < block.count; no += 1) {
      const { sources, targets } = blocks.chunk(block, no);
      const ordinals = side === 'source' ? sources : targets;
      const values = new Float64Array(ordinals.length);
      for (let at = 0; at < values.length; at += 1) values[at] = ofSentences[ordinals[at] ?? 0] ?? Number.NaN;
      const edits = changed[no] ?? null;
      if (edits !== null) for (let at = 0; at < values.length; at += 1) if (edits[at] !== unedited) values[at] = edits[at] ?? Number.NaN;
      chunks.push(values);
      await pace();
    }
    return chunks;
  };
  /** Target / source; missing where the source is empty. */
  const ratios = async (block: StoredBlock, signal: AbortSignal | undefined): Promise<readonly Float64Array[]> => {
    const [sources, targets] = await Promise.all([lengths(block, 'source', signal), lengths(block, 'target', signal)]);
    const pace = createPacer(signal);
    const chunks: Float64Array[] = [];
    for (const [no, source] of sources.entries()) {
      const target = targets[no];
      chunks.push(source.map((length, at) => (length === 0 ? Number.NaN : (target?.[at] ?? Number.NaN) / length)));
      await pace();
    }
    return chunks;
  };
  const measured = async (block: StoredBlock, name: Measure, signal: AbortSignal | undefined): Promise<Numbers> => {
    const version = known.version();
    const chunks = known.get(block, name) ?? (name === 'lengthRatio' ? await ratios(block, signal) : await lengths(block, name === 'sourceLength' ? 'source' : 'target', signal));
    known.set(block, name, version, chunks);
    const bounds = chunks.map(extent).filter(({ minimum }) => minimum !== null);
    return {
      name, first: block.first, count: block.count, labels: null, chunk: (no) => chunks[no] ?? [],
      extent: () => (bounds.length === 0 ? { minimum: null, maximum: null } : { minimum: Math.min(...bounds.map(({ minimum }) => minimum ?? 0)), maximum: Math.max(...bounds.map(({ maximum }) => maximum ?? 0)) }),
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

export const columnNamed = (columns: ColumnStore, origin: PairOrigin, name: string): Column => {
  const column = columns.find(origin, name);
  if (column === null) {
    const names = [...columns.list(origin).map((known) => known.name), ...measures].map((known) => `“${known}”`).join(', ');
    throw new Failure('bad-input', `These pairs have no column “${name}”.`, { hint: `Their columns are ${names}.` });
  }
  return column;
};
