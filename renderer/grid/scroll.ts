/**
 * Where rows stand in a list of fixed row height, with at most one band (a line with words, such as the cut) between two rows.
 *
 * All positions are true pixels from the top of the whole list. A million rows of 24 px are 24 million pixels, more than a browser can lay out, but exact in a
 * float64; the grid draws only the rows in sight, and the scrollbar alone is scaled.
 */
export type Band = {
  /** The band stands above this row; `rows` puts it at the end. */
  readonly before: number;
  readonly height: number;
};

export type Extent = { readonly rows: number; readonly rowHeight: number; /** Height of the window, px. */ readonly viewport: number; readonly band: Band | undefined };

const bandHeight = (extent: Extent): number => extent.band?.height ?? 0;

export const totalHeight = (extent: Extent): number => extent.rows * extent.rowHeight + bandHeight(extent);

export const lastTop = (extent: Extent): number => Math.max(0, totalHeight(extent) - extent.viewport);

export const clampTop = (extent: Extent, top: number): number => Math.min(lastTop(extent), Math.max(0, top));

/** Top edge of a row. */
export const offsetOf = ({ rowHeight, band }: Extent, row: number): number => row * rowHeight + (band !== undefined && row >= band.before ? band.height : 0);

/** Top edge of the band. */
export const bandOffset = ({ rowHeight, band }: Extent): number | undefined => (band === undefined ? undefined : band.before * rowHeight);

/** The row at a height; inside the band, the row below it. */
export const rowAt = (extent: Extent, y: number): number => {
  const { band, rowHeight, rows } = extent;
  const plain = Math.floor(y / rowHeight);
  const row = band === undefined || plain < band.before ? plain : Math.max(band.before, Math.floor((y - band.height) / rowHeight));
  return Math.min(Math.max(0, rows - 1), Math.max(0, row));
};

/** Rows that are at least partly in sight: from `first` to before `end`. */
export const visibleRows = (extent: Extent, top: number): RowSpan =>
  (extent.rows === 0 ? { first: 0, end: 0 } : { first: rowAt(extent, top), end: rowAt(extent, top + Math.max(0, extent.viewport - 1)) + 1 });

/** Rows from `first` to before `end`. */
export type RowSpan = { readonly first: number; readonly end: number };

/** Rows are drawn in blocks of so many. */
export const blockRows = 4;
/** Rows drawn beyond the window at each end, so that what comes into sight is there already. */
const overscan = 2 * blockRows;

/**
 * What to draw next: all that is in sight at once, what lies ahead one block a frame, so that no frame of scrolling has to draw many.
 *
 * Rows that were left behind go when others come, so that a frame draws at most once for both. Asked again and again it comes to the rows in sight with the overscan
 * around them, and stays there.
 */
export const nextDrawn = (drawn: RowSpan, sight: RowSpan, rows: number): RowSpan => {
  const needed = inBlocks(sight, rows);
  if (drawn.end <= needed.first || drawn.first >= needed.end) return needed;
  const next = inBlocks({
    first: Math.min(needed.first, Math.max(0, needed.first - overscan, drawn.first - blockRows)),
    end: Math.max(needed.end, Math.min(needed.end + overscan, drawn.end + blockRows)),
  }, rows);
  const comes = next.first < drawn.first || next.end > drawn.end;
  return comes || drawn.end > rows || drawn.end - drawn.first > needed.end - needed.first + 3 * overscan ? next : drawn;
};

/** Whole blocks; the last one ends with the rows. */
const inBlocks = ({ first, end }: RowSpan, rows: number): RowSpan => ({ first: Math.floor(first / blockRows) * blockRows, end: Math.min(rows, Math.ceil(end / blockRows) * blockRows) });

/** The blocks of drawn rows, each as its rows. */
export const blocksOf = ({ first, end }: RowSpan): readonly RowSpan[] =>
  Array.from({ length: Math.max(0, Math.ceil((end - first) / blockRows)) }, (_, index) => ({ first: first + index * blockRows, end: Math.min(end, first + (index + 1) * blockRows) }));

/** Rows may lie so far from the point they are placed from, px: a browser keeps places exact up to some millions. */
const reach = 1_000_000;

/** The height that rows are placed from: the one before, so that rows keep their places between drawings, until the first row is far from it. */
export const placedFrom = (extent: Extent, before: number, first: number): number => {
  const start = offsetOf(extent, first);
  return Math.abs(start - before) <= reach ? before : start;
};

/** How many whole rows a page is; at least one. */
export const pageRows = ({ viewport, rowHeight }: Extent): number => Math.max(1, Math.floor(viewport / rowHeight) - 1);

/** The smallest move that brings a row wholly into sight; `centre` puts it in the middle, with a whole row at the top. */
export const topToShow = (extent: Extent, top: number, row: number, place: 'nearest' | 'centre' = 'nearest'): number => {
  const start = offsetOf(extent, row);
  const end = start + extent.rowHeight;
  if (place === 'centre') return clampTop(extent, offsetOf(extent, Math.max(0, rowAt(extent, start - (extent.viewport - extent.rowHeight) / 2))));
  if (start < top) return clampTop(extent, start);
  if (end > top + extent.viewport) return clampTop(extent, end - extent.viewport);
  return top;
};

const smallestThumb = 28;

/** The scrollbar's thumb on a track of so many pixels; undefined when everything is in sight. */
export const thumbAt = (extent: Extent, top: number, track: number): { readonly start: number; readonly size: number } | undefined => {
  const most = lastTop(extent);
  if (most === 0 || track <= 0) return undefined;
  const size = Math.min(track, Math.max(smallestThumb, (extent.viewport / totalHeight(extent)) * track));
  return { start: (top / most) * (track - size), size };
};

/** The place in the list of a thumb that was dragged: the only scaled way to move. */
export const topOfThumb = (extent: Extent, start: number, size: number, track: number): number =>
  (track - size <= 0 ? 0 : clampTop(extent, Math.round((start / (track - size)) * lastTop(extent))));
