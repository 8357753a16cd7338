import type { PairOrigin } from '../contract/pairs.ts';
import { decisionInForce } from '../domain/review/decision-in-force.ts';
import type { Judgement, PairJudgement } from './api-review.ts';
import type { Column, ColumnKind } from './api.ts';
import type { ColumnStore } from './columns.ts';
import { columnsOfJudge, decisionCode, decisionColumn } from './review-columns.ts';
import type { Judge } from './review-columns.ts';

type Set = (column: Column, ids: Uint32Array, values: number | ArrayLike<number>) => Generator<void, void>;

/** One annotator's judgement of many pairs, and the decision in force that follows from it and from all others'. */
export const changeJudgement = (columns: ColumnStore, set: Set, origin: PairOrigin, ids: Uint32Array, { judge, decision, label, reason, at }: Judgement): Generator<void, void> =>
  changeColumns(columns, set, origin, ids, { judge, decision: decisionCode(decision), at, labels: label, reasons: reason });

/** The same for judgements that differ from pair to pair. */
export const changeEachJudgement = (columns: ColumnStore, set: Set, origin: PairOrigin, judge: Judge, judgements: readonly PairJudgement[]): Generator<void, void> =>
  changeColumns(columns, set, origin, Uint32Array.from(judgements, ({ pair }) => pair), {
    judge, decision: judgements.map(({ decision }) => decisionCode(decision)), at: judgements.map(({ at }) => at), labels: judgements.map(({ label }) => label), reasons: judgements.map(({ reason }) => reason),
  });

/** One value for all pairs, or one each. */
type JudgedValues = { readonly judge: Judge; readonly decision: number | ArrayLike<number>; readonly at: number | ArrayLike<number>; readonly labels: Texts; readonly reasons: Texts };
type Texts = string | null | readonly (string | null)[];

const changeColumns = function* (columns: ColumnStore, set: Set, origin: PairOrigin, ids: Uint32Array, { judge, decision, at, labels, reasons }: JudgedValues): Generator<void, void> {
  const names = columnsOfJudge(judge);
  const known = columns.visible(origin);
  const column = (name: string, kind: ColumnKind): Column => known.find((one) => one.name === name) ?? columns.internal(origin, name, kind);
  yield* set(column(names.decision, 'u8'), ids, decision);
  yield* set(column(names.at, 'u32'), ids, at);
  for (const [name, texts] of [[names.label, labels], [names.reason, reasons]] as const) {
    if (isEmpty(texts) && !known.some((one) => one.name === name)) continue;
    const written = column(name, 'label');
    const codeOf = (text: string | null): number => (text === null ? 0 : columns.labelCode(written, text));
    yield* set(written, ids, isEach(texts) ? texts.map(codeOf) : codeOf(texts));
  }
  yield* set(column(decisionColumn, 'u8'), ids, yield* inForce(columns, origin, ids));
};

const isEach = (texts: Texts): texts is readonly (string | null)[] => Array.isArray(texts);
const isEmpty = (texts: Texts): boolean => (isEach(texts) ? texts.every((text) => text === null) : texts === null);

const inForce = function* (columns: ColumnStore, origin: PairOrigin, ids: Uint32Array): Generator<void, Uint8Array> {
  const visible = columns.visible(origin);
  const found = visible.find(({ name }) => name === columnsOfJudge('adjudicated').decision);
  const adjudicated = found === undefined ? () => 0 : columns.reader(found);
  const own = decisionColumns(visible).map(({ column }) => columns.reader(column));
  const values = new Uint8Array(ids.length);
  const said = new Uint8Array(own.length);
  for (let at = 0; at < ids.length; at += 1) {
    if (at % 65_536 === 65_535) yield;
    const id = ids[at] ?? 0;
    for (let place = 0; place < own.length; place += 1) said[place] = own[place]?.(id) ?? 0;
    values[at] = decisionInForce(said, adjudicated(id));
  }
  return values;
};

/** The annotators' own decisions, ascending by annotator. */
export const decisionColumns = (visible: readonly Column[]): readonly { readonly annotator: number; readonly column: Column }[] =>
  visible.flatMap((column) => {
    const annotator = /^decision@(\d+)$/.exec(column.name)?.[1];
    return annotator === undefined ? [] : [{ annotator: Number(annotator), column }];
  }).toSorted((left, right) => left.annotator - right.annotator);
