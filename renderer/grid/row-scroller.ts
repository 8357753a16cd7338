import { clampTop, nextDrawn, thumbAt, visibleRows, type Extent, type RowSpan } from './scroll.ts';

/** Rows asked for ahead of need in each direction; pages hold fewer. */
const ahead = 300;
/** How long a jump waits for its rows before it shows their numbers only. */
const patience = 300;

export type ScrollerParts = {
  extent(): Extent;
  has(row: number): boolean;
  want(from: number, to: number): void;
  drawn(): RowSpan;
  /** Draws these rows at once. */
  draw(rows: RowSpan): void;
  /** Moves what is drawn. */
  place(top: number): void;
  moveThumb(thumb: { readonly start: number; readonly size: number } | undefined): void;
  track(): number;
};

export type RowScroller = {
  top(): number;
  target(): number;
  moveTo(top: number): void;
  moveBy(pixels: number): void;
  /** Rows have come, or the extent has changed. */
  refresh(): void;
  stop(): void;
};

/**
 * Moves a window over the rows, one animation frame at a time.
 *
 * What is shown follows what is wanted: when the rows of the wanted place are not here yet, the old ones stay in sight until they are (or patience ends), so that a jump
 * never shows blank rows.
 */
export const createRowScroller = (parts: ScrollerParts): RowScroller => {
  let target = 0;
  let shown = 0;
  let waitingSince: number | undefined;
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const step = (): void => {
    frame = undefined;
    const extent = parts.extent();
    target = clampTop(extent, target);
    parts.moveThumb(thumbAt(extent, target, parts.track()));
    const wanted = visibleRows(extent, target);
    parts.want(Math.max(0, wanted.first - ahead), Math.min(extent.rows, wanted.end + ahead));
    if (target !== shown && !isHere(wanted) && !isPatienceOver()) return;
    waitingSince = undefined;
    shown = target;
    const drawn = parts.drawn();
    const next = nextDrawn(drawn, wanted, extent.rows);
    if (next.first !== drawn.first || next.end !== drawn.end) { parts.draw(next); refresh(); }
    parts.place(shown);
  };

  const isHere = ({ first, end }: RowSpan): boolean => {
    for (let row = first; row < end; row += 1) if (!parts.has(row)) return false;
    return true;
  };

  const isPatienceOver = (): boolean => {
    waitingSince ??= performance.now();
    const left = patience - (performance.now() - waitingSince);
    if (left <= 0) return true;
    clearTimeout(timer);
    timer = setTimeout(refresh, left);
    return false;
  };

  const refresh = (): void => { frame ??= requestAnimationFrame(step); };

  return {
    top: () => shown,
    target: () => target,
    moveTo: (top) => { target = clampTop(parts.extent(), top); refresh(); },
    moveBy: (pixels) => { target = clampTop(parts.extent(), target + pixels); refresh(); },
    refresh,
    stop: () => {
      clearTimeout(timer);
      if (frame !== undefined) cancelAnimationFrame(frame);
      frame = undefined;
    },
  };
};
