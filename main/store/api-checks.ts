import type { PairOrigin } from '../contract/pairs.ts';
import type { Column } from './api.ts';

/** What the project file keeps for the checks of pairs: what they found, what is ignored, and the term lists; see `api.ts`. */

export type IgnoreScope = 'once' | 'here' | 'always';

/** Checks that somebody set aside, as bits of `domain/review/checks/check-ids.ts`. */
export type IgnoredChecks = {
  readonly always: number;
  /** In these pairs: one bitext, or one run. */
  readonly here: number;
  /** By pair. */
  readonly once: ReadonlyMap<number, number>;
};

export type StoredTermList = { readonly id: number; readonly name: string; readonly sourceLanguage: string; readonly targetLanguage: string; readonly terms: number };
export type TermPair = readonly [source: string, target: string];

export type Checks = {
  /** The u32 columns of what was found: open, and set aside. Made at their first use; none of them is offered as a score. */
  columns(origin: PairOrigin): { readonly open: Column; readonly ignored: Column };
  /** The same, where the checks have run. */
  existingColumns(origin: PairOrigin): { readonly open: Column; readonly ignored: Column } | null;
  ignored(origin: PairOrigin): IgnoredChecks;
  /** Grows with every change of any text, undo too: what was found before it may be out of date. */
  textVersion(): number;
  /** Where a change of many texts, or its undo, has left pairs that the checks have not looked at since (column `unchecked`), and how many. */
  unchecked(): readonly { readonly origin: PairOrigin; readonly count: number }[];
  /** Grows whenever there are more of them. */
  uncheckedVersion(): number;
  termLists(): readonly StoredTermList[];
  /** At most 65,536 a call. */
  terms(list: number, from: number, count: number): readonly TermPair[];
  addTermList(list: Omit<StoredTermList, 'id' | 'terms'>): number;
  /** At most 4,096 a call keep it under 20 ms. */
  addTerms(list: number, from: number, terms: readonly TermPair[]): void;
  /** `not-found` where there is none. */
  removeTermList(id: number): void;
};
