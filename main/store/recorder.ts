import type { Collections, Column, Recorder, RunPatch, Runs } from './api.ts';
import type { NewEvent } from './api-review.ts';
import { applyIgnore, ignoreTarget } from './checks.ts';
import type { IgnorePatch } from './checks.ts';
import type { ColumnChanges } from './column-changes.ts';
import { placeOf } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import { parseStored, toStored } from './json.ts';
import { applyLabelPatch, labelPatches, setLabellingRemoved, type LabelPatch } from './labellings.ts';
import type { Overlay } from './overlay.ts';
import { sideNumber } from './overlay.ts';
import type { PairBlocks } from './pair-blocks.ts';
import { addPair } from './pair-added.ts';
import { flagBits, flagsColumn, flagsOf, goneColumn, markBits, marksColumn } from './review-columns.ts';
import { changeEachJudgement, changeJudgement } from './judging.ts';
import type { TextChanges } from './text-changes.ts';
import { changeTexts } from './text-edits.ts';

type Parts = { readonly collections: Collections; readonly runs: Runs; readonly columns: ColumnStore; readonly blocks: PairBlocks; readonly overlay: Overlay };
/** `perform` takes the first steps at once and the others in turns. */
type Changes = { readonly columns: ColumnChanges; readonly texts: TextChanges; perform(generator: Generator<void, void>): Promise<void> };
type CollectionPatch = { readonly name?: string; readonly removed?: boolean };
type Patch = CollectionPatch | RunPatch | IgnorePatch | LabelPatch;
type Kind = 'collection' | 'run' | 'check-ignore' | 'labelling';
type Record = { readonly kind: Kind; readonly target: number; readonly before: string; readonly after: string };

