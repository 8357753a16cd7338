import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useStore } from 'zustand';
import { useRowHeight } from '../widgets/use-row-height.ts';
import { useZoom } from '../widgets/zoom.ts';
import { trackList, type CellEditor, type Column, type Order, type RowSource } from './columns.ts';
import { GridHead } from './grid-head.tsx';
import { pressInGrid } from './grid-keys.ts';
import type { GridStore } from './grid-store.ts';
import { createRowScroller } from './row-scroller.ts';
import { RowBlock } from './row-block.tsx';
import { RowView } from './row-view.tsx';
import { bandOffset, blocksOf, pageRows, placedFrom, topOfThumb, topToShow, thumbAt, type Extent, type RowSpan } from './scroll.ts';
import { Scrollbar } from './scrollbar.tsx';
import { isSelected } from './selection.ts';
import css from './grid.module.css';

type Props<Row> = {
  readonly label: string;
  /** Keep the array itself the same between drawings: rows are drawn again when it changes. */
  readonly columns: readonly Column<Row>[];
  readonly rows: RowSource<Row>;
  readonly store: GridStore;
  /** A line between two rows, `before` the row it names; its height is that of the unzoomed page. When it moves while in sight, the list moves under it. */
  readonly band?: { readonly before: number; readonly height: number; readonly content: ReactNode } | undefined;
  /** Rows set in a quieter ink; judged ones in the quietest. */
  readonly isQuiet?: (position: number) => boolean | 'judged';
  readonly onCopy?: () => void;
  /** What the rows are ordered by, and what to do when a heading is pressed. */
  readonly order?: Order | null;
  readonly onSort?: (column: string) => void;
  /** A column is drawn wider or narrower. */
  readonly onResize?: (column: string, width: number) => void;
  /** Enter, F2 or a double click asks to write in a row; the column is named where the mouse did. */
  readonly onEdit?: (position: number, column: string | undefined) => void;
  readonly editor?: CellEditor | undefined;
  readonly empty?: ReactNode;
};

const never = (): boolean => false;

/**
 * The windowed table: gutter, then the given columns.
 *
 * One tab stop with a roving row; the row that has the keyboard stays in the page even when it is scrolled out of sight, so focus is never lost.
 */
