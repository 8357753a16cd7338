import type { PairRow } from '../../../../main/contract/pairs.ts';
import { rowsAsTsv } from '../../../grid/rows-as-tsv.ts';

/** Pairs with all their imported columns, under a header that an import reads back. */
export const pairsAsTsv = (columns: readonly string[], rows: readonly PairRow[]): string =>
  rowsAsTsv(['source_id', 'target_id', 'source', 'target', ...columns], rows.map((row) => [row.source.id, row.target.id, row.source.text, row.target.text, ...columns.map((column) => row.values[column] ?? '')]));
