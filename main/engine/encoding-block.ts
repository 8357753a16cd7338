import { Failure } from '../contract/errors.ts';
import { planBatches } from './encoder-batches.ts';
import type { Encoder } from './encoder.ts';
import type { TokenTable } from './tokenizer.ts';
import type { BlockPlan, VectorFolder } from './vectors-folder.ts';
import { digestOf, isTruncated, keysOf, keyWords, markTruncated } from './vectors-keys.ts';

/**
 * A block of sentences on its way to vectors: first `prepareBlock` (keys, tokens: while the block before is inferred), then `planBlock` (rows and batches:
 * when that one is done).
 */
export type PreparedBlock = {
  readonly count: number;
  readonly keys: Uint32Array;
  /** Ordinals within the block whose texts were new when it was prepared, each text once. */
  readonly candidates: readonly number[];
  readonly tokens: TokenTable;
};

export const prepareBlock = async (encoder: Encoder, folder: VectorFolder, texts: readonly string[], signal: AbortSignal): Promise<PreparedBlock> => {
  const keys = keysOf(encoder.description.prefix, texts);
  const firstOf = firstOccurrences(keys, texts.length);
  const candidates = Array.from(texts.keys()).filter((index) => firstOf[index] === index && folder.table.find(keys, index) < 0);
  const tokens = await encoder.tokenise(candidates.map((index) => texts[index] ?? ''), signal);
  return { count: texts.length, keys, candidates, tokens };
};

/** For each sentence of a block the first one with the same text. */
const firstOccurrences = (keys: Uint32Array, count: number): Uint32Array => {
  const seen = new Map<string, number>();
  return Uint32Array.from({ length: count }, (_, index) => {
    const key = keys.subarray(index * keyWords, (index + 1) * keyWords).join();
    const first = seen.get(key);
    if (first !== undefined) return first;
    seen.set(key, index);
    return index;
  });
};

export type PlannedBlock = {
  readonly plan: BlockPlan;
  /** Batches as places in the token table. */
  readonly batches: readonly Uint32Array[];
  /** Tokens of the new sentences. */
  readonly table: TokenTable;
  readonly firstRow: number;
  readonly doneBatches: number;
  /** Row of each sentence of the block. */
  readonly rows: Uint32Array;
  readonly reused: number;
  readonly truncated: readonly number[];
  readonly tokens: number;
  readonly paddedTokens: number;
};

/** Gives rows to the new sentences in order of the collection, and sorts them into batches. `start` is the ordinal of the block's first sentence. */
export const planBlock = (folder: VectorFolder, prepared: PreparedBlock, place: { readonly encoding: number; readonly block: number; readonly start: number }, batchTokens: number): PlannedBlock => {
  const { keys, count } = prepared;
  const fresh = prepared.candidates.map((ordinal, index) => ({ ordinal, index })).filter(({ ordinal }) => folder.table.find(keys, ordinal) < 0);
  const table = fresh.length === prepared.candidates.length ? prepared.tokens : pick(prepared.tokens, fresh.map(({ index }) => index));
  const newKeys = new Uint32Array(fresh.length * keyWords);
  for (const [at, { ordinal }] of fresh.entries()) {
    newKeys.set(keys.subarray(ordinal * keyWords, (ordinal + 1) * keyWords), at * keyWords);
    if (table.truncated[at] === 1) markTruncated(newKeys, at);
  }
  const { batches, tokens, paddedTokens } = planBatches(table, batchTokens);
  const plan: BlockPlan = { encoding: place.encoding, block: place.block, digest: digestOf(keys), newKeys, newRows: fresh.length, batches };
  const { firstRow, doneBatches } = folder.begin(plan);
  const { rows, truncated } = rowsOf(folder, keys, count, newKeys, firstRow);
  return { plan, batches, table, firstRow, doneBatches, rows, reused: count - fresh.length, truncated: truncated.map((ordinal) => place.start + ordinal), tokens, paddedTokens };
};

const rowsOf = (folder: VectorFolder, keys: Uint32Array, count: number, newKeys: Uint32Array, firstRow: number): { rows: Uint32Array; truncated: number[] } => {
  const added = new Map<string, number>();
  const withoutFlag = 0x7fff_ffff;
  const name = (words: Uint32Array, index: number): string => {
    const at = index * keyWords;
    return `${words[at] ?? 0},${words[at + 1] ?? 0},${words[at + 2] ?? 0},${(words[at + 3] ?? 0) & withoutFlag}`;
  };
  for (let index = 0; index < newKeys.length / keyWords; index += 1) added.set(name(newKeys, index), index);
  const truncated: number[] = [];
  const rows = new Uint32Array(count);
  for (let ordinal = 0; ordinal < count; ordinal += 1) {
    const known = folder.table.find(keys, ordinal);
    const place = known >= 0 ? -1 : added.get(name(keys, ordinal)) ?? -1;
    if (known < 0 && place < 0) throw new Failure('internal', `Sentence ${ordinal} of a block has no row.`);
    rows[ordinal] = known >= 0 ? known : firstRow + place;
    if (known >= 0 ? folder.table.truncated(known) : isTruncated(newKeys, place)) truncated.push(ordinal);
  }
  return { rows, truncated };
};

const pick = (table: TokenTable, places: readonly number[]): TokenTable => {
  const offsets = new Uint32Array(places.length + 1);
  for (const [at, place] of places.entries()) offsets[at + 1] = (offsets[at] ?? 0) + (table.offsets[place + 1] ?? 0) - (table.offsets[place] ?? 0);
  const ids = new Int32Array(offsets[places.length] ?? 0);
  for (const [at, place] of places.entries()) ids.set(table.ids.subarray(table.offsets[place] ?? 0, table.offsets[place + 1] ?? 0), offsets[at] ?? 0);
  return { count: places.length, ids, offsets, truncated: Uint8Array.from(places, (place) => table.truncated[place] ?? 0) };
};
