import { setImmediate } from 'node:timers/promises';
import type { Finding } from '../../contract/review-checks.ts';
import type { PairOrigin } from '../../contract/pairs.ts';
import { checkMask } from '../../domain/review/checks/check-ids.ts';
import type { Project, Recorder } from '../../store/api.ts';
import type { IgnoredChecks, IgnoreScope } from '../../store/api-checks.ts';

/** Bits of what is set aside on a pair, by any of the three scopes. */
export const ignoredBits = ({ always, here, once }: IgnoredChecks, pair: number): number => (always | here | (once.get(pair) ?? 0)) >>> 0;

/** The narrowest scope that sets a check aside on a pair. */
export const scopeOf = ({ always, here, once }: IgnoredChecks, pair: number, check: string): Finding['ignored'] => {
  const mask = checkMask(check);
  if (((once.get(pair) ?? 0) & mask) !== 0) return 'once';
  if ((here & mask) !== 0) return 'here';
  return (always & mask) !== 0 ? 'always' : null;
};

export type IgnoreChange = { readonly origin: PairOrigin; readonly pair: number; readonly check: string; readonly scope: IgnoreScope; readonly ignore: boolean };

/** Sets a check aside or asks for it again, and moves its bit between the columns on every pair that this concerns. */
export const changeIgnored = async (project: Project, recorder: Recorder, { origin, pair, check, scope, ignore }: IgnoreChange): Promise<void> => {
  recorder.setCheckIgnored(origin, pair, scope, check, ignore);
  for (const one of scope === 'always' ? checkedOrigins(project) : [origin]) await moveBit(project, recorder, one, check, scope === 'once' ? pair : null);
};

/** Every set of pairs that the checks have run over; two runs over one bitext share theirs. */
const checkedOrigins = (project: Project): PairOrigin[] => {
  const origins = [...project.collections.list().map(({ id }): PairOrigin => ({ collection: id })), ...project.runs.list().map(({ id }): PairOrigin => ({ run: id }))];
  const seen = new Set<number>();
  return origins.filter((origin) => {
    const column = project.checks.existingColumns(origin)?.open.id;
    if (column === undefined || seen.has(column)) return false;
    seen.add(column);
    return true;
  });
};

const slice = 65_536;

const moveBit = async (project: Project, recorder: Recorder, origin: PairOrigin, check: string, only: number | null): Promise<void> => {
  const columns = project.checks.existingColumns(origin);
  if (columns === null) return;
  const mask = checkMask(check);
  const ignored = project.checks.ignored(origin);
  const { first, count } = columns.open;
  for (let from = only ?? first; from < (only === null ? first + count : only + 1); from += slice) {
    const length = only === null ? Math.min(slice, first + count - from) : 1;
    const [open, aside] = [project.columns.read(columns.open, from, length), project.columns.read(columns.ignored, from, length)];
    const places = Uint32Array.from(open.keys()).filter((at) => (((open[at] ?? 0) | (aside[at] ?? 0)) & mask) !== 0);
    if (places.length === 0) continue;
    const isAside = places.map((at) => (ignoredBits(ignored, from + at) & mask) === 0 ? 0 : 1);
    const ids = places.map((at) => from + at);
    const changes = [
      recorder.setColumn(columns.open, ids, places.map((at, index) => (isAside[index] === 1 ? (open[at] ?? 0) & ~mask : (open[at] ?? 0) | mask))),
      recorder.setColumn(columns.ignored, ids, places.map((at, index) => (isAside[index] === 1 ? (aside[at] ?? 0) | mask : (aside[at] ?? 0) & ~mask))),
    ];
    if (only !== null) return;
    await Promise.all(changes);
    await setImmediate();
  }
};
