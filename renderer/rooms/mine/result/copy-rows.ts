import type { PairRow } from '../../../../main/contract/pairs.ts';
import { copySelected } from '../../../grid/copy-rows.ts';
import type { Selection } from '../../../grid/selection.ts';
import { rowsAsTsv } from '../../../grid/rows-as-tsv.ts';
import type { App } from '../../../stores/app.ts';

/** The columns of the command line's mined TSV, so that what was copied can be read where that can. */
const names = ['score', 'cosine', 'source_id', 'target_id', 'source', 'target'] as const;

const numberOf = (row: PairRow, column: string): string => {
  const value = row.values[column];
  return typeof value === 'number' ? value.toFixed(6) : '';
};

export const pairsAsTsv = (rows: readonly PairRow[]): string =>
  rowsAsTsv(names, rows.map((row) => [numberOf(row, 'margin'), numberOf(row, 'cosine'), row.source.id, row.target.id, row.source.text, row.target.text]));

/** Puts the selected pairs of a view on the clipboard. */
export const copyRows = (app: App, view: string, selection: Selection): Promise<unknown> =>
  copySelected(app, { selection, load: async (from, count) => (await app.link.call('pairs.page', { view, from, count })).rows, write: pairsAsTsv });
