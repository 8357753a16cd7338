import { Failure } from '../contract/errors.ts';
import type { HistoryEntry } from '../contract/project.ts';
import type { Collections, Operations, Recorder, Runs } from './api.ts';
import { createColumnChanges } from './column-changes.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import { createPacer } from './pacer.ts';
import { createRecorder, createReplay } from './recorder.ts';

type State = HistoryEntry['state'];
type About = Parameters<Operations['run']>[0];
type Row = { readonly id: number; readonly at: number; readonly annotator: string; readonly title: string; readonly state: State; readonly focus_pair: number | null };

/** The operations, and the mending of what a kill left half done. */
export type OperationLog = Operations & {
  /** Takes back what never came to its end, finishes what did; returns the entries' titles with what was done. */
  recover(): readonly string[];
  clear(): void;
};

/**
 * The history of the project: every change with its inverse, in the file.
 *
 * States: `applying` -> `applied` -> `reverting` -> `reverted` -> `applying` ... ; `complete` tells an operation whose first `applying` came to its
 * end from one that was killed in it and can only be taken back.
 */
export const createOperations = (sql: Sql, parts: { readonly collections: Collections; readonly runs: Runs; readonly columns: ColumnStore }): OperationLog => {
  const changes = createColumnChanges(sql, parts.columns);
  const replay = createReplay(sql, parts);
  let queue: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(body: () => Promise<T>): Promise<T> => {
    const turn = queue.then(body);
    queue = turn.catch(() => undefined);
    return turn;
  };
  const fields = 'SELECT id, at, annotator, title, state, focus_pair FROM op';
  const entryOf = (id: number): HistoryEntry => {
    const row = sql.get<Row>(`${fields} WHERE id = ?`, id);
    if (row === undefined) throw new Failure('not-found', `There is no operation ${id} in the history.`);
    return asEntry(row);
  };
  const top = (state: State, order: 'ASC' | 'DESC'): HistoryEntry | null => {
    const row = sql.get<Row>(`${fields} WHERE state = ? ORDER BY id ${order} LIMIT 1`, state);
    return row === undefined ? null : asEntry(row);
  };
  const setState = (id: number, state: State): void => void sql.run('UPDATE op SET state = ?, complete = max(complete, ?) WHERE id = ?', state, Number(state === 'applied'), id);
  const forget = (id: number): void => sql.transaction(() => {
    for (const table of ['op_record', 'op_chunk']) sql.run(`DELETE FROM ${table} WHERE op = ?`, id);
    sql.run('DELETE FROM op WHERE id = ?', id);
  });

  const complete = (id: number): void => sql.transaction(() => {
    for (const undone of sql.column<number>("SELECT id FROM op WHERE state = 'reverted'")) forget(undone);
    setState(id, 'applied');
  });
  /** What `change` does before it first waits is one transaction; where that is all, so is the whole operation, and a single decision costs one commit. */
  const begin = <T>(about: About, change: (recorder: Recorder) => T | Promise<T>): { readonly id: number; readonly returned: T | Promise<T>; readonly pending: boolean } => {
    try {
      return sql.transaction(() => {
        const id = sql.run("INSERT INTO op(at, annotator, title, state, focus_pair) VALUES (?, ?, ?, 'applying', ?)", Date.now(), about.annotator, about.title, about.focusPair ?? null).id;
        const done = new WeakSet<object>();
        const returned = change(createRecorder(sql, parts, id, (column, ids, values) => applyValues(changes.apply(id, column, ids, values), done)));
        const pending = returned instanceof Promise && !done.has(returned);
        if (!pending) complete(id);
        return { id, returned, pending };
      });
    } catch (thrown) {
      parts.columns.forgetChunks();
      throw thrown;
    }
  };

  /** All steps towards one side; the last transaction also writes the state. */
  const steps = function* (id: number, applied: boolean): Generator<void, void> {
    yield* changes.bring(id, applied);
    sql.transaction(() => {
      replay(id, applied);
      setState(id, applied ? 'applied' : 'reverted');
    });
  };
  /** Promises of changes that were over before they were given out are put into `done`. */
  const applyValues = (generator: Generator<void, void>, done: WeakSet<object>): Promise<void> => {
    const start = performance.now();
    let over = generator.next().done === true;
    while (!over && performance.now() - start < 8) over = generator.next().done === true;
    const promise = over ? Promise.resolve() : walk(generator);
    if (over) done.add(promise);
    return promise;
  };
  const walk = async (generator: Generator<void, void>): Promise<void> => {
    const pace = createPacer();
    while (generator.next().done !== true) await pace();
  };
  const move = async (entry: HistoryEntry | null, applied: boolean): Promise<HistoryEntry | null> => {
    if (entry === null) return null;
    setState(entry.id, applied ? 'applying' : 'reverting');
    await walk(steps(entry.id, applied));
    return entryOf(entry.id);
  };

  return {
    run: (about, change) => inTurn(async () => {
      const { id, returned, pending } = begin(about, change);
      if (!pending) return { entry: entryOf(id), result: await returned };
      try {
        const result = await returned;
        complete(id);
        return { entry: entryOf(id), result };
      } catch (thrown) {
        await walk(steps(id, false));
        forget(id);
        throw thrown;
      }
    }),
    undo: () => inTurn(() => move(top('applied', 'DESC'), false)),
    redo: () => inTurn(() => move(top('reverted', 'ASC'), true)),
    next: () => ({ undo: top('applied', 'DESC'), redo: top('reverted', 'ASC') }),
    history: (before, count) => sql.all<Row>(`${fields} WHERE id < ? ORDER BY id DESC LIMIT ?`, before ?? Number.MAX_SAFE_INTEGER, count).map(asEntry),
    recover: () => sql.all<Row & { readonly complete: number }>("SELECT * FROM op WHERE state IN ('applying', 'reverting') ORDER BY id").map(({ id, title, state, complete }) => {
      const finished = state === 'applying' && complete === 1;
      for (const _ of steps(id, finished));
      if (complete === 0) forget(id);
      return complete === 0 ? `“${title}” was cut off half way and has been taken back.` : `“${title}” was being ${finished ? 'done again' : 'taken back'} when the program ended; that has been finished.`;
    }),
    clear: () => sql.transaction(() => {
      for (const table of ['op_record', 'op_chunk', 'op']) sql.run(`DELETE FROM ${table}`);
    }),
  };
};

const asEntry = ({ id, at, annotator, title, state, focus_pair }: Row): HistoryEntry => ({ id, at, annotator, title, state, focusPair: focus_pair });
