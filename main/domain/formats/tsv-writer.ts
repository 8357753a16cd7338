import { cellText, sixDecimals, type PairWriter, type PairWriterOptions, type WrittenPair } from './pair-writer.ts';

/** TAB-separated with a header: `source_id target_id source target` and the columns asked for; no quoting, LF line ends. */
export const tsvWriter = (options: PairWriterOptions): PairWriter => {
  const names = ['source_id', 'target_id', 'source', 'target', ...options.columns.map(({ name }) => name)];
  return tableWriter(names, ({ source, target, sourceId, targetId, values }) => [sourceId, targetId, source, target, ...values.map(valueText)]);
};

/**
 * What `dragoman mine` prints, as LASER's `mine_bitexts.py` with ids: `score cosine source_id target_id source target`.
 *
 * The first two columns of the options are the score and the cosine; others are not written.
 */
export const minedTsvWriter = (_options: PairWriterOptions): PairWriter =>
  tableWriter(['score', 'cosine', 'source_id', 'target_id', 'source', 'target'], ({ source, target, sourceId, targetId, values }) => [
    valueText(values[0] ?? null), valueText(values[1] ?? null), sourceId, targetId, source, target,
  ]);

const valueText = (value: number | string | null): string => {
  if (value === null) return '';
  return typeof value === 'number' ? sixDecimals(value) : value;
};

/** A table of lines under a header; `before` stands in front of it. */
export const tableWriter = (names: readonly string[], cellsOf: (pair: WrittenPair) => readonly string[], before = ''): PairWriter => {
  let pairs = 0;
  let breaks = 0;
  const row = (cells: readonly string[]): string => {
    const clean = cells.map((cell) => {
      const { text, breaks: changed } = cellText(cell);
      breaks += changed;
      return text;
    });
    return `${clean.join('\t')}\n`;
  };
  return {
    files: [''],
    head: () => [`${before}${names.map((name) => cellText(name).text).join('\t')}\n`],
    pair: (pair) => { pairs += 1; return [row(cellsOf(pair))]; },
    tail: () => [''],
    counts: () => ({ pairs, breaks, characters: 0 }),
  };
};
