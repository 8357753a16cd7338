import { memo } from 'react';
import type { CellEditor, Column, RowSource } from './columns.ts';
import { RowView } from './row-view.tsx';
import { offsetOf, type Extent, type RowSpan } from './scroll.ts';
import { isSelected, type Selection } from './selection.ts';
import css from './grid.module.css';

type Props<Row> = {
  /** The rows of the block. */
  readonly first: number;
  readonly end: number;
  /** The height that blocks are placed from, px. */
  readonly from: number;
  readonly rowHeight: number;
  readonly band: Extent['band'];
  readonly columns: readonly Column<Row>[];
  readonly rows: RowSource<Row>;
  readonly selection: Selection;
  readonly isQuiet: (position: number) => boolean | 'judged';
  /** The row the keyboard is on and the cell that is written in, where they are of this block. */
  readonly current: number | undefined;
  readonly editor: CellEditor | undefined;
};

const View = <Row,>({ first, end, from, rowHeight, band, columns, rows, selection, isQuiet, current, editor }: Props<Row>) => {
  const extent: Extent = { rows: rows.count, rowHeight, viewport: 0, band };
  const start = offsetOf(extent, first);
  return (
    <div role="presentation" className={css['block']} style={{ insetBlockStart: start - from, blockSize: offsetOf(extent, end - 1) + rowHeight - start }}>
      {positionsOf({ first, end }).map((position) => (
        <RowView key={position} position={position} row={rows.row(position)} columns={columns} height={rowHeight} gap={position > first && band?.before === position ? band.height : 0}
          current={position === current} chosen={isSelected(selection, position)} quiet={isQuiet(position)} pinned={false} editing={editor?.position === position ? editor : undefined} />
      ))}
    </div>
  );
};

const positionsOf = ({ first, end }: RowSpan): readonly number[] => Array.from({ length: end - first }, (_, index) => first + index);

/**
 * Some rows that are drawn together, in a box of known size: a block that comes costs its own drawing and layout, and none of the others'.
 *
 * Drawn again only when something of its rows may have changed; a row then looks for itself.
 */
export const RowBlock = memo(View) as typeof View;
