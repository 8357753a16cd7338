import type { Order } from '../../../grid/columns.ts';
import type { App } from '../../../stores/app.ts';
import { addressOf, placeOf, type Place } from '../place.ts';
import { openRows } from '../state.ts';
import { filterOf, noFilter, type Filter } from './filter.ts';

export const placeNow = (app: App): Place => {
  const address = app.stores.address.getState().address;
  return placeOf(address?.room === 'review' ? address.path : []);
};

/** The filters on the screen: those of the address, or the ones a queue was opened with. */
export const shownFilter = (app: App): Filter => {
  const place = placeNow(app);
  return place.view === 'origin' ? place.filter : filterOf(openRows.getState().queue?.predicate ?? null);
};

/** Other filters, at the same pairs. A queue is frozen: changing its filters leaves it for the pairs it came from. */
export const goFilter = (app: App, filter: Filter): void => {
  const place = placeNow(app);
  const { origin } = openRows.getState();
  const join = filter.of.length === 0 ? noFilter.join : filter.join;
  if (place.view === 'origin') app.go(addressOf({ ...place, filter: { ...filter, join } }));
  else if (origin !== undefined) app.go(addressOf({ view: 'origin', origin, filter: { ...filter, join }, order: null }));
};

/** A heading was pressed: from high to low, then from low to high, then in the order of the pairs. */
export const nextOrder = (order: Order | null, column: string): Order | null =>
  (order?.column !== column ? { column, descending: true } : order.descending ? { column, descending: false } : null);

export const goOrder = (app: App, order: Order | null): void => {
  const place = placeNow(app);
  const { origin } = openRows.getState();
  if (place.view === 'origin') app.go(addressOf({ ...place, order }));
  else if (origin !== undefined) app.go(addressOf({ view: 'origin', origin, filter: shownFilter(app), order }));
};
