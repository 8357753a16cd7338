import { Failure } from '../contract/errors.ts';
import { knownFailure } from '../contract/known-failures.ts';
import type { Scheme } from '../contract/review.ts';
import type { Draft, Reviews, StoredAnnotator, StoredComment } from './api-review.ts';
import { chunkLength } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import { parseStored, toStored } from './json.ts';
import { decisionColumns } from './judging.ts';
import { sideNumber } from './overlay.ts';
import type { PairBlocks } from './pair-blocks.ts';
import { createPacer } from './pacer.ts';
import { pairHistory, textAfter } from './pair-history.ts';
import { columnsOfJudge } from './review-columns.ts';

/** Who judges, what they are typing, by which labels, and what happened to a pair. */
export const createReviews = (sql: Sql, blocks: PairBlocks, columns: ColumnStore): Reviews => {
  const annotatorRow = 'SELECT id, name, created_at AS createdAt FROM annotator';
  const annotator = (id: number): StoredAnnotator => {
    const found = sql.get<StoredAnnotator>(`${annotatorRow} WHERE id = ?`, id);
    if (found === undefined) throw new Failure('not-found', `There is no annotator ${id} in this project.`, { hint: 'Choose who you are, or add a name.' });
    return found;
  };
  const checkedName = (name: string, self: number | null): string => {
    const plain = name.normalize('NFC').trim();
    if (plain === '') throw knownFailure('annotator-unnamed');
    const other = sql.value<number>('SELECT id FROM annotator WHERE name = ?', plain);
    if (other !== undefined && other !== self) throw knownFailure('annotator-taken', { name: plain });
    return plain;
  };
  return {
    annotators: () => sql.all<StoredAnnotator>(`${annotatorRow} ORDER BY id`),
    annotator,
    addAnnotator: (name, at) => annotator(sql.run('INSERT INTO annotator(name, created_at) VALUES (?, ?)', checkedName(name, null), at).id),
    renameAnnotator: (id, name) => {
      sql.run('UPDATE annotator SET name = ? WHERE id = ?', checkedName(name, annotator(id).id), id);
      return annotator(id);
    },
    judges: (origin) => decisionColumns(columns.visible(origin)).map((one) => one.annotator),
    judgementTimes: (id) => judgementTimes(sql, columns, id),
    history: (origin, pair) => pairHistory(sql, columns, origin, pair),
    comments: (pairs) => commentsOf(sql, pairs),
    textAfter: (pair, side, event) => textAfter(sql, pair, side, event),
    setDraft: (annotator, pair, side, text) => {
      const number = sideNumber(side);
      if (text === null) sql.run('DELETE FROM draft WHERE annotator = ? AND pair = ? AND side = ?', annotator, pair, number);
      else sql.run('INSERT OR REPLACE INTO draft(annotator, pair, side, body) VALUES (?, ?, ?, ?)', annotator, pair, number, text);
    },
    drafts: (origin, annotator) => {
      const { first, count } = blocks.get(origin);
      return sql.all<{ readonly pair: number; readonly side: number; readonly body: string }>('SELECT pair, side, body FROM draft WHERE annotator = ? AND pair >= ? AND pair < ? ORDER BY pair, side', annotator, first, first + count)
        .map(({ pair, side, body }): Draft => ({ pair, side: side === 0 ? 'source' : 'target', text: body }));
    },
    schemes: () => sql.column<string>('SELECT json FROM scheme ORDER BY id').map((json) => parseStored<Scheme>(json)),
    setScheme: (scheme) => void sql.run('INSERT OR REPLACE INTO scheme(id, json) VALUES (?, ?)', scheme.id, toStored(scheme)),
    removeScheme: (id) => void sql.run('DELETE FROM scheme WHERE id = ?', id),
  };
};

/** In the order of the list, which CROSS JOIN keeps (sqlite.org/optoverview.html, section 6.1). */
const commentsOf = (sql: Sql, pairs: ArrayLike<number>): readonly StoredComment[] => sql.all<StoredComment>(`SELECT event.pair, event.annotator, event.after AS text FROM json_each(?) asked CROSS JOIN event ON event.pair = asked.value
  LEFT JOIN op ON op.id = event.op WHERE event.kind = 'comment' AND (event.op IS NULL OR op.state IN ('applied', 'applying')) ORDER BY asked.key, event.id`, JSON.stringify(Array.from(pairs)));

const judgementTimes = async (sql: Sql, columns: ColumnStore, annotator: number): Promise<Uint32Array> => {
  const pace = createPacer();
  const names = columnsOfJudge(annotator);
  const found = sql.all<{ readonly decision: number; readonly at: number }>(`SELECT decision.id AS decision, time.id AS at FROM pair_column decision JOIN pair_column time ON time.block = decision.block AND time.name = ?
    JOIN pair_block block ON block.id = decision.block AND block.first >= 0 WHERE decision.name = ?`, names.at, names.decision);
  const times: Uint32Array[] = [];
  for (const { decision, at } of found) {
    const [decisions, seconds] = [columns.byId(decision), columns.byId(at)];
    for (let no = 0; no * chunkLength < decisions.count; no += 1) {
      const said = columns.chunk(decisions, no);
      times.push(Uint32Array.from(columns.chunk(seconds, no)).filter((_, place) => (said[place] ?? 0) !== 0));
      await pace();
    }
  }
  const all = new Uint32Array(times.reduce((sum, part) => sum + part.length, 0));
  let from = 0;
  for (const part of times) { all.set(part, from); from += part.length; }
  return all.sort();
};
