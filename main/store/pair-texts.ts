import type { PairOrigin } from '../contract/pairs.ts';
import type { Side } from '../contract/review.ts';
import { Failure } from '../contract/errors.ts';
import type { PackedTexts, PairTexts } from './api-review.ts';
import { chunkLength, placeOf } from './column-data.ts';
import type { Sql } from './database.ts';
import type { Overlay } from './overlay.ts';
import { createPacer } from './pacer.ts';
import type { PairBlocks, StoredBlock } from './pair-blocks.ts';
import { sentenceKey } from './sentence-key.ts';

/** Both texts of pairs as they read now, and as they were imported: the one way from pairs to texts, beside rows. */
export const createPairTexts = (sql: Sql, blocks: PairBlocks, overlay: Overlay) => (origin: PairOrigin, ids: ArrayLike<number>, sides: readonly Side[] = ['source', 'target']): PairTexts => {
  const block = blocks.get(origin);
  const originals = (side: Side): readonly string[] => (sides.includes(side) ? sentenceTexts(sql, block[side], ordinalsOf(blocks, block, side, ids)) : []);
  const original = { source: originals('source'), target: originals('target') };
  const now = (side: Side): readonly string[] => (sides.includes(side) ? overlay.texts(side, ids).map((body, at) => body ?? original[side][at] ?? '') : []);
  return { source: now('source'), target: now('target'), original };
};

/** Pairs read in one turn of the event loop, about. */
const slice = 2_048;

/**
 * Texts of one side of many pairs (some ten thousand) as they read now, packed for a thread, in turns.
 *
 * Sentences are read in their own order, whichever order the pairs have them in: what mining found stands anywhere, and reading it so takes a third of the
 * time. They never become texts here, which would take as long again.
 */
export const createPackedTexts = (sql: Sql, blocks: PairBlocks, overlay: Overlay) => async function* (origin: PairOrigin, ids: Uint32Array, side: Side, signal?: AbortSignal): AsyncGenerator<PackedTexts, void> {
  const block = blocks.get(origin);
  const pace = createPacer(signal, 8);
  const edited: { readonly at: number; readonly body: string }[] = [];
  for (let from = 0; from < ids.length; from += slice) {
    overlay.texts(side, ids.subarray(from, from + slice)).forEach((body, at) => { if (body !== null) edited.push({ at: from + at, body }); });
    await pace();
  }
  const isEdited = new Uint8Array(ids.length);
  for (const { at } of edited) isEdited[at] = 1;
  const ordinals = ordinalsOf(blocks, block, side, ids);
  await pace();
  const order = placesByValue(ordinals).filter((at) => isEdited[at] === 0);
  await pace();
  for (let from = 0; from < order.length; from += slice) {
    const places = order.subarray(from, from + slice);
    yield { places, json: packedSentences(sql, block[side], places.map((at) => ordinals[at] ?? 0)), isEdited: false };
    await pace();
  }
  for (let from = 0; from < edited.length; from += slice) {
    const part = edited.slice(from, from + slice);
    yield { places: Uint32Array.from(part, ({ at }) => at), json: Buffer.from(JSON.stringify(part.map(({ body }) => body))), isEdited: true };
    await pace();
  }
};

/** Places of values, the smallest first. Numbers sort ten times as fast as places by a function. */
const placesByValue = (values: Uint32Array): Uint32Array => Uint32Array.from(Float64Array.from(values, (value, at) => value * 2 ** 21 + at).sort(), (key) => key % 2 ** 21);

const ordinalsOf = (blocks: PairBlocks, block: StoredBlock, side: Side, ids: ArrayLike<number>): Uint32Array => {
  const found = new Uint32Array(ids.length);
  let base = Number.NaN;
  let ordinals: Uint32Array = new Uint32Array(0);
  for (let place = 0; place < found.length; place += 1) {
    const id = ids[place] ?? 0;
    if (!(id >= base && id < base + chunkLength)) {
      if (id < block.first || id >= block.first + block.count) throw new Failure('not-found', `Pair ${id} does not belong to these pairs.`);
      const { no } = placeOf(block, id);
      base = block.first + no * chunkLength;
      ordinals = blocks.chunk(block, no)[side === 'source' ? 'sources' : 'targets'];
    }
    found[place] = ordinals[id - base] ?? 0;
  }
  return found;
};

/** Sentences that stand close together are read as one range, others by one statement: a tenth and half of the time of reading them one by one. */
const sentenceTexts = (sql: Sql, collection: number, ordinals: Uint32Array): readonly string[] => {
  let low = Number.POSITIVE_INFINITY;
  let high = -1;
  for (const ordinal of ordinals) {
    if (ordinal < low) low = ordinal;
    if (ordinal > high) high = ordinal;
  }
  if (high - low < ordinals.length * 3) {
    const bodies = sql.column<string>('SELECT body FROM sentence WHERE id >= ? AND id <= ? ORDER BY id', sentenceKey(collection, low), sentenceKey(collection, high));
    return Array.from(ordinals, (ordinal) => bodies[ordinal - low] ?? '');
  }
  // CROSS JOIN keeps the order of the list (sqlite.org/optoverview.html, section 6.1).
  return sql.column<string>('SELECT body FROM json_each(?) asked CROSS JOIN sentence ON sentence.id = asked.value + ?', `[${ordinals.join(',')}]`, sentenceKey(collection, 0));
};

/** The texts of sentences, ascending, as a list in JSON. As bytes, because the driver takes three times as long to make a string of them. */
const packedSentences = (sql: Sql, collection: number, ordinals: Uint32Array): Buffer => {
  const [low, high] = [ordinals[0] ?? 0, ordinals[ordinals.length - 1] ?? 0];
  const isRange = high - low === ordinals.length - 1 && ordinals.every((ordinal, at) => ordinal === low + at);
  const packed = isRange
    ? sql.value<Buffer>('SELECT CAST(json_group_array(body) AS BLOB) FROM (SELECT body FROM sentence WHERE id >= ? AND id <= ? ORDER BY id)', sentenceKey(collection, low), sentenceKey(collection, high))
    : sql.value<Buffer>('SELECT CAST(json_group_array(body) AS BLOB) FROM (SELECT body FROM json_each(?) asked CROSS JOIN sentence ON sentence.id = asked.value + ?)', `[${ordinals.join(',')}]`, sentenceKey(collection, 0));
  return packed ?? Buffer.from('[]');
};
