import type { ReactNode } from 'react';

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
  render(row: Row): ReactNode;
};

/** Rows that are all here already. */
export const rowsAtHand = <Row>(rows: readonly Row[], version = 0): RowSource<Row> => ({ count: rows.length, version, row: (position) => rows[position], want: () => undefined });
