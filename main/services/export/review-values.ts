import { setImmediate } from 'node:timers/promises';
import type { PairOrigin, PairRow } from '../../contract/pairs.ts';
import { columnsOfNamed, commentSeparator, flagSeparator, reviewColumns, timeCell } from '../../domain/review/review-table.ts';
import type { Column, Project } from '../../store/api.ts';
import { columnsOfJudge, decisionOf, type Judge } from '../../store/review-columns.ts';

/** Columns of what was judged, and their values for pairs. */
export type ReviewValues = { readonly names: readonly string[]; valuesOf(rows: readonly PairRow[]): readonly (readonly string[])[] };

type Said = { readonly decision: string; readonly label: string; readonly reason: string; readonly time: string; readonly at: number };
type Judges = { readonly name: string | null; of(ids: readonly number[]): readonly Said[] };

const slice = 65_536;

/**
 * What was judged about these pairs, as columns of a table.
 *
 * The decision in force stands with the label, reason, time and name of the newest judgement that says the same. Where these pairs were judged by
 * more than one, or adjudicated, each judge has columns too, by name: the same judgements make the same bytes in whichever project.
 */
export const reviewValues = async (project: Project, origin: PairOrigin, ids: Uint32Array): Promise<ReviewValues> => {
  const judges = await judgesOf(project, origin, ids);
  const apart = judges.length > 1 || judges.some(({ name }) => name === null) ? judges : [];
  const named = apart.map(({ name }) => columnsOfNamed(name));
  return {
    names: [...Object.values(reviewColumns), ...named.flatMap(({ decision, label, reason, time }) => [decision, label, reason, time])],
    valuesOf: (rows) => {
      const pairs = rows.map(({ id }) => id);
      const said = judges.map((judge) => ({ name: judge.name, said: judge.of(pairs) }));
      const comments = commentsOf(project, rows);
      return rows.map((row, at) => {
        const own = said.map((judge) => ({ name: judge.name, ...judge.said[at] ?? nothing }));
        const { name, label, reason, time } = inForce(own, row.review.decision);
        return [
          String(row.id), row.review.decision === 'none' ? '' : row.review.decision, label, reason, name ?? '', time,
          row.review.flags.join(flagSeparator), comments.get(row.id)?.join(commentSeparator) ?? '', row.source.original ?? '', row.target.original ?? '',
          ...(apart.length === 0 ? [] : own.flatMap((one) => [one.decision, one.label, one.reason, one.time])),
        ];
      });
    },
  };
};

const nothing: Said = { decision: '', label: '', reason: '', time: '', at: 0 };

/** The adjudicator's word, else the newest of those who said what is in force. */
const inForce = (own: readonly (Said & { readonly name: string | null })[], decision: string): Said & { readonly name: string | null } => {
  const adjudicated = own.find((one) => one.name === null && one.decision !== '');
  const agreeing = own.filter((one) => one.decision === decision);
  return adjudicated ?? agreeing.toSorted((left, right) => right.at - left.at)[0] ?? { ...nothing, name: null };
};

/** Those who judged at least one of the pairs, by name; the adjudicator last. */
const judgesOf = async (project: Project, origin: PairOrigin, ids: Uint32Array): Promise<readonly Judges[]> => {
  const names = new Map(project.reviews.annotators().map(({ id, name }) => [id, name]));
  const everybody = project.reviews.judges(origin).map((id) => ({ judge: id as Judge, name: names.get(id) ?? String(id) }))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const found: Judges[] = [];
  for (const { judge, name } of [...everybody, { judge: 'adjudicated' as const, name: null }]) {
    const columns = columnsOfJudge(judge);
    const decisions = project.columns.find(origin, columns.decision);
    if (decisions !== null && await hasValue(project, decisions, ids)) found.push({ name, of: (pairs) => saidBy(project, origin, judge, pairs) });
  }
  return found;
};

const hasValue = async (project: Project, column: Column, ids: Uint32Array): Promise<boolean> => {
  for (let from = 0; from < ids.length; from += slice) {
    if (project.columns.valuesOf(column, ids.subarray(from, from + slice)).some((value) => value !== 0)) return true;
    await setImmediate();
  }
  return false;
};

const saidBy = (project: Project, origin: PairOrigin, judge: Judge, pairs: readonly number[]): readonly Said[] => {
  const names = columnsOfJudge(judge);
  const values = (name: string): readonly (number | string | null)[] => {
    const column = project.columns.find(origin, name);
    return column === null ? [] : project.columns.valuesOf(column, pairs);
  };
  const [decisions, labels, reasons, times] = [values(names.decision), values(names.label), values(names.reason), values(names.at)];
  return pairs.map((_, at) => {
    const decision = decisionOf(Number(decisions[at] ?? 0));
    if (decision === 'none') return nothing;
    const seconds = Number(times[at] ?? 0);
    return { decision, label: String(labels[at] ?? ''), reason: String(reasons[at] ?? ''), time: timeCell(seconds), at: seconds };
  });
};

const commentsOf = (project: Project, rows: readonly PairRow[]): ReadonlyMap<number, readonly string[]> => {
  const comments = new Map<number, string[]>();
  for (const { pair, text } of project.reviews.comments(rows.filter(({ review }) => review.comments > 0).map(({ id }) => id))) comments.set(pair, [...comments.get(pair) ?? [], text]);
  return comments;
};
