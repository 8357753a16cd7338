import { Failure } from '../contract/errors.ts';
import type { SentenceWriter } from './api.ts';
import type { Sql } from './database.ts';
import { createPacer } from './pacer.ts';
import { sentenceKey } from './sentence-key.ts';
import { createTextIndex, enlarged, freeAtOnce, hashText } from './text-index.ts';

const batchRows = 8_192;
const batchCharacters = 2_000_000;

type NewSentence = { readonly file: number; readonly line: number; readonly external: string | null; readonly body: string };
type Repeat = { readonly ordinal: number; readonly file: number; readonly line: number; readonly no: number; readonly external: string | null };

/**
 * Appends sentences to one collection, merging those whose text is the same.
 *
 * Rows wait in memory and are written in one transaction a batch, because the rest of the program shares the connection and must never find a
 * transaction open. Beside the batch it holds 12 to 25 bytes a distinct sentence: the text index and the counts.
 */
export const createSentenceWriter = (sql: Sql, collection: number, closed: () => void): SentenceWriter => {
  if (sql.value<number>('SELECT 1 FROM sentence WHERE id >= ? AND id < ? LIMIT 1', sentenceKey(collection, 0), sentenceKey(collection + 1, 0)) === 1) {
    throw new Failure('conflict', `Collection ${collection} has sentences already; a collection is written once.`);
  }
  const index = createTextIndex();
  let counts = new Uint32Array(4_096);
  let fresh: NewSentence[] = [];
  let repeats: Repeat[] = [];
  let characters = 0;
  let size = 0;
  let merged = 0;
  let open = true;

  const bodyStatement = sql.driver.prepare<[number], string>('SELECT body FROM sentence WHERE id = ?').pluck(true);
  const insertSentence = sql.driver.prepare('INSERT INTO sentence(id, file, line, external, body) VALUES (?, ?, ?, ?, ?)');
  const insertRepeat = sql.driver.prepare('INSERT INTO occurrence(sentence, file, line, no, external) VALUES (?, ?, ?, ?, ?)');

  const bodyOf = (ordinal: number): string | undefined => {
    const written = size - fresh.length;
    return ordinal >= written ? fresh[ordinal - written]?.body : bodyStatement.get(sentenceKey(collection, ordinal));
  };
  const flush = (): void => {
    if (fresh.length + repeats.length === 0) return;
    sql.transaction(() => {
      let key = sentenceKey(collection, size - fresh.length);
      for (const { file, line, external, body } of fresh) insertSentence.run(key++, file, line, external, body);
      for (const { ordinal, file, line, no, external } of repeats) insertRepeat.run(sentenceKey(collection, ordinal), file, line, no, external);
    });
    fresh = [];
    repeats = [];
    characters = 0;
  };
  const close = (): void => {
    if (!open) return;
    open = false;
    fresh = [];
    repeats = [];
    index.free();
    freeAtOnce(counts);
    closed();
  };

  return {
    get size() { return size; },
    get merged() { return merged; },
    add: (text, external, file, line) => {
      if (!open) throw new Failure('internal', 'A sentence was added to a collection that is finished.');
      const found = index.findOrAdd(hashText(text), size, (ordinal) => bodyOf(ordinal) === text);
      const ordinal = found < 0 ? size : found;
      if (found < 0) {
        if (size === counts.length) counts = enlarged(counts, counts.length + (counts.length >> 1));
        counts[size] = 1;
        fresh.push({ file, line, external, body: text });
        characters += text.length;
        size += 1;
      } else {
        const no = counts[found] ?? 1;
        counts[found] = no + 1;
        repeats.push({ ordinal: found, file, line, no, external });
        merged += 1;
      }
      if (fresh.length + repeats.length >= batchRows || characters >= batchCharacters) flush();
      return ordinal;
    },
    flush,
    finish: async () => {
      flush();
      await writeCounts(sql, collection, counts.subarray(0, size));
      close();
      return { size, merged };
    },
    abort: close,
  };
};

/** Only merged sentences differ from the column's default of 1. */
const writeCounts = async (sql: Sql, collection: number, counts: Uint32Array): Promise<void> => {
  const pace = createPacer();
  const update = sql.driver.prepare('UPDATE sentence SET count = ? WHERE id = ?');
  for (let from = 0; from < counts.length;) {
    from = sql.transaction(() => {
      let changed = 0;
      let ordinal = from;
      for (; ordinal < counts.length && changed < 4_096; ordinal += 1) {
        const count = counts[ordinal] ?? 1;
        if (count === 1) continue;
        update.run(count, sentenceKey(collection, ordinal));
        changed += 1;
      }
      return ordinal;
    });
    await pace();
  }
};
