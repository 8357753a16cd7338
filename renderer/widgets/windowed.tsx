import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import css from './windowed.module.css';

type Props = {
  readonly label: string;
  readonly total: number;
  /** Height of every row in px. */
  readonly rowHeight: number;
  /** What is drawn for a row; asked for the rows in sight only. */
  readonly children: (index: number) => ReactNode;
  /** The rows that are in sight now (to exclusive). */
  readonly onWindow: (from: number, to: number) => void;
  readonly onOpen?: (index: number) => void;
  /** Told when another row becomes the current one. */
  readonly onCurrent?: (index: number) => void;
  /** The row that is current because something else chose it. */
  readonly at?: number;
};

/** Browsers draw nothing below about 33.5 million px; beyond this height the scroll bar is scaled. */
const tallest = 30_000_000;
const beyond = 6;

/**
 * A list of any length: fixed row height, one tab stop, a current row that arrow keys move.
 *
 * Only rows in sight are in the document. The wheel always moves by true px, also where the scroll bar is scaled.
 */
export const Windowed = ({ label, total, rowHeight, children, onWindow, onOpen, onCurrent, at }: Props) => {
  const viewport = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(0);
  const [current, setCurrent] = useState(0);
  const [followed, setFollowed] = useState(at);
  if (at !== undefined && at !== followed) {
    setFollowed(at);
    setCurrent(at);
  }
  const full = total * rowHeight;
  const canvas = Math.min(full, tallest);
  const scale = full > canvas && canvas > height ? (full - height) / (canvas - height) : 1;
  const offset = top * scale;
  const from = Math.max(0, Math.floor(offset / rowHeight) - beyond);
  const to = Math.min(total, Math.ceil((offset + height) / rowHeight) + beyond);

  useEffect(() => {
    const box = viewport.current;
    if (box === null) return undefined;
    const observer = new ResizeObserver(() => setHeight(box.clientHeight));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  useEffect(() => { if (to > from) onWindow(from, to); }, [from, to, onWindow]);

  useEffect(() => {
    const box = viewport.current;
    if (box === null || scale === 1) return undefined;
    const wheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const step = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? box.clientHeight : 1;
      box.scrollTop += (event.deltaY * step) / scale;
    };
    box.addEventListener('wheel', wheel, { passive: false });
    return () => box.removeEventListener('wheel', wheel);
  }, [scale, rowHeight]);

  const show = (index: number): void => {
    const box = viewport.current;
    if (box === null) return;
    const at = index * rowHeight;
    if (at < offset) box.scrollTop = at / scale;
    else if (at + rowHeight > offset + height) box.scrollTop = (at + rowHeight - height) / scale;
  };
  useEffect(() => {
    if (at !== undefined && at < total) show(at);
  }, [at, total]);
  const choose = (index: number): void => {
    setCurrent(index);
    onCurrent?.(index);
  };
  const move = (index: number): void => {
    const next = Math.min(total - 1, Math.max(0, index));
    choose(next);
    show(next);
  };
  const page = Math.max(1, Math.floor(height / rowHeight) - 1);
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(current + 1), ArrowUp: () => move(current - 1), PageDown: () => move(current + page), PageUp: () => move(current - page),
    Home: () => move(0), End: () => move(total - 1), Enter: () => onOpen?.(current),
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = moves[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step();
  };

  return (
    <div ref={viewport} className={css['viewport']} role="listbox" aria-label={label} tabIndex={0} onKeyDown={onKey} aria-activedescendant={total > 0 && current >= from && current < to ? rowId(label, current) : undefined}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
      <div className={css['canvas']} style={{ blockSize: canvas }}>
        {Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at).map((index) => (
          <div key={index} id={rowId(label, index)} role="option" aria-selected={index === current} aria-posinset={index + 1} aria-setsize={total} data-current={index === current ? '' : undefined}
            className={css['row']} style={{ blockSize: rowHeight, transform: `translateY(${index * rowHeight - offset + top}px)` }} onMouseDown={() => choose(index)} onDoubleClick={() => onOpen?.(index)}>
            {children(index)}
          </div>
        ))}
      </div>
    </div>
  );
};

const rowId = (label: string, index: number): string => `${label.replace(/\W+/gu, '-')}-${index}`;
