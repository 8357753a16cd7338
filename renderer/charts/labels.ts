/** Words at lines of a chart, so placed that none lies over another. */
export type LineLabel = { readonly x: number; /** Estimated width of the words, px. */ readonly width: number };
export type PlacedLabel = { readonly side: 'before' | 'after'; /** Line of text from the top, from 0. */ readonly row: number };
type Span = readonly [from: number, to: number];

const gap = 6;

/**
 * First come, first served: each label tries both sides of its line in the first row, then in the next. The first ones should be the important ones.
 *
 * No label crosses the line of another, unless there is no other place; none ever crosses the first line. `reserved` are words that stand there already, row by row.
 */
export const placeLabels = (labels: readonly LineLabel[], width: number, reserved: readonly (readonly Span[])[] = [], mostRows = 2): readonly PlacedLabel[] => {
  const rows: Span[][] = Array.from({ length: mostRows }, (_, row) => [...(reserved[row] ?? [])]);
  const fits = (row: number, from: number, to: number): boolean => from >= 0 && to <= width && (rows[row] ?? []).every(([start, end]) => to + gap <= start || from >= end + gap);
  const crosses = (own: number, from: number, to: number, lines: readonly LineLabel[]): boolean => lines.some((label) => label !== labels[own] && label.x > from && label.x < to);
  return labels.map(({ x, width: words }, own) => {
    for (const lines of [labels, labels.slice(0, 1)]) {
      for (let row = 0; row < mostRows; row += 1) {
        for (const side of ['after', 'before'] as const) {
          const from = side === 'after' ? x + gap : x - gap - words;
          if (!fits(row, from, from + words) || crosses(own, from, from + words, lines)) continue;
          rows[row]?.push([from, from + words]);
          return { side, row };
        }
      }
    }
    return { side: x + words + gap > width ? 'before' : 'after', row: mostRows - 1 };
  });
};
