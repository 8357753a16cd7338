import { memo, type ReactNode } from 'react';
import type { Column } from './columns.ts';
import css from './grid.module.css';

type Props<Row> = {
  readonly position: number;
  readonly row: Row | undefined;
  readonly columns: readonly Column<Row>[];
  readonly height: number;
  /** Room above the row for the band, px. */
  readonly gap: number;
  readonly current: boolean;
  readonly chosen: boolean;
  readonly quiet: boolean | 'judged';
  /** Out of sight, but kept because the keyboard is on it. */
  readonly pinned: boolean;
  /** The column whose text is being written, and the field for it. */
  readonly editing: { readonly column: string; readonly content: ReactNode } | undefined;
};

const roleClass = { text: css['textCell'], spine: css['spine'], meta: css['meta'] } as const;

const View = <Row,>({ position, row, columns, height, gap, current, chosen, quiet, pinned, editing }: Props<Row>) => (
  <div role="row" aria-rowindex={position + 2} aria-selected={chosen} data-position={position} tabIndex={current ? 0 : -1} aria-busy={row === undefined ? true : undefined}
    className={[css['row'], css['columns'], current ? css['current'] : '', chosen ? css['chosen'] : '', quiet === 'judged' ? css['judged'] : quiet ? css['quiet'] : '', pinned ? css['pinned'] : ''].join(' ')}
    style={{ blockSize: height, lineHeight: `${height - 1}px`, ...(gap > 0 && !pinned ? { marginBlockStart: gap } : {}) }}>
    <span role="rowheader" aria-colindex={1} className={css['number']}>{position + 1}</span>
    {columns.map((column, index) => (
      <div key={column.key} role="gridcell" data-column={column.key} aria-colindex={index + 2} className={roleClass[column.role]}>{editing?.column === column.key ? editing.content : row === undefined ? (column.role === 'text' ? '…' : null) : column.render(row)}</div>
    ))}
  </div>
);

/** One row; drawn again only when something in it has changed, so that a scrolled frame costs the rows that came into sight. */
export const RowView = memo(View) as typeof View;
