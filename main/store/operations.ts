import { Failure } from '../contract/errors.ts';
import type { HistoryEntry } from '../contract/project.ts';
import type { Collections, Operations, Recorder, Runs } from './api.ts';
import { createColumnChanges } from './column-changes.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import { sweepForgotten } from './forgotten.ts';
import { cachedKibibytes } from './open-file.ts';
import type { Overlay } from './overlay.ts';
import { createPacer } from './pacer.ts';
import type { PairBlocks } from './pair-blocks.ts';
import { createRecorder, createReplay } from './recorder.ts';
import { createTextChanges } from './text-changes.ts';

type State = HistoryEntry['state'];
type About = Parameters<Operations['run']>[0];
type Row = { readonly id: number; readonly at: number; readonly annotator: string; readonly title: string; readonly state: State; readonly focus_pair: number | null; readonly bulk: number };

/** The operations, and the mending of what a kill left half done. */
export type OperationLog = Operations & {
  /** Takes back what never came to its end, finishes what did; returns the entries' titles with what was done. */
  recover(): readonly string[];
  clear(): void;
};

export type OperationParts = { readonly collections: Collections; readonly runs: Runs; readonly columns: ColumnStore; readonly blocks: PairBlocks; readonly overlay: Overlay };

/**
 * The history of the project: every change with its inverse, in the file.
 *
 * States: `applying` -> `applied` -> `reverting` -> `reverted` -> `applying` ... ; `complete` tells an operation whose first `applying` came to its
 * end from one that was killed in it and can only be taken back.
 */
