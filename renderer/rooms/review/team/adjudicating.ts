import type { PairRow, Predicate } from '../../../../main/contract/pairs.ts';
import type { App } from '../../../stores/app.ts';
import { withChip, replaceChips, type Filter } from '../filters/filter.ts';
import { goFilter, shownFilter } from '../filters/going.ts';

/** Where annotators differ and nobody has decided between them. */
export const conflictChip: Predicate = { kind: 'decision', by: null, value: 'conflict' };

const isInForce = (chip: Predicate): boolean => chip.kind === 'decision' && chip.by === null;

/** The view of conflicts is a filter like any other, so that it has an address; in it a key decides between the annotators. */
export const showsConflicts = ({ join, of }: Filter): boolean => (join === 'all' || of.length === 1) && of.some((chip) => isInForce(chip) && chip.kind === 'decision' && chip.value === 'conflict');

export const isAdjudicating = (app: App): boolean => showsConflicts(shownFilter(app));

export const goConflicts = (app: App): void => goFilter(app, { ...withChip(replaceChips(shownFilter(app), isInForce, undefined), conflictChip), join: 'all' });

/** The judgements to be decided between: the newest of each annotator, in the order of their numbers, so that they keep their places. */
export const judgementsOf = (row: PairRow): PairRow['review']['judged'] => row.review.judged.filter((each) => each.decision !== 'none').toSorted((a, b) => a.annotator - b.annotator);
