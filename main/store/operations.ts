import { Failure } from '../contract/errors.ts';
import type { HistoryEntry } from '../contract/project.ts';
import type { Collections, Operations, Recorder, Runs } from './api.ts';
import { createColumnChanges } from './column-changes.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import { sweepForgotten } from './forgotten.ts';
import { cachedKibibytes, checkpointPages } from './open-file.ts';
import { settleTexts } from './overlay.ts';
import type { Overlay } from './overlay.ts';
import { createPacer } from './pacer.ts';
import type { PairBlocks } from './pair-blocks.ts';
import { createRecorder, createReplay } from './recorder.ts';
import { createTextChanges } from './text-changes.ts';
import type { UncheckedPairs } from './unchecked-pairs.ts';

type State = HistoryEntry['state'];
type About = Parameters<Operations['run']>[0];
type Row = { readonly id: number; readonly at: number; readonly annotator: string; readonly title: string; readonly state: State; readonly focus_pair: number | null; readonly bulk: number };

/** The operations, and the mending of what a kill left half done. */
export type OperationLog = Operations & {
  /** Takes back what never came to its end, finishes what did; returns the entries' titles with what was done. */
  recover(): readonly string[];
  /** Forgets the history; what it has changed stays. */
  clear(): Promise<void>;
};

export type OperationParts = { readonly collections: Collections; readonly runs: Runs; readonly columns: ColumnStore; readonly blocks: PairBlocks; readonly overlay: Overlay; readonly unchecked: UncheckedPairs };

/**
 * The history of the project: every change with its inverse, in the file.
 *
 * States: `applying` -> `applied` -> `reverting` -> `reverted` -> `applying` ... ; `complete` tells an operation whose first `applying` came to its
 * end from one that was killed in it and can only be taken back.
 */
