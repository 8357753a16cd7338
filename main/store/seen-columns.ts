import type { BlindPairs, Viewer } from './blind-pairs.ts';
import type { Column, ColumnValues } from './api.ts';
import { chunkLength, emptyValues } from './column-data.ts';
import { columnReading } from './columns.ts';
import type { ColumnStore } from './columns.ts';
import { columnsOfJudge, decisionColumn, flagsColumn, flagsOf, markBits, marksColumn } from './review-columns.ts';

/**
 * The columns as an annotator may see them: of a pair that is blind for them, the decision in force is their own, flags and comments are their own, and what
 * others said reads as if nobody had.
 *
 * Everything that answers questions about pairs stands on columns, so that rows, filters, counts, facets, histograms, orders and exports follow from this one place.
 */
export const columnsSeenBy = (columns: ColumnStore, viewer: Viewer, blind: BlindPairs, hasOwnComment: (pair: number) => boolean): ColumnStore => {
  /** What stands in the place of a value that is hidden: that of another column, or nothing. */
  const ownName = (name: string): string | null => {
    if (viewer === null) return null;
    return name === decisionColumn ? columnsOfJudge(viewer).decision : name === flagsColumn ? flagsOf(viewer) : null;
  };
  const ownChunk = (column: Column, no: number, length: number): ColumnValues => {
    const name = ownName(column.name);
    const own = name === null ? null : columns.beside(column, name);
    return own === null ? emptyValues(column.kind, length) : columns.chunk(own, no);
  };
  const isOthers = (name: string): boolean => {
    const judge = /^(?:decision|label|reason|at|flags)@(.+)$/.exec(name)?.[1];
    return judge !== undefined && judge !== String(viewer);
  };
  const chunk = (column: Column, no: number): ColumnValues => {
    const { name } = column;
    const isInForce = name === decisionColumn || name === flagsColumn;
    if (!isInForce && name !== marksColumn && !isOthers(name)) return columns.chunk(column, no);
    const hidden = blind.chunk(column, no);
    if (hidden === null) return columns.chunk(column, no);
    const seen = columns.chunk(column, no).slice();
    if (name === marksColumn) {
      for (let at = 0; at < seen.length; at += 1) {
        const value = seen[at] ?? 0;
        if (hidden[at] === 1 && (value & markBits.commented) !== 0 && !hasOwnComment(column.first + no * chunkLength + at)) seen[at] = value & ~markBits.commented;
      }
      return seen;
    }
    const own = ownChunk(column, no, seen.length);
    for (let at = 0; at < seen.length; at += 1) if (hidden[at] === 1) seen[at] = own[at] ?? 0;
    return seen;
  };
  return { ...columns, chunk, ...columnReading(chunk, columns.labelText) };
};
