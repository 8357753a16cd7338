import type { Order } from '../../../grid/columns.ts';
import type { App } from '../../../stores/app.ts';
import { addressOf, placeOf, type Place } from '../place.ts';
import { noFilter, type Filter } from './filter.ts';

export const placeNow = (app: App): Place => {
  const address = app.stores.address.getState().address;
  return placeOf(address?.room === 'review' ? address.path : []);
};

/** The filters on the screen. What a queue was opened with is none of them: that is frozen. */
export const shownFilter = (app: App): Filter => {
  const place = placeNow(app);
  return place.view === 'start' ? noFilter : place.filter;
};

/** Other filters, at the same pairs or within the same queue. */
export const goFilter = (app: App, filter: Filter): void => {
  const place = placeNow(app);
  const join = filter.of.length === 0 ? noFilter.join : filter.join;
  if (place.view !== 'start') app.go(addressOf({ ...place, filter: { ...filter, join } }));
};

/** A heading was pressed: from high to low, then from low to high, then in the order of the pairs. */
export const nextOrder = (order: Order | null, column: string): Order | null =>
  (order?.column !== column ? { column, descending: true } : order.descending ? { column, descending: false } : null);

export const goOrder = (app: App, order: Order | null): void => {
  const place = placeNow(app);
  if (place.view !== 'start') app.go(addressOf({ ...place, order }));
};