export const createOperations = (sql: Sql, parts: OperationParts): OperationLog => {
  const columnChanges = createColumnChanges(sql, parts.columns, parts.unchecked.changed);
  const textChanges = createTextChanges(sql, parts.overlay);
  const replay = createReplay(sql, parts);
  let queue: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(body: () => Promise<T>): Promise<T> => {
    const turn = queue.then(body);
    queue = turn.catch(() => undefined);
    return turn;
  };
  /** The same for what can be cancelled: whoever cancels is answered at once, the next operation waits until all is taken back. */
  const inTurnOrCancelled = <T>(signal: AbortSignal | undefined, body: (cancelled: () => void) => Promise<T>): Promise<T> => {
    const { promise, reject } = Promise.withResolvers<never>();
    const cancelled = (): void => reject(signal?.reason);
    signal?.addEventListener('abort', cancelled);
    return Promise.race([inTurn(async () => {
      signal?.removeEventListener('abort', cancelled);
      signal?.throwIfAborted();
      return body(cancelled);
    }), promise]);
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
  /** A commit that is on the disk, and all before it, once this returns. */
  const forGood = <T>(body: () => T): T => {
    if (!sql.driver.inTransaction) sql.driver.pragma('synchronous = FULL');
    return sql.transaction(body);
  };
  const complete = (id: number): void => {
    const left = forGood(() => {
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
    // Texts first: the columns tell which pairs the checks have to look at again.
    yield* textChanges.bring(id, applied);
    yield* columnChanges.bring(id, applied);
    forGood(() => {
      replay(id, applied);
      setState(id, applied ? 'applied' : 'reverted');
    });
  };
  const move = (find: () => HistoryEntry | null, applied: boolean, signal: AbortSignal | undefined): Promise<HistoryEntry | null> => inTurnOrCancelled(signal, async (cancelled) => {
    const entry = find();
    if (entry === null) return null;
    const towards = async (end: boolean, stop?: AbortSignal): Promise<void> => {
      setState(entry.id, end ? 'applying' : 'reverting');
      await walk(steps(entry.id, end), stop);
    };
    await withRoom(entry.bulk ?? false, async () => {
      try {
        await towards(applied, signal);
      } catch (thrown) {
        if (signal?.aborted !== true) throw thrown;
        cancelled();
        await towards(!applied);
        throw thrown;
      }
    });
    return entryOf(entry.id);
  });

  /**
   * Changes to a million pairs read and write all over the file: with room for more of its pages they take a fifth less time.
   *
   * What is half done is taken back after a failure of the power, too: only the last commit, which says that all is done, has to wait for the disk.
   * Pages are brought home a few at a time, because whoever does so lets nobody else in meanwhile.
   */
  const withRoom = async <T>(isBulk: boolean, body: () => Promise<T>): Promise<T> => {
    if (!isBulk) return body();
    for (const setting of [`cache_size = -${bulkKibibytes}`, 'synchronous = NORMAL', `wal_autocheckpoint = ${bulkCheckpointPages}`]) sql.driver.pragma(setting);
    try {
      return await body();
    } finally {
      if (sql.driver.open) for (const setting of [`cache_size = -${cachedKibibytes}`, 'synchronous = FULL', `wal_autocheckpoint = ${checkpointPages}`]) sql.driver.pragma(setting);
    }
  };

  return {
    run: (about, change) => inTurnOrCancelled(about.signal, async (cancelled) => {
      const { id, returned, unfinished } = begin(about, change);
      if (unfinished === null) return { entry: entryOf(id), result: await returned };
      return withRoom(about.bulk ?? false, async () => {
        try {
          const result = await returned;
          await Promise.all(unfinished);
          complete(id);
          return { entry: entryOf(id), result };
        } catch (thrown) {
          setState(id, 'reverting');
          if (about.signal?.aborted === true) cancelled();
          await Promise.allSettled(unfinished);
          await walk(steps(id, false));
          erase(id);
          throw thrown;
        }
      });
    }),
    undo: (signal) => move(() => top('applied', 'DESC'), false, signal),
    redo: (signal) => move(() => top('reverted', 'ASC'), true, signal),
    settled: async () => { await queue; },
    next: () => ({ undo: top('applied', 'DESC'), redo: top('reverted', 'ASC') }),
    history: (before, count) => sql.all<Row>(`${fields} WHERE id < ? ORDER BY id DESC LIMIT ?`, before ?? Number.MAX_SAFE_INTEGER, count).map(asEntry),
    recover: () => sql.all<Row & { readonly complete: number }>("SELECT * FROM op WHERE state IN ('applying', 'reverting') OR complete = 0 ORDER BY id").map(({ id, title, state, complete }) => {
      const finished = state === 'applying' && complete === 1;
      for (const _ of steps(id, finished));
      if (complete === 0) erase(id);
      return complete === 0 ? `“${title}” was cut off half way and has been taken back.` : `“${title}” was being ${finished ? 'done again' : 'taken back'} when the program ended; that has been finished.`;
    }),
    clear: () => inTurn(async () => {
      await walk(settling(sql));
      sql.transaction(() => {
        sql.run("DELETE FROM event WHERE op IS NOT NULL AND op NOT IN (SELECT id FROM op WHERE state = 'applied')");
        sql.run('UPDATE event SET op = NULL');
        for (const table of ['op_record', 'op_chunk', 'op_text', 'op']) sql.run(`DELETE FROM ${table}`);
      });
    }),
  };
};

/** KiB of the file's pages kept in memory while all pairs are changed; `open-file.ts` sets the other. */
const bulkKibibytes = 131_072;
const bulkCheckpointPages = 500;

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

const walk = async (generator: Generator<void, void>, signal?: AbortSignal): Promise<void> => {
  const pace = createPacer(signal, 8);
  while (generator.next().done !== true) await pace();
};

/** Texts that stand in the records of operations, slice by slice, into places of their own. */
const settling = function* (sql: Sql): Generator<void, void> {
  const last = sql.value<number | null>('SELECT max(pair) FROM edit') ?? -1;
  for (let next = sql.value<number>('SELECT pair FROM edit ORDER BY pair LIMIT 1'); next !== undefined && next <= last;) {
    const end = sql.value<number>('SELECT pair FROM edit WHERE pair >= ? ORDER BY pair LIMIT 1 OFFSET 2048', next) ?? last;
    settleTexts(sql, next, end);
    yield;
    next = end + 1;
  }
};

const asEntry = ({ id, at, annotator, title, state, focus_pair, bulk }: Row): HistoryEntry => ({ id, at, annotator, title, state, focusPair: focus_pair, bulk: bulk === 1 });
