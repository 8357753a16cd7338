import type { PairOrigin, PairRow } from '../contract/pairs.ts';
import { Failure } from '../contract/errors.ts';
import { collectionFiles } from './collection-files.ts';
import { chunkLength } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import { columnNamed } from './numbers.ts';
import type { Overlay } from './overlay.ts';
import type { PairBlocks } from './pair-blocks.ts';
import { createPairReviews } from './pair-reviews.ts';
import { decisionColumn, decisionReject, isInternal } from './review-columns.ts';
import { cutOf, isKept } from './select.ts';
import { sentenceKey } from './sentence-key.ts';
import { shownId } from './sentences.ts';

type Sentence = { readonly file: number; readonly line: number; readonly count: number; readonly external: string | null; readonly body: string };
type Place = { readonly file: number; readonly line: number };

export type PairRows = (origin: PairOrigin, ids: ArrayLike<number>, columnNames: readonly string[] | null, firstPosition: number) => readonly PairRow[];

/** The rows of the table: both texts with provenance, the values of columns, and whether the pair is kept. About 5 µs a pair and side. */
export const createPairRows = (sql: Sql, blocks: PairBlocks, columns: ColumnStore, overlay: Overlay, commentCount: (pair: number) => number): PairRows => (origin, ids, columnNames, firstPosition) => {
  const block = blocks.get(origin);
  const stranger = Array.from(ids).find((id) => id < block.first || id >= block.first + block.count);
  if (stranger !== undefined) throw new Failure('not-found', `Pair ${stranger} does not belong to these pairs.`);
  const sides = { source: createSide(sql, block.source, false), target: createSide(sql, block.target, true) };
  const shown = columnNames === null ? columns.visible(origin).filter(({ name }) => !isInternal(name)) : columnNames.map((name) => columnNamed(columns, origin, name));
  const values = shown.map((column) => ({ name: column.name, cells: columns.valuesOf(column, ids) }));
  const cut = cutOf(sql, origin);
  const margin = cut === null ? null : columns.find(origin, 'margin');
  const margins = margin === null ? null : columns.valuesOf(margin, ids);
  const decision = columns.find(origin, decisionColumn);
  const decisions = decision === null ? null : columns.valuesOf(decision, ids);
  const edited = { source: overlay.texts('source', ids), target: overlay.texts('target', ids) };
  const reviews = createPairReviews(blocks, columns, commentCount)(origin, ids);
  return Array.from(ids, (id, index): PairRow => {
    const at = id - block.first;
    const { sources, targets, files, lines } = blocks.chunk(block, Math.floor(at / chunkLength));
    const inChunk = at % chunkLength;
    const place = lines === null ? null : { file: files?.[inChunk] ?? 0, line: lines[inChunk] ?? 0 };
    const decided = Number(decisions?.[index] ?? 0);
    const kept = isKept(cut, Number(margins?.[index] ?? NaN), decided);
    return {
      id,
      position: firstPosition + index,
      source: withEdit(sides.source(sources[inChunk] ?? 0, place), edited.source[index] ?? null),
      target: withEdit(sides.target(targets[inChunk] ?? 0, place), edited.target[index] ?? null),
      values: Object.fromEntries(values.map(({ name, cells }) => [name, cells[index] ?? null])),
      kept,
      dropReason: kept !== false ? null : decided === decisionReject ? 'rejected' : 'cut',
      review: reviews(id, index),
    };
  });
};

const withEdit = (side: PairRow['source'], body: string | null): PairRow['source'] => (body === null ? side : { ...side, text: body, original: side.text });

/** `pairPlace`: where this pair stood (bitexts), which may be another line than that of the sentence's first occurrence, under another id. */
const createSide = (sql: Sql, collection: number, isTarget: boolean) => {
  const files = collectionFiles(sql, collection);
  const language = sql.value<string>('SELECT language FROM collection WHERE id = ?', collection) ?? 'und';
  return (ordinal: number, pairPlace: Place | null): PairRow['source'] => {
    const key = sentenceKey(collection, ordinal);
    const sentence = sql.get<Sentence>('SELECT file, line, count, external, body FROM sentence WHERE id = ?', key);
    if (sentence === undefined) throw new Failure('not-found', `Collection ${collection} has no sentence ${ordinal}.`);
    const place = pairPlace === null ? sentence : { file: isTarget ? files.targetOf(pairPlace.file) : pairPlace.file, line: pairPlace.line };
    const { file, line } = place;
    const isFirst = file === sentence.file && line === sentence.line;
    const external = isFirst ? sentence.external : externalAt(sql, key, place) ?? sentence.external;
    return { text: sentence.body, language, id: shownId({ file, line, external }, files.several), ordinal, file: files.nameOf(file), line, count: sentence.count, original: null };
  };
};

const externalAt = (sql: Sql, key: number, { file, line }: Place): string | null =>
  sql.value<string | null>('SELECT external FROM occurrence WHERE sentence = ? AND file = ? AND line = ? ORDER BY no LIMIT 1', key, file, line) ?? null;
