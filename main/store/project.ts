import { mkdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { OpenOptions, Project } from './api.ts';
import { createBlindPairs } from './blind-pairs.ts';
import { createChecks } from './checks.ts';
import { createCollections, present } from './collections.ts';
import { createColumns } from './columns.ts';
import type { ColumnStore } from './columns.ts';
import { createSql } from './database.ts';
import type { Sql } from './database.ts';
import { folderWarnings } from './folder-warnings.ts';
import { createJobLog, createJobs } from './jobs.ts';
import { createLabellings, discardUnfinishedLabellings, purgeLabellings } from './labellings.ts';
import { createLivingPairs } from './living-pairs.ts';
import { takeLock } from './lock.ts';
import { createMalformed } from './malformed.ts';
import { checkPath, openFile } from './open-file.ts';
import { createOperations } from './operations.ts';
import { createOverlay } from './overlay.ts';
import { createPairBlocks } from './pair-blocks.ts';
import { discardRemoved, discardUnfinished, purgeDiscarded } from './purge.ts';
import { createQuestions } from './questions.ts';
import { createQueues } from './queues.ts';
import { createReviews } from './reviews.ts';
import { createRuns } from './runs.ts';
import { saveCopy } from './save-copy.ts';
import { createSavedFilters } from './saved-filters.ts';
import { projectSeenBy } from './seen-project.ts';
import { createTextFacts } from './selecting.ts';
import { createSentences, sentenceCount } from './sentences.ts';
import { createUncheckedPairs } from './unchecked-pairs.ts';
import { createFrozenOrders } from './views.ts';
import { createWarming } from './warming.ts';

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
      const folder = options.folder ?? sideFolder(whole);
      mkdirSync(folder, { recursive: true });
      return assemble(sql, lock, backup, folder);
    } catch (thrown) {
      driver.close();
      throw thrown;
    }
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
};

const assemble = (sql: Sql, lock: ReturnType<typeof takeLock>, backup: string | null, folder: string): Project => {
  const { driver, path } = sql;
  const blocks = createPairBlocks(sql);
  const columns = createColumns(sql, blocks);
  const overlay = createOverlay(sql);
  const queues = createQueues(sql, blocks);
  const living = createLivingPairs(sql, blocks, columns);
  const reviews = createReviews(sql, blocks, columns);
  const texts = createTextFacts(sql, blocks, overlay);
  const questions = { sql, blocks, overlay, queues, living, orders: createFrozenOrders(queues.order), texts, warm: createWarming({ sql, blocks, columns, texts }) };
  const blindFor = createBlindPairs({ blocks, columns, living, queues });
  const collections = createCollections(sql);
  const runs = createRuns(sql);
  const jobs = createJobs(sql);
  const unchecked = createUncheckedPairs(sql, columns);
  const operations = createOperations(sql, { collections, runs, columns, blocks, overlay, unchecked });
  queues.sweep();
  const dropped = [
    ...discardUnfinished(sql).map((name) => `The import of “${name}” was cut off half way; what it had read was dropped. Import it again.`),
    ...discardUnfinishedLabellings(sql).map((name) => `The labelling “${name}” was cut off before its texts were read; what it had read was dropped. Label them again.`),
  ];
  const recovered = [...dropped, ...operations.recover(), ...jobs.interruptRunning()];
  const project: Project = {
    path,
    isBlind: (pairs) => {
      const blind = blindFor(null);
      return blind !== null && Array.prototype.some.call(pairs, blind.has);
    },
    name: basename(path).replace(/\.dragoman$/i, ''),
    folder,
    warnings: folderWarnings(path),
    recovered: backup === null ? recovered : [`This project was made by an older Dragoman and has been brought up to date; the file as it was is kept as ${backup}.`, ...recovered],
    collections, operations, runs, jobs, reviews,
    ...createQuestions(questions, columns, (pair) => reviews.comments([pair]).length),
    withheld: () => 0,
    seenBy: (viewer, seenAs) => {
      const blind = blindFor(viewer, seenAs);
      return blind === null ? project : projectSeenBy(project, questions, columns, blind, viewer);
    },
    checks: createChecks(sql, blocks, columns, overlay, unchecked),
    sentences: createSentences(sql),
    malformed: createMalformed(sql),
    filters: createSavedFilters(sql),
    labellings: createLabellings(sql),
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
        purgeLabellings(sql);
        await operations.clear();
      }
      return purgeDiscarded(sql, signal);
    },
    close: () => {
      if (!driver.open) return;
      questions.texts.matches.close();
      driver.close();
      lock.release();
    },
  };
  return project;
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
