import type { ReactNode } from 'react';
import { rem } from '../widgets/zoom.ts';

/** Where rows come from. A row that is not there yet is undefined; `want` brings it. */
export type RowSource<Row> = {
  readonly count: number;
  /** Changes when rows have come. */
  readonly version: number;
  row(position: number): Row | undefined;
  want(from: number, to: number): void;
};

export type Column<Row> = {
  readonly key: string;
  readonly heading: ReactNode;
  /** `text`: words of the material; `spine`: what relates the two sides; `meta`: small facts at the end. */
  readonly role: 'text' | 'spine' | 'meta';
  /** The tag of a text column: its heading stands at the same side as its words. */
  readonly language?: string;
  /** Width in px of the unzoomed page of a column that is no text; texts share what is left. None: as the tokens say. */
  readonly width?: number;
  /** What the rows are ordered by when its heading is pressed; none: the heading is only words. */
  readonly sort?: string;
  render(row: Row): ReactNode;
};

export type Order = { readonly column: string; readonly descending: boolean };

/** What is drawn in the place of a cell while its text is written. */
export type CellEditor = { readonly position: number; readonly column: string; readonly content: ReactNode };

/** Narrowest and widest a column may be drawn, px. */
const [narrowest, widest] = [48, 420];
export const clampWidth = (width: number): number => Math.min(widest, Math.max(narrowest, Math.round(width)));

const tokenWidth = { spine: 'var(--spine)', meta: 'var(--margin-right)' } as const;

/** The tracks of the table: gutter, then a track a column; `narrow` without the metadata, which folds into a line over the row. */
export const trackList = <Row>(columns: readonly Column<Row>[], narrow = false): string =>
  ['var(--gutter)', ...columns.filter((column) => !narrow || column.role !== 'meta').map((column) => (column.role === 'text' ? 'minmax(0, 1fr)' : column.width === undefined ? tokenWidth[column.role] : rem(column.width)))].join(' ');

/** Rows that are all here already. */
export const rowsAtHand = <Row>(rows: readonly Row[], version = 0): RowSource<Row> => ({ count: rows.length, version, row: (position) => rows[position], want: () => undefined });
