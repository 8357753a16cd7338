/** Columns of a table that carry what was judged: written by the export, read again by the import of decisions. */
export const reviewColumns = {
  pair: 'pair_id', decision: 'decision', label: 'label', reason: 'reason', annotator: 'annotator', time: 'time', flags: 'flags', comments: 'comments',
  sourceOriginal: 'source_original', targetOriginal: 'target_original',
} as const;

export type JudgeColumns = { readonly decision: string; readonly label: string; readonly reason: string; readonly time: string };

/** What one judge said, where several did; null: the adjudicator. */
export const columnsOfNamed = (name: string | null): JudgeColumns => (name === null
  ? { decision: 'adjudicated_decision', label: 'adjudicated_label', reason: 'adjudicated_reason', time: 'adjudicated_time' }
  : { decision: `decision@${name}`, label: `label@${name}`, reason: `reason@${name}`, time: `time@${name}` });

/** Whose own columns a header has; empty: only the ones of the decision in force. */
export const namedJudges = (header: readonly string[]): readonly (string | null)[] => [
  ...header.flatMap((name) => (name.startsWith('decision@') ? [name.slice('decision@'.length)] : [])),
  ...(header.includes(columnsOfNamed(null).decision) ? [null] : []),
];

/** Is this one of the names above? A score column of that name would stand there twice. */
export const isReviewColumn = (name: string): boolean => (Object.values(reviewColumns) as readonly string[]).includes(name) || /^(?:decision|label|reason|time)@|^adjudicated_/.test(name);

/** Between comments, flags: a cell is one line. */
export const commentSeparator = ' | ';
export const flagSeparator = ',';

/** `2026-01-31T12:05:09Z`; empty where nothing was judged. */
export const timeCell = (seconds: number): string => (seconds === 0 ? '' : new Date(seconds * 1_000).toISOString().replace('.000', ''));

/** Seconds since 1970; null where the cell holds no time that could be kept. */
export const timeOfCell = (cell: string): number | null => {
  const seconds = Math.floor(Date.parse(cell) / 1_000);
  return seconds > 0 && seconds < 2 ** 32 ? seconds : null;
};
