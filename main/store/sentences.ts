import type { SentenceRow } from '../contract/corpora.ts';
import { Failure } from '../contract/errors.ts';
import type { Sentences } from './api.ts';
import { collectionFiles } from './collection-files.ts';
import type { CollectionFiles } from './collection-files.ts';
import type { Sql } from './database.ts';
import { createPacer } from './pacer.ts';
import { ordinalOf, sentenceKey } from './sentence-key.ts';
import { createSentenceWriter } from './sentence-writer.ts';

type Row = { readonly id: number; readonly file: number; readonly line: number; readonly count: number; readonly external: string | null; readonly body: string };
type Place = { readonly file: number; readonly line: number; readonly external: string | null };

export const createSentences = (sql: Sql): Sentences => {
  const writing = new Set<number>();
  const rowText = 'SELECT id, file, line, count, external, body FROM sentence WHERE';
  const rowAt = (collection: number, ordinal: number): Row => found(sql.get<Row>(`${rowText} id = ?`, sentenceKey(collection, ordinal)), collection, ordinal);
  return {
    writer: (collection) => {
      if (writing.has(collection)) throw new Failure('conflict', `Collection ${collection} is being written already.`);
      const writer = createSentenceWriter(sql, collection, () => writing.delete(collection));
      writing.add(collection);
      return writer;
    },
    count: (collection) => sentenceCount(sql, collection),
    page: (collection, from, count) => {
      const files = collectionFiles(sql, collection);
      const rows = sql.all<Row>(`${rowText} id >= ? AND id < ? ORDER BY id`, sentenceKey(collection, from), sentenceKey(collection, from + Math.min(count, 16_384)));
      return rows.map((row) => asSentence(row, files));
    },
    texts: (collection, from, count) => {
      const body = 'SELECT body FROM sentence WHERE id >= ? AND id < ? ORDER BY id';
      return sql.column<string>(body, sentenceKey(collection, from), sentenceKey(collection, from + Math.min(count, 65_536)));
    },
    byOrdinals: (collection, ordinals) => {
      const files = collectionFiles(sql, collection);
      return Array.from(ordinals, (ordinal) => asSentence(rowAt(collection, ordinal), files));
    },
    textsByOrdinals: (collection, ordinals) => {
      const body = 'SELECT body FROM sentence WHERE id = ?';
      return Array.from(ordinals, (ordinal) => found(sql.value<string>(body, sentenceKey(collection, ordinal)), collection, ordinal));
    },
    idsByOrdinals: (collection, ordinals) => {
      const { several } = collectionFiles(sql, collection);
      const place = 'SELECT file, line, external FROM sentence WHERE id = ?';
      return Array.from(ordinals, (ordinal) => shownId(found(sql.get<Place>(place, sentenceKey(collection, ordinal)), collection, ordinal), several));
    },
    ordinalsOfIds: (collection, ids, signal) => ordinalsOfIds(sql, collection, ids, signal),
    occurrences: (collection, ordinal, from, count) => {
      const files = collectionFiles(sql, collection);
      const { file, line, external, count: total } = rowAt(collection, ordinal);
      const key = sentenceKey(collection, ordinal);
      const repeats = 'SELECT file, line, external FROM occurrence WHERE sentence = ? ORDER BY file, line, no LIMIT ? OFFSET ?';
      const later = sql.all<Place>(repeats, key, from === 0 ? count - 1 : count, Math.max(0, from - 1));
      const places = from === 0 ? [{ file, line, external }, ...later] : later;
      return { rows: places.map((place) => ({ file: files.nameOf(place.file), line: place.line, id: place.external })), total };
    },
  };
};

/** The last ordinal + 1: ordinals have no gaps. */
export const sentenceCount = (sql: Sql, collection: number): number => {
  const last = sql.value<number | null>('SELECT max(id) FROM sentence WHERE id >= ? AND id < ?', sentenceKey(collection, 0), sentenceKey(collection + 1, 0));
  return last === undefined || last === null ? 0 : ordinalOf(last) + 1;
};

export const shownId = ({ file, line, external }: Place, severalFiles: boolean): string => external ?? (severalFiles ? `${file + 1}:${line}` : String(line));

const asSentence = (row: Row, files: CollectionFiles): SentenceRow => ({
  ordinal: ordinalOf(row.id), id: shownId(row, files.several), text: row.body, count: row.count, file: files.nameOf(row.file), line: row.line,
});

const found = <T>(value: T | undefined, collection: number, ordinal: number): T => {
  if (value === undefined) throw new Failure('not-found', `Collection ${collection} has no sentence ${ordinal}.`);
  return value;
};

/**
 * One pass over the collection instead of an index on ids, which would cost every import and help only gold lists (1 M sentences: well under a second).
 *
 * Occurrences are looked at only for what the first pass left open; the earliest sentence wins where an id stands twice.
 */
const ordinalsOfIds = async (sql: Sql, collection: number, ids: readonly string[], signal?: AbortSignal): Promise<Int32Array> => {
  const { several } = collectionFiles(sql, collection);
  const pace = createPacer(signal);
  const wanted = new Map<string, number>(ids.map((id) => [id, -1]));
  let open = wanted.size;
  const settle = (key: number, place: Place): void => {
    const id = shownId(place, several);
    if (wanted.get(id) !== -1) return;
    wanted.set(id, ordinalOf(key));
    open -= 1;
  };
  const total = sentenceCount(sql, collection);
  for (const table of ['SELECT id, file, line, external FROM sentence WHERE id >= ? AND id < ? ORDER BY id', 'SELECT sentence, file, line, external FROM occurrence WHERE sentence >= ? AND sentence < ? ORDER BY sentence']) {
    for (let from = 0; from < total && open > 0; from += 4_096) {
      const rows = sql.arrays<[number, number, number, string | null]>(table, sentenceKey(collection, from), sentenceKey(collection, Math.min(total, from + 4_096)));
      for (const [key, file, line, external] of rows) settle(key, { file, line, external });
      await pace();
    }
  }
  return Int32Array.from(ids, (id) => wanted.get(id) ?? -1);
};
