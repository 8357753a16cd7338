import { mkdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Failure } from '../contract/errors.ts';
import type { OpenOptions, Project } from './api.ts';
import { createChecks } from './checks.ts';
import { createCollections, present } from './collections.ts';
import { createColumns } from './columns.ts';
import type { ColumnStore } from './columns.ts';
import { createSql } from './database.ts';
import type { Sql } from './database.ts';
import { folderWarnings } from './folder-warnings.ts';
import { createJobLog, createJobs } from './jobs.ts';
import { createLivingPairs } from './living-pairs.ts';
import { takeLock } from './lock.ts';
import { createMalformed } from './malformed.ts';
import { checkPath, openFile } from './open-file.ts';
import { createOperations } from './operations.ts';
import { createOverlay } from './overlay.ts';
import { createPairBlocks } from './pair-blocks.ts';
import { createPairRows } from './pair-rows.ts';
import { createPairTexts } from './pair-texts.ts';
import { createPairs } from './pairs.ts';
import { discardRemoved, discardUnfinished, purgeDiscarded } from './purge.ts';
import { createQueueStanding } from './queue-standing.ts';
import { createQueues } from './queues.ts';
import { createReviews } from './reviews.ts';
import { createRuns } from './runs.ts';
import { saveCopy } from './save-copy.ts';
import { createSavedFilters } from './saved-filters.ts';
import { createSelecting } from './selecting.ts';
import { createSentences, sentenceCount } from './sentences.ts';
import { createViews } from './views.ts';

/** The folder beside a project for what can be rebuilt: vectors, rows, runs, checkpoints. */
export const sideFolder = (project: string): string => `${resolve(project)}.d`;

/** Ending of project files. */
export const projectEnding = '.dragoman';

/**
 * Opens a project, or makes it; this process is its one owner until `close`.
 *
 * @throws Failure `project-missing`, `project-locked`, `project-newer`, `project-corrupt`, `file-unreadable`, `file-missing`, `disk-full`: nothing was changed then.
 */
export const openProject = (path: string, options: OpenOptions = {}): Project => {
  const whole = resolve(path);
  checkPath(whole, options.create ?? false);
  const lock = takeLock(whole, options.address ?? null);
  try {
    const { driver, backup } = openFile(whole, options.create ?? false);
    const sql = createSql(driver, whole);
    try {
      mkdirSync(sideFolder(whole), { recursive: true });
      return assemble(sql, lock, backup);
    } catch (thrown) {
      driver.close();
      throw thrown;
    }
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
};

const assemble = (sql: Sql, lock: ReturnType<typeof takeLock>, backup: string | null): Project => {
  const { driver, path } = sql;
  const blocks = createPairBlocks(sql);
  const columns = createColumns(sql, blocks);
  const overlay = createOverlay(sql);
  const queues = createQueues(sql, blocks);
  const living = createLivingPairs(sql, blocks, columns);
  const { numbers, select, histogram, facets } = createSelecting(sql, blocks, columns, overlay, (view) => {
    const order = queues.order(view);
    if (order === null) throw new Failure('not-found', 'This queue is no longer there.', { hint: 'Open another queue.' });
    return living.ids(order);
  });
  const rows = createPairRows(sql, blocks, columns, overlay);
  const views = createViews({ columns, numbers, select, rows, living, kept: queues.order });
  const collections = createCollections(sql);
  const runs = createRuns(sql);
  const jobs = createJobs(sql);
  const operations = createOperations(sql, { collections, runs, columns, blocks, overlay });
  queues.sweep();
  const dropped = discardUnfinished(sql).map((name) => `The import of “${name}” was cut off half way; what it had read was dropped. Import it again.`);
  const recovered = [...dropped, ...operations.recover(), ...jobs.interruptRunning()];
  return {
    path,
    name: basename(path).replace(/\.dragoman$/i, ''),
    folder: sideFolder(path),
    warnings: folderWarnings(path),
    recovered: backup === null ? recovered : [`This project was made by an older Dragoman and has been brought up to date; the file as it was is kept as ${backup}.`, ...recovered],
    collections, columns, operations, runs, jobs,
    reviews: createReviews(sql, blocks, columns),
    checks: createChecks(sql, blocks, columns, overlay),
    sentences: createSentences(sql),
    malformed: createMalformed(sql),
    pairs: createPairs(sql, { blocks, columns, select, rows, texts: createPairTexts(sql, blocks, overlay), histogram, facets }),
    views,
    queues: { ...queues, ...createQueueStanding({ queues, columns, select, views }) },
    filters: createSavedFilters(sql),
    jobLog: createJobLog(sql),
    meta: (key) => sql.value<string>('SELECT value FROM meta WHERE key = ?', key) ?? null,
    setMeta: (key, value) => {
      if (value === null) sql.run('DELETE FROM meta WHERE key = ?', key);
      else sql.run('INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value', key, value);
    },
    totals: () => totals(sql, columns),
    setLockAddress: lock.setAddress,
    saveCopy: (to, copyOptions) => saveCopy(driver, resolve(to), copyOptions),
    purge: async ({ removed, signal } = {}) => {
      if (removed === true) {
        discardRemoved(sql);
        operations.clear();
      }
      return purgeDiscarded(sql, signal);
    },
    close: () => {
      if (!driver.open) return;
      driver.close();
      lock.release();
    },
  };
};

const totals = (sql: Sql, columns: ColumnStore): { readonly sentences: number; readonly pairs: number } => {
  const collections = sql.column<number>(`SELECT part.id FROM collection part LEFT JOIN collection whole ON whole.id = part.side_of
    WHERE coalesce(whole.removed, part.removed) = ? AND (part.side_of IS NOT NULL OR part.kind = 'monolingual')`, present);
  const blocks = sql.all<{ readonly run: number | null; readonly collection: number | null; readonly count: number }>(`SELECT run, collection, count
    FROM pair_block LEFT JOIN run ON run.id = pair_block.run LEFT JOIN collection ON collection.id = pair_block.collection
    WHERE first >= 0 AND coalesce(run.removed, collection.removed, 0) = ?`, present);
  const pairsOf = ({ run, collection, count }: (typeof blocks)[number]): number => count - columns.hiddenPairs(run === null ? { collection: collection ?? 0 } : { run });
  return { sentences: collections.reduce((sum, id) => sum + sentenceCount(sql, id), 0), pairs: blocks.reduce((sum, block) => sum + pairsOf(block), 0) };
};
