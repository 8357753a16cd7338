import { createByteCache } from './byte-cache.ts';
import type { Sql } from './database.ts';
import type { Pacer } from './pacer.ts';
import { sentenceKey } from './sentence-key.ts';
import { sentenceCount } from './sentences.ts';

/** 1 for each sentence of a collection that contains the text. Sentences never change, so that the last few answers are kept. */
export type TextMatches = (collection: number, contains: string, matchCase: boolean, pace: Pacer) => Promise<Uint8Array>;

const slice = 4_096;

/**
 * `matchCase` compares letter by letter inside SQLite. Otherwise both texts are brought to composed small letters here, because SQLite knows
 * capitals of ASCII only; where the text sought has no letter with a capital and no mark that could be composed, the fast way gives the same answer.
 */
export const createTextMatches = (sql: Sql): TextMatches => {
  const cache = createByteCache<Uint8Array>(32 * 1024 * 1024, (marks) => marks.byteLength);
  return async (collection, contains, matchCase, pace) => {
    const key = `${collection} ${matchCase} ${contains}`;
    const known = cache.get(key);
    if (known !== undefined) return known;
    const marks = new Uint8Array(sentenceCount(sql, collection));
    const mark = matchCase || isCaseless(contains) ? exactMarker(sql, collection, contains) : foldingMarker(sql, collection, contains);
    for (let from = 0; from < marks.length; from += slice) {
      mark(marks, from, Math.min(marks.length, from + slice));
      await pace();
    }
    cache.set(key, marks);
    return marks;
  };
};

type Marker = (marks: Uint8Array, from: number, end: number) => void;

const exactMarker = (sql: Sql, collection: number, contains: string): Marker => (marks, from, end) => {
  const start = sentenceKey(collection, 0);
  const keys = sql.column<number>('SELECT id FROM sentence WHERE id >= ? AND id < ? AND instr(body, ?) > 0', start + from, start + end, contains);
  for (const key of keys) marks[key - start] = 1;
};

const foldingMarker = (sql: Sql, collection: number, contains: string): Marker => {
  const sought = fold(contains);
  return (marks, from, end) => {
    const bodies = sql.column<string>('SELECT body FROM sentence WHERE id >= ? AND id < ? ORDER BY id', sentenceKey(collection, from), sentenceKey(collection, end));
    bodies.forEach((body, at) => {
      if (fold(body).includes(sought)) marks[from + at] = 1;
    });
  };
};

const fold = (text: string): string => text.normalize('NFC').toLowerCase();

/** Signs of scripts without capitals and without composition: CJK, kana, digits, ASCII punctuation and spaces. */
const isCaseless = (text: string): boolean => /^[\p{Script=Han}0-9 .,:;!?'"()/-]+$/u.test(text);
