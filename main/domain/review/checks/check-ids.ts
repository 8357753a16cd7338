/**
 * The checks, in the order of their bits.
 *
 * `bit` is the place in the u32 columns `checks` (found, open) and `checksIgnored` (found, set aside); it is stored in project files, so a check keeps its bit for good.
 * `error`: the pair is wrong unless somebody says otherwise; `warning`: it is worth a look. The page names a check by the string `check.<id>`.
 * `origin`: it follows from all pairs of an origin together and is brought up to date by the next run of the checks, not by an edit.
 * `detectors`: the detectors of languages are asked, in a thread of theirs, by a run of the checks; an edit takes it back until the next one.
 */
export const checks = [
  { id: 'empty', bit: 0, severity: 'error', of: 'pair' },
  { id: 'copied', bit: 1, severity: 'error', of: 'pair' },
  { id: 'corrupted', bit: 2, severity: 'error', of: 'pair' },
  { id: 'wrong-script', bit: 3, severity: 'error', of: 'pair' },
  { id: 'numbers', bit: 4, severity: 'error', of: 'pair' },
  { id: 'placeholders', bit: 5, severity: 'error', of: 'pair' },
  { id: 'tags', bit: 6, severity: 'error', of: 'pair' },
  { id: 'addresses', bit: 7, severity: 'error', of: 'pair' },
  { id: 'length-ratio', bit: 8, severity: 'warning', of: 'pair' },
  { id: 'terms', bit: 9, severity: 'warning', of: 'pair' },
  { id: 'brackets', bit: 10, severity: 'warning', of: 'pair' },
  { id: 'quotes', bit: 11, severity: 'warning', of: 'pair' },
  { id: 'end-punctuation', bit: 12, severity: 'warning', of: 'pair' },
  { id: 'doubled-words', bit: 13, severity: 'warning', of: 'pair' },
  { id: 'doubled-spaces', bit: 14, severity: 'warning', of: 'pair' },
  { id: 'same-source', bit: 15, severity: 'warning', of: 'origin' },
  { id: 'same-target', bit: 16, severity: 'warning', of: 'origin' },
  { id: 'language', bit: 17, severity: 'warning', of: 'detectors' },
] as const;

export type Check = (typeof checks)[number];
export type CheckId = Check['id'];
/** A check that two texts alone can answer. */
export type PairCheckId = Extract<Check, { readonly of: 'pair' }>['id'];

const byId: ReadonlyMap<string, Check> = new Map(checks.map((check) => [check.id, check]));

/** Undefined for a name that is no check's. */
export const checkOf = (id: string): Check | undefined => byId.get(id);

/** The mask of one check in the bit columns; 0 for a name that is no check's. */
export const checkMask = (id: string): number => {
  const check = byId.get(id);
  return check === undefined ? 0 : (1 << check.bit) >>> 0;
};

/** Names of the checks whose bits are set, in the order of the bits. */
export const checkIdsOf = (bits: number): CheckId[] => checks.filter(({ bit }) => (bits & (1 << bit)) !== 0).map(({ id }) => id);

/** The bits of all checks that only a whole origin can answer. */
export const originChecksMask = checks.filter((check) => check.of === 'origin').reduce((mask, { id }) => mask | checkMask(id), 0);