export const createOperations = (sql: Sql, parts: OperationParts): OperationLog => {
  const columnChanges = createColumnChanges(sql, parts.columns);
  const textChanges = createTextChanges(sql, parts.overlay);
  const replay = createReplay(sql, parts);
  let queue: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(body: () => Promise<T>): Promise<T> => {
    const turn = queue.then(body);
    queue = turn.catch(() => undefined);
    return turn;
  };
  const fields = 'SELECT id, at, annotator, title, state, focus_pair, bulk FROM op';
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
  /** Never happened: with all that was written down about it. */
  const erase = (id: number): void => sql.transaction(() => {
    for (const table of ['op_record', 'op_chunk', 'op_text', 'event']) sql.run(`DELETE FROM ${table} WHERE op = ?`, id);
    sql.run('DELETE FROM op WHERE id = ?', id);
  });
  /** Undone, and no longer to be redone; the histories of pairs still tell of it. Returns whether `sweepForgotten` has something to delete. */
  const forget = (id: number): boolean => {
    const isBulk = sql.value<number>('SELECT bulk FROM op WHERE id = ?', id) === 1;
    for (const table of isBulk ? ['op_record'] : ['op_record', 'op_chunk', 'op_text']) sql.run(`DELETE FROM ${table} WHERE op = ?`, id);
    sql.run('DELETE FROM op WHERE id = ?', id);
    return isBulk;
  };
  const complete = (id: number): void => {
    const left = sql.transaction(() => {
      const forgotten = sql.column<number>("SELECT id FROM op WHERE state = 'reverted'").map(forget);
      setState(id, 'applied');
      return forgotten.includes(true);
    });
    // A project that is closed meanwhile deletes the rest after its next opening (`purge`).
    if (left) void sweepForgotten(sql).catch(() => undefined);
  };

  /** What `change` does before it first waits is one transaction; where that is all, so is the whole operation, and a single decision costs one commit. */
  const begin = <T>(about: About, change: (recorder: Recorder) => T | Promise<T>): { readonly id: number; readonly returned: T | Promise<T>; readonly unfinished: readonly Promise<void>[] | null } => {
    try {
      return sql.transaction(() => {
        const id = sql.run("INSERT INTO op(at, annotator, title, state, focus_pair, bulk) VALUES (?, ?, ?, 'applying', ?, ?)", Date.now(), about.annotator, about.title, about.focusPair ?? null, Number(about.bulk ?? false)).id;
        const walks = createWalks();
        const recorder = createRecorder(sql, parts, id, { columns: columnChanges, texts: textChanges, perform: walks.start });
        const returned = change(recorder);
        const pending = walks.unfinished.length > 0 || (returned instanceof Promise && !walks.isOver(returned));
        if (!pending) complete(id);
        return { id, returned, unfinished: pending ? walks.unfinished : null };
      });
    } catch (thrown) {
      parts.columns.forgetChunks();
      parts.overlay.changed();
      throw thrown;
    }
  };

  /** All steps towards one side; the last transaction also writes the state. */
  const steps = function* (id: number, applied: boolean): Generator<void, void> {
    yield* columnChanges.bring(id, applied);
    yield* textChanges.bring(id, applied);
    sql.transaction(() => {
      replay(id, applied);
      setState(id, applied ? 'applied' : 'reverted');
    });
  };
  const move = async (entry: HistoryEntry | null, applied: boolean): Promise<HistoryEntry | null> => {
    if (entry === null) return null;
    setState(entry.id, applied ? 'applying' : 'reverting');
    await walk(steps(entry.id, applied));
    return entryOf(entry.id);
  };

  /** Changes to a million pairs read and write all over the file: with room for more of its pages they take a fifth less time. */
  const withRoom = async <T>(isBulk: boolean, body: () => Promise<T>): Promise<T> => {
    if (!isBulk) return body();
    sql.driver.pragma(`cache_size = -${bulkKibibytes}`);
    try {
      return await body();
    } finally {
      if (sql.driver.open) sql.driver.pragma(`cache_size = -${cachedKibibytes}`);
    }
  };

  return {
    run: (about, change) => inTurn(() => withRoom(about.bulk ?? false, async () => {
      const { id, returned, unfinished } = begin(about, change);
      if (unfinished === null) return { entry: entryOf(id), result: await returned };
      try {
        const result = await returned;
        await Promise.all(unfinished);
        complete(id);
        return { entry: entryOf(id), result };
      } catch (thrown) {
        await Promise.allSettled(unfinished);
        await walk(steps(id, false));
        erase(id);
        throw thrown;
      }
    })),
    undo: () => inTurn(() => move(top('applied', 'DESC'), false)),
    redo: () => inTurn(() => move(top('reverted', 'ASC'), true)),
    next: () => ({ undo: top('applied', 'DESC'), redo: top('reverted', 'ASC') }),
    history: (before, count) => sql.all<Row>(`${fields} WHERE id < ? ORDER BY id DESC LIMIT ?`, before ?? Number.MAX_SAFE_INTEGER, count).map(asEntry),
    recover: () => sql.all<Row & { readonly complete: number }>("SELECT * FROM op WHERE state IN ('applying', 'reverting') ORDER BY id").map(({ id, title, state, complete }) => {
      const finished = state === 'applying' && complete === 1;
      for (const _ of steps(id, finished));
      if (complete === 0) erase(id);
      return complete === 0 ? `“${title}” was cut off half way and has been taken back.` : `“${title}” was being ${finished ? 'done again' : 'taken back'} when the program ended; that has been finished.`;
    }),
    clear: () => sql.transaction(() => {
      sql.run("DELETE FROM event WHERE op IS NOT NULL AND op NOT IN (SELECT id FROM op WHERE state = 'applied')");
      sql.run('UPDATE event SET op = NULL');
      for (const table of ['op_record', 'op_chunk', 'op_text', 'op']) sql.run(`DELETE FROM ${table}`);
    }),
  };
};

/** KiB of the file's pages kept in memory while all pairs are changed; `open-file.ts` sets the other. */
const bulkKibibytes = 131_072;

/** Changes that were begun: most are over at once; the others go on in turns of the event loop. */
const createWalks = () => {
  const over = new WeakSet<object>();
  const unfinished: Promise<void>[] = [];
  return {
    unfinished,
    isOver: (promise: object): boolean => over.has(promise),
    start: (generator: Generator<void, void>): Promise<void> => {
      const start = performance.now();
      let done = generator.next().done === true;
      while (!done && performance.now() - start < 8) done = generator.next().done === true;
      const promise = done ? Promise.resolve() : walk(generator);
      if (done) over.add(promise);
      else unfinished.push(promise);
      // Whoever waits for the operation is told; whoever threw this promise away must not end the program.
      promise.catch(() => undefined);
      return promise;
    },
  };
};

const walk = async (generator: Generator<void, void>): Promise<void> => {
  const pace = createPacer();
  while (generator.next().done !== true) await pace();
};

const asEntry = ({ id, at, annotator, title, state, focus_pair, bulk }: Row): HistoryEntry => ({ id, at, annotator, title, state, focusPair: focus_pair, bulk: bulk === 1 });