export const Grid = <Row,>({ label, columns, rows, store, band: unzoomedBand, isQuiet = never, onCopy, order, onSort, onResize, onEdit, editor, empty }: Props<Row>) => {
  const zoom = useZoom();
  const rowHeight = useRowHeight();
  const band = unzoomedBand === undefined ? undefined : { ...unzoomedBand, height: Math.round(unzoomedBand.height * zoom) };
  const { focus, selection } = useStore(store);
  const body = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const bandBox = useRef<HTMLDivElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  const track = useRef<HTMLDivElement>(null);
  const awaited = useRef(false);
  const hadKeyboard = useRef(false);
  /** The keyboard is being handed from one element of its row to another, which is no reason to show the row. */
  const handing = useRef(false);
  const [viewport, setViewport] = useState(0);
  const [drawn, setDrawn] = useState<RowSpan>({ first: 0, end: 0 });

  // The same object while it says the same: blocks are drawn again when it changes.
  const line = useMemo(() => (band === undefined ? undefined : { before: band.before, height: band.height }), [band?.before, band?.height]);
  const extent: Extent = { rows: rows.count, rowHeight, viewport, band: line };
  const from = useRef(0);
  from.current = placedFrom(extent, from.current, drawn.first);
  const now = useRef({ extent, rows, drawn });
  now.current = { extent, rows, drawn };

  const place = (top: number): void => {
    if (layer.current !== null) layer.current.style.transform = `translateY(${from.current - top}px)`;
    const at = bandOffset(now.current.extent);
    if (bandBox.current !== null && at !== undefined) bandBox.current.style.transform = `translateY(${Math.max(-100, Math.min(1e5, at - top))}px)`;
  };

  const scroller = useMemo(() => createRowScroller({
    extent: () => now.current.extent,
    has: (row) => now.current.rows.row(row) !== undefined,
    want: (from, to) => { if (to > from) now.current.rows.want(from, to); },
    drawn: () => now.current.drawn,
    draw: (next) => flushSync(() => setDrawn(next)),
    place,
    moveThumb: (at) => {
      const element = thumb.current;
      if (element === null) return;
      element.style.display = at === undefined ? 'none' : '';
      if (at !== undefined) { element.style.blockSize = `${at.size}px`; element.style.transform = `translateY(${at.start}px)`; }
    },
    track: () => track.current?.clientHeight ?? 0,
  }), []);

  useEffect(() => { store.getState().setRows(rows.count); }, [store, rows.count]);
  useEffect(() => { scroller.refresh(); }, [scroller, rows.version, rows.count, viewport, rowHeight]);
  useEffect(() => () => scroller.stop(), [scroller]);
  useLayoutEffect(() => place(scroller.top()));

  const lastBand = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    const before = lastBand.current;
    const at = bandOffset(now.current.extent);
    lastBand.current = at;
    if (before === undefined || at === undefined || at === before) return;
    const y = before - scroller.target();
    if (y >= 0 && y <= viewport) scroller.moveTo(at - y); else scroller.refresh();
  }, [scroller, band?.before, rowHeight]);

  useLayoutEffect(() => {
    const element = body.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setViewport(element.clientHeight));
    observer.observe(element);
    setViewport(element.clientHeight);
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      scroller.moveBy(event.deltaY * (event.deltaMode === 1 ? now.current.extent.rowHeight : event.deltaMode === 2 ? now.current.extent.viewport : 1));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => { observer.disconnect(); element.removeEventListener('wheel', onWheel); };
  }, [scroller]);

  useEffect(() => {
    const rowElement = (position: number): HTMLElement | null => layer.current?.querySelector<HTMLElement>(`[data-position="${position}"]`) ?? null;
    store.getState().attach({
      reveal: (row, where) => scroller.moveTo(topToShow(now.current.extent, scroller.target(), row, where)),
      takeFocus: () => {
        const element = rowElement(Math.max(0, store.getState().focus));
        // A row far away is drawn with the next state; it then takes the keyboard.
        if (element === null) awaited.current = true; else element.focus({ preventScroll: true });
      },
    });
    return () => store.getState().attach(undefined);
  }, [store, scroller]);

  // The keyboard follows the roving row, but is never taken from elsewhere unasked. A far row that had it may just have left the page: then nothing has it.
  useLayoutEffect(() => {
    const { activeElement, body: nowhere } = document;
    const isHere = layer.current?.contains(activeElement) === true || (hadKeyboard.current && (activeElement === null || activeElement === nowhere));
    if ((!isHere && !awaited.current) || (isHere && activeElement !== null && isOther(activeElement))) return;
    awaited.current = false;
    handing.current = true;
    layer.current?.querySelector<HTMLElement>(`[data-position="${focus}"]`)?.focus({ preventScroll: true });
    handing.current = false;
  }, [focus, drawn]);

  const onMouseDown = (event: React.MouseEvent): void => {
    const position = positionOf(event.target);
    if (position === undefined || event.button !== 0 || isOther(event.target)) return;
    if (event.shiftKey) { event.preventDefault(); store.getState().goTo(position, 'extend'); store.getState().handle?.takeFocus(); }
    else if (event.ctrlKey || event.metaKey) store.getState().toggle(position);
    else store.getState().goTo(position);
  };

  const onKeyDown = (event: React.KeyboardEvent): void => {
    // What is written in a cell is not the table's, nor are the keys of its headings.
    if (event.nativeEvent.isComposing || event.defaultPrevented || isOther(event.target)) return;
    if (onEdit !== undefined && (event.key === 'Enter' || event.key === 'F2') && focus >= 0 && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey) onEdit(focus, undefined);
    else if (event.key === 'ArrowUp' && focus === 0 && onSort !== undefined && !event.shiftKey) event.currentTarget.querySelector<HTMLElement>('[role="columnheader"] button')?.focus();
    else if (!pressInGrid(store, event, pageRows(extent), onCopy)) return;
    event.preventDefault();
  };
  const onDoubleClick = (event: React.MouseEvent): void => {
    const position = positionOf(event.target);
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column]') : null;
    if (position !== undefined && onEdit !== undefined && !isOther(event.target)) onEdit(position, cell?.dataset['column']);
  };

  const current = Math.max(0, focus);
  const shown: RowSpan = { first: drawn.first, end: Math.min(drawn.end, rows.count) };
  const isIn = (span: RowSpan, position: number | undefined): boolean => position !== undefined && position >= span.first && position < span.end;
  const pinned = current >= rows.count || isIn(shown, current) ? null : (
    <RowView key={current} position={current} row={rows.row(current)} columns={columns} height={rowHeight} gap={0} current chosen={isSelected(selection, current)} quiet={isQuiet(current)} pinned editing={editor?.position === current ? editor : undefined} />
  );
  return (
    <div className={css['root']} style={{ '--wide': trackList(columns), '--narrow': trackList(columns, true) } as React.CSSProperties}>
      <div role="grid" aria-label={label} aria-rowcount={rows.count + 1} aria-colcount={columns.length + 1} aria-multiselectable="true" className={css['table']}
        onKeyDown={onKeyDown}>
        <GridHead columns={columns} order={order ?? null} onSort={onSort} onResize={onResize} store={store} />
        <div ref={body} role="rowgroup" className={css['body']} onMouseDown={onMouseDown} onDoubleClick={onDoubleClick} onBlur={() => { hadKeyboard.current = false; }}
          onFocus={(event) => { hadKeyboard.current = true; if (!handing.current && event.target.classList.contains(css['pinned'] ?? '-')) store.getState().handle?.reveal(focus, 'centre'); }}>
          <div ref={layer} role="presentation" className={css['layer']}>
            {current < shown.first ? pinned : null}
            {blocksOf(shown).map((block) => (
              <RowBlock key={block.first} first={block.first} end={block.end} from={from.current} rowHeight={rowHeight} band={isIn({ first: 0, end: block.end }, band?.before) ? line : undefined} columns={columns} rows={rows} selection={selection} isQuiet={isQuiet}
                current={isIn(block, current) ? current : undefined} editor={isIn(block, editor?.position) ? editor : undefined} />
            ))}
            {current < shown.first ? null : pinned}
          </div>
          {band === undefined ? null : <div ref={bandBox} role="presentation" aria-hidden="true" className={css['band']} style={{ blockSize: band.height }}>{band.content}</div>}
        </div>
      </div>
      {rows.count === 0 && empty !== undefined ? <div className={css['empty']}>{empty}</div> : null}
      <Scrollbar thumbRef={thumb} trackRef={track} read={() => thumbAt(now.current.extent, scroller.target(), track.current?.clientHeight ?? 0)}
        onDrag={(start, size) => scroller.moveTo(topOfThumb(now.current.extent, start, size, track.current?.clientHeight ?? 0))} />
    </div>
  );
};

const isOther = (target: EventTarget): boolean => target instanceof Element && target.closest('input, textarea, [role="columnheader"]') !== null;

const positionOf = (target: EventTarget): number | undefined => {
  const row = target instanceof Element ? target.closest('[data-position]') : null;
  const position = Number(row?.getAttribute('data-position') ?? Number.NaN);
  return Number.isInteger(position) ? position : undefined;
};
