import type { Predicate } from '../../../../main/contract/pairs.ts';
import { t } from '../../../strings/catalogue.ts';
import { asFigure } from '../../../strings/isolate.ts';
import { decimal } from '../../../strings/numbers.ts';

/** The relations that are offered for a score, as they are written. */
export const relations = ['>=', '<=', '='] as const;
export type Relation = (typeof relations)[number];
export const relationSign: Readonly<Record<Relation, string>> = { '>=': '≥', '<=': '≤', '=': '=' };

/** One chip: a score and a number, a label and its word, or words that a text holds. */
export type Filter =
  | { readonly kind: 'score'; readonly column: string; readonly relation: Relation; readonly value: number }
  | { readonly kind: 'label'; readonly column: string; readonly value: string }
  | { readonly kind: 'text'; readonly contains: string };

const predicateOf = (filter: Filter): Predicate => {
  switch (filter.kind) {
    case 'score': return { kind: 'number', column: filter.column, relation: filter.relation, value: filter.value };
    case 'label': return { kind: 'label', column: filter.column, value: filter.value };
    case 'text': return { kind: 'text', side: 'either', contains: filter.contains, matchCase: false };
  }
};

/** All chips hold; none: every pair. */
export const predicateOfAll = (filters: readonly Filter[]): Predicate | null => (filters.length === 0 ? null : { kind: 'all', of: filters.map(predicateOf) });

/** Field and value of a chip in words: "laser", "≥ 1.050". */
export const chipWords = (filter: Filter): readonly [field: string, value: string] => {
  switch (filter.kind) {
    case 'score': return [filter.column, asFigure(`${relationSign[filter.relation]} ${decimal(filter.value)}`)];
    case 'label': return [filter.column, filter.value];
    case 'text': return [t('corpora.filter.text'), filter.contains];
  }
};
