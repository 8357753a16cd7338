import type { TextMatcher } from '../domain/text/text-matcher.ts';
import type { Sql } from './database.ts';
import { sentenceKey } from './sentence-key.ts';

/**
 * Many texts as one, which costs a third of reading them one by one and lets a search run over all of them at once.
 *
 * ASCII's own record separator stands between them. Where a text has one inside, texts are joined one by one: `count` is 1 and the sign means nothing.
 */
export type JoinedTexts = { readonly text: string; readonly count: number };

const separator = '\u001e';

/** The sentences of a collection from one ordinal to before another, in order. A thousand take about half a millisecond and stay small enough to be forgotten cheaply. As bytes, because the driver takes three times as long to make a string of them. */
export const joinedSentences = (sql: Sql, collection: number, from: number, end: number): readonly JoinedTexts[] => {
  const bytes = sql.value<Buffer | null>('SELECT CAST(group_concat(body, char(30)) AS BLOB) FROM (SELECT body FROM sentence WHERE id >= ? AND id < ? ORDER BY id)', sentenceKey(collection, from), sentenceKey(collection, end));
  const text = bytes?.toString('utf8') ?? '';
  if (separatorsIn(text) === end - from - 1) return [{ text, count: end - from }];
  return joined(sql.column<string>('SELECT body FROM sentence WHERE id >= ? AND id < ? ORDER BY id', sentenceKey(collection, from), sentenceKey(collection, end)));
};

export const joined = (texts: readonly string[]): readonly JoinedTexts[] => {
  const text = texts.join(separator);
  return separatorsIn(text) === texts.length - 1 ? [{ text, count: texts.length }] : texts.map((one) => ({ text: one, count: 1 }));
};

/** 1 for each text that holds what is sought. */
export const markJoined = ({ fold, literal, isIn }: TextMatcher, { text, count }: JoinedTexts): Uint8Array => {
  const marks = new Uint8Array(count);
  if (count > 1 && literal?.includes(separator) === true) return marks;
  const folded = fold(text);
  let hit = literal === null ? 0 : folded.indexOf(literal);
  for (let no = 0, start = 0; hit >= 0 && no < count; no += 1) {
    const next = count === 1 ? -1 : folded.indexOf(separator, start);
    const end = next < 0 ? folded.length : next;
    if (literal !== null && hit < start) hit = folded.indexOf(literal, start);
    const may = literal === null || (hit >= start && hit <= end);
    if (may && (isIn === null || isIn(folded.slice(start, end)))) marks[no] = 1;
    start = end + 1;
  }
  return marks;
};

const separatorsIn = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) count += 1;
  return count;
};

/** Code points of each text; a lone surrogate counts as one. */
export const lengthsOf = ({ text, count }: JoinedTexts): Uint32Array => {
  const isPlain = !/[\ud800-\udfff]/.test(text);
  const lengths = new Uint32Array(count);
  for (let no = 0, start = 0; no < count; no += 1) {
    const next = count === 1 ? -1 : text.indexOf(separator, start);
    const end = next < 0 ? text.length : next;
    lengths[no] = isPlain ? end - start : codePoints(text.slice(start, end));
    start = end + 1;
  }
  return lengths;
};

/** What was found out about texts, one value a text, whichever way they were joined. */
export const inOne = (parts: readonly (Uint8Array | Uint32Array)[]): ArrayLike<number> => (parts.length === 1 ? parts[0] ?? [] : parts.map((part) => part[0] ?? 0));

const codePoints = (text: string): number => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
