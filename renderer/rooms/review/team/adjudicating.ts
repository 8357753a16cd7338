import type { PairRow, Predicate } from '../../../../main/contract/pairs.ts';
import type { App } from '../../../stores/app.ts';
import { filterOf, noFilter, replaceChips, withChip, type Filter } from '../filters/filter.ts';
import { placeNow, shownFilter } from '../filters/going.ts';
import { addressOf } from '../place.ts';
import { openRows } from '../state.ts';

/** Where annotators differ and nobody has decided between them. */
export const conflictChip: Predicate = { kind: 'decision', by: null, value: 'conflict' };

const isInForce = (chip: Predicate): boolean => chip.kind === 'decision' && chip.by === null;

/** The view of conflicts is a filter like any other, so that it has an address; in it a key decides between the annotators. */
export const showsConflicts = ({ join, of }: Filter): boolean => (join === 'all' || of.length === 1) && of.some((chip) => isInForce(chip) && chip.kind === 'decision' && chip.value === 'conflict');

export const isAdjudicating = (app: App): boolean => showsConflicts(shownFilter(app)) || showsConflicts(filterOf(openRows.getState().queue?.predicate ?? null));

/** All conflicts of the pairs, those outside of the open queue too. */
export const goConflicts = (app: App): void => {
  const { origin } = openRows.getState();
  const place = placeNow(app);
  const filter: Filter = { ...withChip(replaceChips(place.view === 'origin' ? place.filter : noFilter, isInForce, undefined), conflictChip), join: 'all' };
  if (origin !== undefined) app.go(addressOf({ view: 'origin', origin, filter, order: place.view === 'origin' ? place.order : null }));
};

/** The judgements to be decided between: the newest of each annotator, in the order of their numbers, so that they keep their places. */
export const judgementsOf = (row: PairRow): PairRow['review']['judged'] => row.review.judged.filter((each) => each.decision !== 'none').toSorted((a, b) => a.annotator - b.annotator);
