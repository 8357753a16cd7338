import { isPredicate, type PairOrigin } from '../../../main/contract/pairs.ts';
import type { Address } from '../../stores/address.ts';
import type { Order } from '../../grid/columns.ts';
import { isRecord } from '../../stores/kept.ts';
import { noFilter, type Filter } from './filters/filter.ts';

/** What an address of the room shows: pairs of an origin, or a queue; behind filters. */
export type Place =
  | { readonly view: 'start' }
  | { readonly view: 'origin'; readonly origin: PairOrigin; readonly filter: Filter; readonly order: Order | null }
  | { readonly view: 'queue'; readonly queue: number; readonly filter: Filter; readonly order: Order | null };

type Shown = Filter & { readonly order: Order | null };

/**
 * `#/review/run/12`, `#/review/collection/3`, `#/review/queue/7`; filters and order follow as one part, so that an address carries all of what is on the screen.
 * Those of a queue narrow it: what was frozen stays frozen.
 *
 * That part is JSON in base64url: a link survives every mail program. One that cannot be read shows all pairs.
 */
export const placeOf = (path: readonly string[]): Place => {
  const [kind, text, part] = path;
  const id = Number(text);
  if (!Number.isInteger(id) || id < 0 || text === undefined) return { view: 'start' };
  const { order, ...filter } = readShown(part);
  if (kind === 'queue') return { view: 'queue', queue: id, filter, order };
  if (kind !== 'run' && kind !== 'collection') return { view: 'start' };
  return { view: 'origin', origin: kind === 'run' ? { run: id } : { collection: id }, filter, order };
};

export const pathOf = (place: Place): readonly string[] => {
  if (place.view === 'start') return [];
  const { filter, order } = place;
  const start = place.view === 'queue' ? ['queue', String(place.queue)] : 'run' in place.origin ? ['run', String(place.origin.run)] : ['collection', String(place.origin.collection)];
  return filter.of.length === 0 && order === null && filter.join === 'all' ? start : [...start, write({ ...filter, order })];
};

export const addressOf = (place: Place): Address => ({ room: 'review', path: pathOf(place) });

/** All pairs of an origin, in its own order. */
export const wholeOf = (origin: PairOrigin): Place => ({ view: 'origin', origin, filter: noFilter, order: null });

/** A queue as it was frozen. */
export const wholeQueue = (queue: number): Place => ({ view: 'queue', queue, filter: noFilter, order: null });

const everything: Shown = { ...noFilter, order: null };

const readShown = (part: string | undefined): Shown => {
  if (part === undefined) return everything;
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.codePointAt(0) ?? 0);
    return checked(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))) ?? everything;
  } catch {
    return everything;
  }
};

const checked = (found: unknown): Shown | undefined => {
  if (!isRecord(found) || (found['join'] !== 'all' && found['join'] !== 'any') || !Array.isArray(found['of']) || !found['of'].every(isPredicate)) return undefined;
  const order = found['order'];
  const isOrder = isRecord(order) && typeof order['column'] === 'string' && typeof order['descending'] === 'boolean';
  return { join: found['join'], of: found['of'], order: isOrder ? { column: String(order['column']), descending: order['descending'] === true } : null };
};

const write = (value: unknown): string => {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};
