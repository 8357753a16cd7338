import type { PairOrigin } from '../contract/pairs.ts';
import type { Side } from '../contract/review.ts';
import { everyPair } from './api-review.ts';
import type { StoredEvent } from './api-review.ts';
import { decodeValues, placeOf } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import { editedText, sideNumber } from './overlay.ts';
import { columnsOfJudge, decisionOf, flagsColumn } from './review-columns.ts';

type EventRow = {
  readonly id: number; readonly op: number | null; readonly annotator: number | null; readonly kind: Exclude<StoredEvent['kind'], 'imported' | 'mined' | 'bulk'>; readonly side: number | null;
  readonly before: string | null; readonly after: string | null; readonly at: number; readonly state: string | null;
};
type BulkRow = { readonly id: number; readonly at: number; readonly by: string; readonly title: string; readonly state: string; readonly annotator: number | null; readonly kind: string | null; readonly after: string | null };
type Change = Pick<StoredEvent, 'side' | 'before' | 'after'>;

/** All that happened to a pair, newest first: single changes from their events, bulk ones from what they wrote. */
export const pairHistory = (sql: Sql, columns: ColumnStore, origin: PairOrigin, pair: number): readonly StoredEvent[] => {
  const rows = sql.all<EventRow>('SELECT event.*, op.state FROM event LEFT JOIN op ON op.id = event.op WHERE pair = ? ORDER BY event.id DESC', pair);
  const events = rows.map(({ state, side, op, ...event }): StoredEvent => ({
    ...event, op: state === null ? null : op, by: null, side: sideOf(side), title: null, undone: op !== null && !isApplied(state),
  }));
  const bulk = sql.all<BulkRow>(`SELECT op.id, op.at, op.annotator AS by, title, state, event.annotator, event.kind, event.after
    FROM op LEFT JOIN event ON event.op = op.id AND event.pair = ? WHERE bulk = 1`, everyPair).flatMap(({ id, at, by, title, state, annotator, ...about }) =>
    [...textChanges(sql, id, pair), ...judgementChanges(sql, columns, origin, pair, { id, annotator, state, ...about })].map((change, no): StoredEvent => ({
      id: -(id * 4 + no), op: id, at, by, annotator, kind: 'bulk', title, undone: !isApplied(state), ...change,
    })));
  return [...events, ...bulk].toSorted((left, right) => right.at - left.at || (right.op ?? 0) - (left.op ?? 0) || right.id - left.id);
};

const isApplied = (state: string | null): boolean => state === 'applied' || state === 'applying';

/**
 * One side of a pair as it read after an event; null: as it was imported; undefined: nobody knows any more.
 *
 * What is applied is told by the first later change that is applied too, else by the overlay. What was undone is told by its own record.
 */
export const textAfter = (sql: Sql, pair: number, side: Side, { id, op, undone }: StoredEvent): string | null | undefined => {
  const number = sideNumber(side);
  const now = (): string | null => editedText(sql, pair, side);
  // Its records are gone with its entry: what the events of the same change say themselves is all there is.
  if (op === null) return sql.value<string | null>('SELECT one.after FROM event told JOIN event one ON one.pair = told.pair AND (one.id = told.id OR one.op = told.op) WHERE told.id = ? AND one.side = ? ORDER BY one.id DESC LIMIT 1', id, number);
  if (undone) {
    const recorded = sql.get<{ readonly after: string | null }>("SELECT after FROM op_text JOIN op ON op.id = op_text.op WHERE pair = ? AND side = ? AND op <= ? AND state <> 'applied' ORDER BY op DESC LIMIT 1", pair, number, op);
    return recorded === undefined ? now() : recorded.after;
  }
  const later = sql.get<{ readonly before: string | null }>("SELECT before FROM op_text JOIN op ON op.id = op_text.op WHERE pair = ? AND side = ? AND op > ? AND state = 'applied' ORDER BY op LIMIT 1", pair, number, op);
  return later === undefined ? now() : later.before;
};

const sideOf = (side: number | null): Side | null => (side === null ? null : side === 0 ? 'source' : 'target');

const textChanges = (sql: Sql, op: number, pair: number): readonly Change[] =>
  sql.all<{ readonly side: number; readonly before: string | null; readonly after: string | null }>('SELECT side, before, after FROM op_text WHERE op = ? AND pair = ? ORDER BY side', op, pair)
    .map(({ side, before, after }) => ({ side: sideOf(side), before, after }));

/** Whether a bulk decision or flag was written to this pair, and over what: while it is applied, its record holds the values before. */
const judgementChanges = (sql: Sql, columns: ColumnStore, origin: PairOrigin, pair: number, { id, annotator, kind, after, state }: Pick<BulkRow, 'id' | 'annotator' | 'kind' | 'after' | 'state'>): readonly Change[] => {
  const name = kind === 'flag' ? flagsColumn : kind === 'decision' && annotator !== null ? columnsOfJudge(annotator).decision : null;
  const column = name === null ? null : columns.find(origin, name);
  if (column === null) return [];
  const { no, at } = placeOf(column, pair);
  for (const { offsets, data } of sql.all<{ readonly offsets: Buffer; readonly data: Buffer }>('SELECT offsets, data FROM op_chunk WHERE op = ? AND pair_column = ? AND chunk = ? ORDER BY no', id, column.id, no)) {
    const place = new Uint16Array(Uint8Array.from(offsets).buffer).indexOf(at);
    if (place >= 0) return [{ side: null, before: kind === 'decision' && isApplied(state) ? decisionOf(decodeValues('u8', data)[place] ?? 0) : null, after }];
  }
  return [];
};
