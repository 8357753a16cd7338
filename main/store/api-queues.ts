import type { PairOrigin, Predicate } from '../contract/pairs.ts';
import type { Queue, SavedFilter } from '../contract/review-queues.ts';

/** What the project file keeps about what is to be judged: queues and filters. A part of `api.ts`. */

export type StoredQueue = Pick<Queue, 'id' | 'name' | 'origin' | 'predicate' | 'sampling' | 'scheme' | 'annotators' | 'overlap' | 'blind' | 'createdAt'> & {
  /** Grows with each refresh; the name of the view tells it. */
  readonly edition: number;
};
export type NewQueue = Omit<StoredQueue, 'id' | 'edition'>;

/** Ids in the order in which they are to be judged: of all, and of each of those the queue is shared out among. */
export type QueueOrders = { readonly all: Uint32Array; readonly shares: ReadonlyMap<number, Uint32Array> };

export type Queues = {
  /** Newest first; without those over removed runs and collections. */
  list(): readonly StoredQueue[];
  get(id: number): StoredQueue;
  create(queue: NewQueue, orders: QueueOrders): Promise<StoredQueue>;
  /** Other pairs under the same queue, and where each annotator stands then; its views get new names. */
  replace(id: number, orders: QueueOrders, positions: ReadonlyMap<number, number>): Promise<StoredQueue>;
  rename(id: number, name: string): void;
  remove(id: number): void;
  /** For `views`: the annotator's own share, or everything where none was given to them. Survives a restart. */
  view(queue: StoredQueue, annotator: number): string;
  /** From now on those it was shared out among see each other's judgements. */
  endBlind(id: number): void;
  /** Of all who ever moved in the queue. */
  positions(id: number): readonly (readonly [annotator: number, at: number])[];
  position(id: number, annotator: number): number;
  setPosition(id: number, annotator: number, at: number): void;
  /** How far one annotator has come; `noLongerMatch` is 0 for a queue without a filter. */
  standing(queue: StoredQueue, annotator: number, signal?: AbortSignal): Promise<{ readonly pairs: number; readonly judged: number; readonly noLongerMatch: number }>;
  /** Those of some ids that match now, in their order. */
  matching(origin: PairOrigin, predicate: Predicate | null, ids: Uint32Array, signal?: AbortSignal): Promise<Uint32Array>;
};

export type SavedFilters = {
  /** By name. */
  list(): readonly SavedFilter[];
  /** Takes the place of one with the same name. */
  save(filter: Omit<SavedFilter, 'id'>): void;
  remove(id: number): void;
};
