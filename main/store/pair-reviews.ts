import type { Flag, PairOrigin, PairRow } from '../contract/pairs.ts';
import { checkIdsOf } from '../domain/review/checks/check-ids.ts';
import type { Column } from './api.ts';
import type { ColumnStore } from './columns.ts';
import { decisionColumns } from './judging.ts';
import type { PairBlocks } from './pair-blocks.ts';
import { checksColumn, columnsOfJudge, decisionColumn, decisionOf, flagBits, flagsColumn, ignoredColumn, markBits, marksColumn } from './review-columns.ts';

type Review = PairRow['review'];
type Judged = Review['judged'][number];

/** What a row shows of the review of its pair: decisions, flags, comments, where it comes from. */
export const createPairReviews = (blocks: PairBlocks, columns: ColumnStore, commentCount: (pair: number) => number) => (origin: PairOrigin, ids: ArrayLike<number>): (id: number, index: number) => Review => {
  const visible = columns.visible(origin);
  const named = new Map(visible.map((column) => [column.name, column]));
  const numbers = (name: string): ((id: number) => number) => {
    const column = named.get(name);
    return column === undefined ? () => 0 : columns.reader(column);
  };
  const texts = (name: string): readonly (number | string | null)[] => {
    const column = named.get(name);
    return column === undefined ? [] : columns.valuesOf(column, ids);
  };
  const decision = numbers(decisionColumn);
  const flags = numbers(flagsColumn);
  const marks = numbers(marksColumn);
  const open = numbers(checksColumn);
  const setAside = numbers(ignoredColumn);
  const judges = decisionColumns(visible).map(({ annotator, column }: { annotator: number; column: Column }) => {
    const names = columnsOfJudge(annotator);
    return { annotator, decision: columns.reader(column), at: numbers(names.at), labels: texts(names.label), reasons: texts(names.reason) };
  });
  const judgedOf = (id: number, index: number): Judged[] => judges.flatMap((judge): Judged[] => {
    const said = judge.decision(id);
    const label = textAt(judge.labels, index);
    return said === 0 && label === null ? [] : [{ annotator: judge.annotator, decision: decisionOf(said), label, reason: textAt(judge.reasons, index), at: judge.at(id) * 1_000 }];
  }).toSorted((left, right) => right.at - left.at || left.annotator - right.annotator);

  return (id, index) => {
    const carried = flags(id);
    const marked = marks(id);
    return {
      decision: decisionOf(decision(id)),
      flags: (Object.keys(flagBits) as Flag[]).filter((flag) => (carried & flagBits[flag]) !== 0),
      comments: (marked & markBits.commented) === 0 ? 0 : commentCount(id),
      judged: judgedOf(id, index),
      checks: checkIdsOf(open(id)), ignored: checkIdsOf(setAside(id)),
      splitFrom: (marked & markBits.added) === 0 ? null : blocks.splitFrom(id),
    };
  };
};

const textAt = (texts: readonly (number | string | null)[], index: number): string | null => {
  const text = texts[index];
  return typeof text === 'string' ? text : null;
};