/** What an operation may do: each method makes its change and writes down how to take it back, in one transaction. */
export const createRecorder = (sql: Sql, parts: Parts, op: number, { columns: columnChanges, texts: textChanges, perform }: Changes): Recorder => {
  const { columns, blocks } = parts;
  const record = (kind: Kind, target: number, before: Patch, after: Patch): void => sql.transaction(() => {
    const no = sql.value<number>('SELECT count(*) FROM op_record WHERE op = ?', op) ?? 0;
    sql.run('INSERT INTO op_record(op, no, kind, target, before, after) VALUES (?, ?, ?, ?, ?, ?)', op, no, kind, target, toStored(before), toStored(after));
    applyPatch(sql, parts, kind, target, after);
  });
  const set = (column: Column, ids: Uint32Array, values: number | ArrayLike<number>): Generator<void, void> => columnChanges.apply(op, column, ids, values);
  /** One bit of the values, the others as they are. */
  const setBit = function* (column: Column, ids: Uint32Array, bit: number, isOn: (at: number) => boolean): Generator<void, void> {
    const values = new Uint8Array(ids.length);
    const valueOf = columns.reader(column);
    for (let at = 0; at < ids.length; at += 1) {
      if (at % 65_536 === 65_535) yield;
      const now = valueOf(ids[at] ?? 0);
      values[at] = isOn(at) ? now | bit : now & ~bit;
    }
    yield* set(column, ids, values);
  };
  const addEvent = ({ pair, annotator, kind, side, before, after, at }: NewEvent): void => void sql.run('INSERT INTO event(op, pair, annotator, kind, side, before, after, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    op, pair, annotator, kind, side === null ? null : sideNumber(side), before, after, at);
  return {
    renameCollection: (id, name) => record('collection', id, { name: parts.collections.get(id).name }, { name }),
    setCollectionRemoved: (id, removed) => record('collection', id, { removed: !removed }, { removed }),
    addedCollection: (id) => record('collection', id, { removed: true }, { removed: false }),
    addedRun: (id) => record('run', id, { removed: true }, { removed: false }),
    setRun: (id, patch) => {
      const { cut, cutBy, name, counts, threshold } = parts.runs.get(id);
      const now = { cut, cutBy, name, counts, threshold, removed: false };
      const before = Object.fromEntries(Object.entries(now).filter(([field]) => field in patch));
      record('run', id, before, patch);
    },
    addedLabelling: (id) => record('labelling', id, { removed: true }, { removed: false }),
    setLabellingRemoved: (id, removed) => record('labelling', id, { removed: !removed }, { removed }),
    judgeSpans: (labelling, judgements) => {
      const { before, after } = labelPatches(sql, judgements);
      record('labelling', labelling, before, after);
    },
    setColumn: (column, ids, values) => perform(set(column, ids, values)),
    judge: (origin, ids, judgement) => perform(changeJudgement(columns, set, origin, ids, judgement)),
    judgeEach: (origin, judge, judgements) => perform(changeEachJudgement(columns, set, origin, judge, judgements)),
    setFlag: (origin, ids, flag, value, annotator) => perform((function* (): Generator<void, void> {
      for (const name of [flagsColumn, flagsOf(annotator)]) yield* setBit(columns.internal(origin, name, 'u8'), ids, flagBits[flag], () => value);
    })()),
    setMark: (origin, ids, mark, value) => perform(setBit(columns.internal(origin, marksColumn, 'u8'), ids, markBits[mark], () => value)),
    setTexts: (origin, ids, texts) => perform(changeTexts({
      sql, ids, texts, change: (given) => textChanges.apply(op, ids, given),
      mark: (isEdited) => setBit(columns.internal(origin, marksColumn, 'u8'), ids, markBits.edited, isEdited),
    })),
    addPair: (origin, splitFrom) => {
      const pair = addPair(columns, blocks, origin, splitFrom);
      // It begins as a hidden one, outside the record: that is what undo goes back to.
      const gone = columns.internal(origin, goneColumn, 'u8');
      const { no, at } = placeOf(gone, pair);
      columns.patch(gone, no, [at], [1]);
      void perform(set(gone, Uint32Array.of(pair), 0));
      void perform(setBit(columns.internal(origin, marksColumn, 'u8'), Uint32Array.of(pair), markBits.added, () => true));
      return pair;
    },
    hidePairs: (origin, ids) => perform(set(columns.internal(origin, goneColumn, 'u8'), ids, 1)),
    setCheckIgnored: (origin, pair, scope, check, ignored) => record('check-ignore', ignoreTarget(blocks, origin, pair, scope), { scope, check, ignored: !ignored }, { scope, check, ignored }),
    describe: ({ title, focusPair }) => void sql.run('UPDATE op SET title = coalesce(?, title), focus_pair = coalesce(?, focus_pair) WHERE id = ?', title ?? null, focusPair ?? null, op),
    addEvent,
    addEvents: (events) => sql.transaction(() => events.forEach(addEvent)),
  };
};

/** Brings everything an operation recorded to its state after (`applied`) or before. Doing so twice does no harm. */
export const createReplay = (sql: Sql, parts: Pick<Parts, 'collections' | 'runs'>) => (op: number, applied: boolean): void => {
  const records = sql.all<Record>(`SELECT kind, target, before, after FROM op_record WHERE op = ? ORDER BY no ${applied ? 'ASC' : 'DESC'}`, op);
  for (const { kind, target, before, after } of records) applyPatch(sql, parts, kind, target, parseStored<Patch>(applied ? after : before));
};

const applyPatch = (sql: Sql, { collections, runs }: Pick<Parts, 'collections' | 'runs'>, kind: Kind, target: number, patch: Patch): void => {
  if ('scope' in patch) return applyIgnore(sql, target, patch);
  if ('judged' in patch) return applyLabelPatch(sql, patch);
  const { removed, name } = patch;
  if (kind === 'collection') {
    if (removed !== undefined) collections.setRemoved(target, removed);
    if (name !== undefined) collections.rename(target, name);
    return;
  }
  if (kind === 'labelling') {
    if (removed !== undefined) setLabellingRemoved(sql, target, removed);
    return;
  }
  if (removed !== undefined) runs.setRemoved(target, removed);
  const { removed: _, ...fields } = patch;
  if (Object.keys(fields).length > 0) runs.update(target, fields);
};
