import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo } from 'react';
import { t } from '../strings/catalogue.ts';
import { locale } from '../strings/locale.ts';
import { directionOf } from '../text/languages.ts';
import { Icon } from '../widgets/icon.tsx';
import { useZoom } from '../widgets/zoom.ts';
import { clampWidth, type Column, type Order } from './columns.ts';
import type { GridStore } from './grid-store.ts';
import css from './grid.module.css';

type Props<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly order: Order | null;
  readonly onSort: ((column: string) => void) | undefined;
  readonly onResize: ((column: string, width: number) => void) | undefined;
  /** Where the keyboard goes back to. */
  readonly store: GridStore;
};

const step = 8;
/** Columns follow each other as the interface runs: towards the left in Arabic, and so do the keys and the mouse. */
const onward = (): number => (locale().direction === 'rtl' ? -1 : 1);

/**
 * The headings: pressing one orders the rows by it, its edge draws its width.
 *
 * Not a tab stop of its own: arrow up from the first row comes here, arrow left and right move on, with Shift they change the width, arrow down goes back.
 */
const Head = <Row,>({ columns, order, onSort, onResize, store }: Props<Row>) => {
  const zoom = useZoom();
  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>): void => {
    const headings = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
    const at = headings.findIndex((each) => each === document.activeElement);
    if (at < 0) return;
    const by = event.key === 'ArrowRight' ? onward() : event.key === 'ArrowLeft' ? -onward() : 0;
    if (event.key === 'ArrowDown' || event.key === 'Escape') store.getState().handle?.takeFocus();
    else if (by === 0) return;
    else if (event.shiftKey) {
      const cell = headings[at]?.closest<HTMLElement>('[data-resize]');
      if (cell != null) onResize?.(cell.dataset['resize'] ?? '', clampWidth(cell.offsetWidth / zoom + by * step));
    } else headings[at + by]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className={`${css['columns']} ${css['head']}`} onKeyDown={onKeyDown}>
        <span role="columnheader" aria-colindex={1}><span className="only-read-aloud">{t('grid.number')}</span></span>
        {columns.map((column, index) => {
          const sorted = order !== null && order.column === column.sort;
          const resizable = onResize !== undefined && column.role !== 'text';
          return (
            <div key={column.key} role="columnheader" aria-colindex={index + 2} className={column.role === 'text' ? undefined : css[column.role]} data-resize={resizable ? column.key : undefined}
              aria-sort={sorted ? (order.descending ? 'descending' : 'ascending') : undefined} style={column.language === undefined ? undefined : { textAlign: directionOf(column.language) === 'rtl' ? 'right' : 'left' }}>
              {onSort === undefined || column.sort === undefined ? column.heading : (
                <button type="button" tabIndex={-1} title={t('grid.sort')} onClick={() => onSort(column.sort ?? '')}>
                  {sorted ? <Icon of={order.descending ? ArrowDown : ArrowUp} size={11} /> : null}<span className="ellipsis">{column.heading}</span>
                </button>
              )}
              {resizable ? <Edge zoom={zoom} after={column.role === 'spine'} onDraw={(width) => onResize(column.key, width)} /> : null}
            </div>
          );
        })}
      </div>
    </div>
  );
};

export const GridHead = memo(Head) as typeof Head;

/** The edge that is dragged: metadata grows away from the texts' end, the spine to both sides. For the mouse; keys have their own way. */
const Edge = ({ zoom, after, onDraw }: { readonly zoom: number; readonly after: boolean; readonly onDraw: (width: number) => void }) => (
  <span aria-hidden="true" className={`${css['edge']} ${after ? css['after'] : ''}`}
    onPointerDown={(event) => {
      const cell = event.currentTarget.parentElement;
      if (event.button !== 0 || cell === null) return;
      event.preventDefault();
      const { currentTarget: edge, pointerId, clientX: from } = event;
      const width = cell.offsetWidth;
      edge.setPointerCapture(pointerId);
      edge.dataset['dragged'] = '';
      const move = (next: PointerEvent): void => onDraw(clampWidth((width + onward() * (after ? 2 * (next.clientX - from) : from - next.clientX)) / zoom));
      const end = (): void => { edge.removeEventListener('pointermove', move); edge.removeEventListener('lostpointercapture', end); delete edge.dataset['dragged']; };
      edge.addEventListener('pointermove', move);
      edge.addEventListener('lostpointercapture', end);
    }} />
);
