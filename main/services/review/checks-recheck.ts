import type { PairOrigin } from '../../contract/pairs.ts';
import { originChecksMask } from '../../domain/review/checks/check-ids.ts';
import type { Project, Recorder } from '../../store/api.ts';
import type { PairTexts } from '../../store/api-review.ts';
import { checksOfOrigin } from './checks-of-origin.ts';
import { ignoredBits } from './checks-ignored.ts';

/** More pairs than this are left to the next run of the checks: a bulk change must not wait for a minute of rules. */
export const recheckedAtMost = 512;

/**
 * Brings what the checks found up to date when texts of these pairs are changed, inside the same operation: undo takes it back with them.
 *
 * `texts`: both sides as they will read, in the order of `ids`.
 * Does nothing where the checks have not run. What follows from all pairs together (same source, same target) waits for the next run.
 */
export const recheck = (project: Project, recorder: Recorder, origin: PairOrigin, ids: Uint32Array, texts: Pick<PairTexts, 'source' | 'target'>): void => {
  const columns = project.checks.existingColumns(origin);
  if (columns === null || ids.length === 0 || ids.length > recheckedAtMost) return;
  const checks = checksOfOrigin(project, origin);
  const ignored = project.checks.ignored(origin);
  const [open, aside] = [project.columns.valuesOf(columns.open, ids), project.columns.valuesOf(columns.ignored, ids)];
  const found = ids.map((_, at) => checks.bits(texts.source[at] ?? '', texts.target[at] ?? '') | ((Number(open[at]) | Number(aside[at])) & originChecksMask));
  const set = ids.map((id) => ignoredBits(ignored, id));
  void recorder.setColumn(columns.open, ids, found.map((bits, at) => bits & ~(set[at] ?? 0)));
  void recorder.setColumn(columns.ignored, ids, found.map((bits, at) => bits & (set[at] ?? 0)));
};
