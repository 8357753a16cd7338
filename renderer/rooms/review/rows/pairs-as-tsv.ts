import type { PairRow } from '../../../../main/contract/pairs.ts';
import { rowsAsTsv } from '../../../grid/rows-as-tsv.ts';

/** Rows as they read now, with what was decided about them and every value they have. */
export const pairsAsTsv = (rows: readonly PairRow[]): string => {
  const values = [...new Set(rows.flatMap((row) => Object.keys(row.values)))];
  return rowsAsTsv(
    ['pair_id', 'source', 'target', 'decision', 'label', 'flags', 'source_id', 'target_id', ...values],
    rows.map((row) => [
      row.id, row.source.text, row.target.text, row.review.decision === 'none' ? '' : row.review.decision, row.review.judged[0]?.label ?? '', row.review.flags.join(' '), row.source.id, row.target.id,
      ...values.map((name) => row.values[name] ?? ''),
    ]),
  );
};
