import type { InputOf } from '../../contract/method.ts';
import type { Agreement, teamContract } from '../../contract/review-team.ts';
import type { Steps } from '../../domain/mine/steps.ts';
import { cohenKappa, couplesOf, krippendorffAlpha, meanKappa, patternsOfTwo, percentAgreement } from '../../domain/review/agreement.ts';
import { withInterval } from '../../domain/review/bootstrap.ts';
import { createPatternCounter, type RatingPattern } from '../../domain/review/rating-patterns.ts';
import { pathSeparator } from '../../domain/review/schemes/schemes.ts';
import type { Column, Project } from '../../store/api.ts';
import { createPacer } from '../../store/pacer.ts';
import { columnsOfJudge, decisionNames, decisionOf, goneColumn } from '../../store/review-columns.ts';
import { schemeById } from './schemes.ts';

type Asked = InputOf<(typeof teamContract)['review.agreement']>;

/** Pairs read at once. */
const slice = 65_536;
/** none, accept, reject, unsure: a conflict is nobody's own judgement. */
const decisionCategories = decisionNames.length - 2;

/** How far those who judged the same pairs agree. */
export const agreementOf = async (project: Project, { origin, scheme, seed }: Asked, signal: AbortSignal): Promise<Agreement> => {
  const judges = project.reviews.judges(origin);
  const decisions = await patternsOf(project, { origin }, judges.map((judge) => ({ column: project.columns.find(origin, columnsOfJudge(judge).decision), categoryOf: (value) => value })), signal);
  const couples = couplesOf(judges.length).map(([one, other]) => ({ one, other, patterns: patternsOfTwo(decisions, one, other) })).filter(({ patterns }) => patterns.length > 0);
  const measured = <Result>(steps: Steps<Result>): Promise<Result> => inTurns(steps, signal);
  const of: Agreement['of'] = [];
  for (const { one, other, patterns } of couples) {
    of.push({
      first: judges[one] ?? 0, second: judges[other] ?? 0, pairs: countOf(patterns),
      percent: await measured(withInterval(patterns, percentAgreement, seed)), cohen: await measured(withInterval(patterns, cohenKappa, seed)),
    });
  }
  return {
    pairs: countOf(decisions), withheld: project.withheld(origin),
    percent: await measured(withInterval(decisions, percentAgreement, seed)),
    cohen: await measured(withInterval(decisions, (patterns) => meanKappa(patterns, judges.length), seed)),
    krippendorff: await measured(withInterval(decisions, (patterns) => krippendorffAlpha(patterns, decisionCategories, 'nominal'), seed)),
    ordinal: await ordinalOf(project, { origin, scheme, seed }, judges, signal),
    of, matrix: matrixOf(couples.flatMap(({ patterns }) => patterns)), seed,
  };
};

/** Over the labels of a scheme whose labels stand in an order; null where there is none, or nobody used it. */
const ordinalOf = async (project: Project, { origin, scheme, seed }: Asked, judges: readonly number[], signal: AbortSignal): Promise<Agreement['ordinal']> => {
  const found = scheme === null ? null : schemeById(project, scheme);
  if (found === null || !found.ordered) return null;
  const order = new Map(found.labels.map(({ id }, at) => [id, at + 1]));
  const raters = judges.map((judge) => {
    const column = project.columns.find(origin, columnsOfJudge(judge).label);
    const ranks = column === null ? [] : project.columns.labels(column).map((label) => order.get(label.split(pathSeparator)[0] ?? '') ?? 0);
    return { column, ranks };
  });
  if (raters.every(({ ranks }) => ranks.every((rank) => rank === 0))) return null;
  const patterns = await patternsOf(project, { origin }, raters.map(({ column, ranks }) => ({ column, categoryOf: (code) => ranks[code - 1] ?? 0 })), signal);
  return inTurns(withInterval(patterns, (some) => krippendorffAlpha(some, found.labels.length, 'ordinal'), seed), signal);
};

type Rater = { readonly column: Column | null; readonly categoryOf: (value: number) => number };

const patternsOf = async (project: Project, { origin }: Pick<Asked, 'origin'>, raters: readonly Rater[], signal: AbortSignal): Promise<readonly RatingPattern[]> => {
  const pace = createPacer(signal);
  const counter = createPatternCounter(raters.length);
  const { first, count } = project.pairs.range(origin);
  const gone = project.columns.find(origin, goneColumn);
  for (let from = 0; raters.length > 1 && from < count; from += slice) {
    const length = Math.min(slice, count - from);
    const read = (column: Column | null): ArrayLike<number> => (column === null ? [] : project.columns.read(column, first + from, length));
    const hidden = read(gone);
    const values = raters.map(({ column }) => read(column));
    for (let at = 0; at < length; at += 1) {
      if ((hidden[at] ?? 0) !== 0) continue;
      counter.add((rater) => raters[rater]?.categoryOf(values[rater]?.[at] ?? 0) ?? 0);
      if (at % 8_192 === 8_191) await pace();
    }
    await pace();
  }
  return counter.patterns();
};

const countOf = (patterns: readonly RatingPattern[]): number => patterns.reduce((sum, { count }) => sum + count, 0);

/** Patterns of two, put together by what both said. */
const matrixOf = (patterns: readonly RatingPattern[]): Agreement['matrix'] => {
  const counts = new Map<string, { first: number; second: number; count: number }>();
  for (const { values: [first = 0, second = 0], count } of patterns) {
    const key = `${first}:${second}`;
    counts.set(key, { first, second, count: (counts.get(key)?.count ?? 0) + count });
  }
  return [...counts.values()].toSorted((left, right) => left.first - right.first || left.second - right.second).map(({ first, second, count }) => ({ first: decisionOf(first), second: decisionOf(second), count }));
};

const inTurns = async <Result>(steps: Steps<Result>, signal: AbortSignal): Promise<Result> => {
  const pace = createPacer(signal);
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
    await pace();
  }
};
