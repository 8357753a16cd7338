import { knownFailure } from '../contract/known-failures.ts';
import type { Run } from '../contract/mine.ts';
import type { Runs } from './api.ts';
import { present, removedByUser } from './collections.ts';
import type { Sql } from './database.ts';
import { parseStored, toStored } from './json.ts';

type Row = { readonly id: number; readonly json: string };

/** Runs are kept as the contract's JSON; the number is the row's. */
export const createRuns = (sql: Sql): Runs => {
  const rowOf = (id: number, withRemoved: boolean): Run => {
    const row = sql.get<Row>('SELECT id, json FROM run WHERE id = ? AND removed <= ?', id, withRemoved ? removedByUser : present);
    if (row === undefined) throw knownFailure('unknown-run', { id });
    return asRun(row);
  };
  return {
    create: (run) => {
      const json = toStored(run);
      return asRun({ id: sql.run('INSERT INTO run(kind, source, target, cut, json) VALUES (?, ?, ?, ?, ?)', run.kind, run.source.collection, run.target.collection, run.cut, json).id, json });
    },
    get: (id, options = {}) => rowOf(id, options.removed ?? false),
    list: () => sql.all<Row>('SELECT id, json FROM run WHERE removed = ? ORDER BY id DESC', present).map(asRun),
    update: (id, patch) => {
      const next = { ...rowOf(id, true), ...patch, id };
      sql.run('UPDATE run SET cut = ?, json = ? WHERE id = ?', next.cut, toStored(next), id);
      return next;
    },
    setRemoved: (id, removed) => void sql.run('UPDATE run SET removed = ? WHERE id = ?', removed ? removedByUser : present, rowOf(id, true).id),
  };
};

const asRun = ({ id, json }: Row): Run => ({ ...parseStored<Run>(json), id });
