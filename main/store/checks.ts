import { Failure } from '../contract/errors.ts';
import type { PairOrigin } from '../contract/pairs.ts';
import { checkMask } from '../domain/review/checks/check-ids.ts';
import type { Checks, IgnoreScope, StoredTermList, TermPair } from './api-checks.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import type { Overlay } from './overlay.ts';
import type { PairBlocks } from './pair-blocks.ts';
import { checksColumn, ignoredColumn } from './review-columns.ts';
import type { UncheckedPairs } from './unchecked-pairs.ts';

type Ignored = { readonly target: number; readonly check_id: string };

/** What the checks of pairs found, what of it is ignored, and the lists of terms. */
export const createChecks = (sql: Sql, blocks: PairBlocks, columns: ColumnStore, overlay: Overlay, unchecked: UncheckedPairs): Checks => {
  const rows = (scope: IgnoreScope, from: number, end: number): readonly Ignored[] => sql.all<Ignored>('SELECT target, check_id FROM check_ignore WHERE scope = ? AND target >= ? AND target < ?', scope, from, end);
  const bits = (found: readonly Ignored[]): number => found.reduce((mask, { check_id }) => mask | checkMask(check_id), 0);
  return {
    columns: (origin) => ({ open: columns.internal(origin, checksColumn, 'u32'), ignored: columns.internal(origin, ignoredColumn, 'u32') }),
    existingColumns: (origin) => {
      const [open, ignored] = [columns.find(origin, checksColumn), columns.find(origin, ignoredColumn)];
      return open === null || ignored === null ? null : { open, ignored };
    },
    ignored: (origin) => {
      const { id, first, count } = blocks.get(origin);
      const once = new Map<number, number>();
      for (const { target, check_id } of rows('once', first, first + count)) once.set(target, (once.get(target) ?? 0) | checkMask(check_id));
      return { always: bits(rows('always', 0, 1)), here: bits(rows('here', id, id + 1)), once };
    },
    textVersion: () => overlay.version(),
    unchecked: unchecked.all,
    uncheckedVersion: unchecked.version,
    termLists: () => sql.all<StoredTermList>(`SELECT id, name, source_language AS sourceLanguage, target_language AS targetLanguage,
      (SELECT count(*) FROM term WHERE term.terms = terms.id) AS terms FROM terms ORDER BY id`),
    terms: (list, from, count) => sql.arrays<[string, string]>('SELECT source, target FROM term WHERE terms = ? AND no >= ? AND no < ? ORDER BY no', list, from, from + count),
    addTermList: ({ name, sourceLanguage, targetLanguage }) => sql.run('INSERT INTO terms(name, source_language, target_language, created_at) VALUES (?, ?, ?, ?)', name, sourceLanguage, targetLanguage, Date.now()).id,
    addTerms: (list, from, terms: readonly TermPair[]) => sql.transaction(() => {
      terms.forEach(([source, target], at) => sql.run('INSERT INTO term(terms, no, source, target) VALUES (?, ?, ?, ?)', list, from + at, source, target));
    }),
    removeTermList: (id) => sql.transaction(() => {
      if (sql.run('DELETE FROM terms WHERE id = ?', id).changes === 0) throw new Failure('not-found', `There is no term list ${id}.`);
      sql.run('DELETE FROM term WHERE terms = ?', id);
    }),
  };
};

/** What `check_ignore.target` names: a pair, the block of an origin, or nothing. */
export const ignoreTarget = (blocks: PairBlocks, origin: PairOrigin, pair: number, scope: IgnoreScope): number => {
  if (scope === 'once') return pair;
  return scope === 'here' ? blocks.get(origin).id : 0;
};

export type IgnorePatch = { readonly scope: IgnoreScope; readonly check: string; readonly ignored: boolean };

export const applyIgnore = (sql: Sql, target: number, { scope, check, ignored }: IgnorePatch): void => {
  if (ignored) sql.run('INSERT OR IGNORE INTO check_ignore(scope, target, check_id) VALUES (?, ?, ?)', scope, target, check);
  else sql.run('DELETE FROM check_ignore WHERE scope = ? AND target = ? AND check_id = ?', scope, target, check);
};
