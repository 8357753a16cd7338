import type { PairOrigin, Predicate } from '../../../../main/contract/pairs.ts';

/** The filters on the strip: one predicate a chip, all of which must hold, or any. */
export type Filter = { readonly join: 'all' | 'any'; readonly of: readonly Predicate[] };

export const noFilter: Filter = { join: 'all', of: [] };

/** What the workbench is asked; null: every pair. */
export const predicateOf = ({ join, of }: Filter): Predicate | null => (of.length === 0 ? null : of.length === 1 && of[0] !== undefined ? of[0] : { kind: join, of });

/** What the rows match: the filters, within the frozen list of a queue where one is open. */
export const predicateWithin = (within: Predicate | undefined, filter: Filter): Predicate | null => {
  const narrowed = predicateOf(filter);
  if (within === undefined) return narrowed;
  return narrowed === null ? within : { kind: 'all', of: filter.join === 'all' ? [within, ...filter.of] : [within, narrowed] };
};

/** A stored predicate as chips again. */
export const filterOf = (predicate: Predicate | null): Filter => {
  if (predicate === null) return noFilter;
  if ((predicate.kind === 'all' || predicate.kind === 'any') && rangeOf(predicate) === undefined) return { join: predicate.kind, of: predicate.of };
  return { join: 'all', of: [predicate] };
};

export type Range = { readonly column: string; readonly minimum: number; readonly maximum: number };

/** A range of one column is one chip, though two relations are asked. */
export const rangePredicate = ({ column, minimum, maximum }: Range): Predicate =>
  ({ kind: 'all', of: [{ kind: 'number', column, relation: '>=', value: minimum }, { kind: 'number', column, relation: '<=', value: maximum }] });

export const rangeOf = (predicate: Predicate): Range | undefined => {
  if (predicate.kind !== 'all' || predicate.of.length !== 2) return undefined;
  const [low, high] = predicate.of;
  if (low?.kind !== 'number' || high?.kind !== 'number' || low.column !== high.column || low.relation !== '>=' || high.relation !== '<=') return undefined;
  return { column: low.column, minimum: low.value, maximum: high.value };
};

/** The column a chip is about, whichever way it says it. */
export const columnOf = (predicate: Predicate): string | undefined => (predicate.kind === 'number' ? predicate.column : rangeOf(predicate)?.column);

export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export const withChip = (filter: Filter, chip: Predicate): Filter => (filter.of.some((each) => same(each, chip)) ? filter : { ...filter, of: [...filter.of, chip] });
export const withoutChip = (filter: Filter, chip: Predicate): Filter => ({ ...filter, of: filter.of.filter((each) => !same(each, chip)) });
export const toggleChip = (filter: Filter, chip: Predicate): Filter => (filter.of.some((each) => same(each, chip)) ? withoutChip : withChip)(filter, chip);
export const hasChip = (filter: Filter, chip: Predicate): boolean => filter.of.some((each) => same(each, chip));

/** Puts a chip in the place of those that `about` names; undefined only takes them away. */
export const replaceChips = (filter: Filter, about: (each: Predicate) => boolean, chip: Predicate | undefined): Filter => {
  const at = filter.of.findIndex(about);
  const rest = filter.of.filter((each) => !about(each));
  if (chip === undefined) return { ...filter, of: rest };
  return { ...filter, of: at < 0 ? [...rest, chip] : rest.toSpliced(Math.min(at, rest.length), 0, chip) };
};

export const sameOrigin = (one: PairOrigin, other: PairOrigin): boolean => ('run' in one ? 'run' in other && one.run === other.run : 'collection' in other && one.collection === other.collection);
