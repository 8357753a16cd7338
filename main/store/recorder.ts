import type { Collections, Column, Recorder, RunPatch, Runs } from './api.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import { parseStored, toStored } from './json.ts';

type Parts = { readonly collections: Collections; readonly runs: Runs; readonly columns: ColumnStore };
type CollectionPatch = { readonly name?: string; readonly removed?: boolean };
type Kind = 'collection' | 'run';
type Record = { readonly kind: Kind; readonly target: number; readonly before: string; readonly after: string };

/** What an operation may do: each method makes its change and writes down how to take it back, in one transaction. */
export const createRecorder = (sql: Sql, parts: Parts, op: number, applyValues: (column: Column, ids: Uint32Array, values: number | ArrayLike<number>) => Promise<void>): Recorder => {
  const record = (kind: Kind, target: number, before: CollectionPatch | RunPatch, after: CollectionPatch | RunPatch): void => sql.transaction(() => {
    const no = sql.value<number>('SELECT count(*) FROM op_record WHERE op = ?', op) ?? 0;
    sql.run('INSERT INTO op_record(op, no, kind, target, before, after) VALUES (?, ?, ?, ?, ?, ?)', op, no, kind, target, toStored(before), toStored(after));
    applyPatch(parts, kind, target, after);
  });
  return {
    renameCollection: (id, name) => record('collection', id, { name: parts.collections.get(id).name }, { name }),
    setCollectionRemoved: (id, removed) => record('collection', id, { removed: !removed }, { removed }),
    addedCollection: (id) => record('collection', id, { removed: true }, { removed: false }),
    addedRun: (id) => record('run', id, { removed: true }, { removed: false }),
    setRun: (id, patch) => {
      const { cut, cutBy, name, counts } = parts.runs.get(id);
      const now = { cut, cutBy, name, counts, removed: false };
      const before = Object.fromEntries(Object.entries(now).filter(([field]) => field in patch));
      record('run', id, before, patch);
    },
    setColumn: applyValues,
    setDecisions: (origin, ids, decision) => applyValues(parts.columns.decisions(origin), ids, decision),
  };
};

/** Brings everything an operation recorded to its state after (`applied`) or before. Doing so twice does no harm. */
export const createReplay = (sql: Sql, parts: Parts) => (op: number, applied: boolean): void => {
  const records = sql.all<Record>(`SELECT kind, target, before, after FROM op_record WHERE op = ? ORDER BY no ${applied ? 'ASC' : 'DESC'}`, op);
  for (const { kind, target, before, after } of records) applyPatch(parts, kind, target, parseStored<CollectionPatch & RunPatch>(applied ? after : before));
};

const applyPatch = ({ collections, runs }: Parts, kind: Kind, target: number, patch: CollectionPatch | RunPatch): void => {
  const { removed, name } = patch;
  if (kind === 'collection') {
    if (removed !== undefined) collections.setRemoved(target, removed);
    if (name !== undefined) collections.rename(target, name);
    return;
  }
  if (removed !== undefined) runs.setRemoved(target, removed);
  const { removed: _, ...fields } = patch;
  if (Object.keys(fields).length > 0) runs.update(target, fields);
};
