import { createStore } from 'zustand/vanilla';
import type { Decision, PairOrigin, PairRow, Predicate } from '../../../main/contract/pairs.ts';
import type { Scheme, Side } from '../../../main/contract/review.ts';
import type { Queue } from '../../../main/contract/review-queues.ts';
import { createGridStore } from '../../grid/grid-store.ts';
import { createKept, isRecord } from '../../stores/kept.ts';

/** What stands in the decision bar's place. `reasons`: why it is rejected; `labels`: a level of the scheme's tree; `who`: whose judgements these are; `blind`: whether blind judging ends. */
export type Bar = 'keys' | 'reasons' | 'labels' | 'who' | 'comment' | 'blind';

/** A text that is being written: on the desk, or in its row. */
export type Editing = { readonly pair: number; readonly side: Side; readonly place: 'desk' | 'row' };

/** Where a pair would be cut in two: UTF-16 offsets in both texts. */
export type Splitting = { readonly pair: number; readonly source: number; readonly target: number };

export type ReviewState = {
  readonly bar: Bar;
  /** The labels chosen so far, from the root. */
  readonly labelPath: readonly string[];
  readonly editing: Editing | undefined;
  readonly splitting: Splitting | undefined;
  /** The chip whose editor is open; `new` writes another. */
  readonly chip: number | 'new' | undefined;
  /** The field a new chip begins with. */
  readonly chipKind: string | undefined;
  readonly savingFilter: boolean;
  readonly goingToRow: boolean;
  readonly choosingColumns: boolean;
  /** Texts that were typed and not saved, by `pair/side`. */
  readonly drafts: ReadonlyMap<string, string>;
  /** Pairs that were changed since the order on the screen was frozen. */
  readonly changed: ReadonlySet<number>;
  /** Commands on their way. */
  readonly saving: number;
  /** Raised to freeze the order anew. */
  readonly epoch: number;
};

const fresh: ReviewState = {
  bar: 'keys', labelPath: [], editing: undefined, splitting: undefined, chip: undefined, chipKind: undefined, savingFilter: false, goingToRow: false, choosingColumns: false, drafts: new Map(), changed: new Set(), saving: 0, epoch: 0,
};

/** What the room remembers while other rooms are open. */
export const reviewState = createStore<ReviewState>()(() => fresh);

export const reviewGrid = createGridStore();

/** Everything that was half done on the pair before is put away. */
export const settleBar = (): void => reviewState.setState({ bar: 'keys', labelPath: [] });

export const draftKey = (pair: number, side: Side): string => `${pair}/${side}`;

/** What is on the screen, for actions: the frozen order, the rows that are here, and how they are judged. */
export type OpenRows = {
  readonly origin: PairOrigin | undefined;
  readonly queue: Queue | undefined;
  /** What the rows match, the open queue included; null: all pairs. */
  readonly predicate: Predicate | null;
  /** Filters or another order lie over the queue. */
  readonly narrowed: boolean;
  readonly view: string | undefined;
  readonly count: number;
  readonly scheme: Scheme | undefined;
  row(position: number): PairRow | undefined;
  replace(change: (row: PairRow) => PairRow): void;
};

export const nothingOpen: OpenRows = { origin: undefined, queue: undefined, predicate: null, narrowed: false, view: undefined, count: 0, scheme: undefined, row: () => undefined, replace: () => undefined };
export const openRows = createStore<OpenRows>()(() => nothingOpen);

/** The row that has the keyboard, and its place. */
export const openRow = (): PairRow | undefined => openRows.getState().row(Math.max(0, reviewGrid.getState().focus));

/** A changed project is another room. */
export const leaveProject = (): void => { reviewState.setState(fresh); openRows.setState(nothingOpen); };

/** What of a decision a reader sees. `none` on a pair that somebody judged and took back is open again. */
export const isJudged = (decision: Decision): boolean => decision !== 'none';

/** Invisible characters are shown, in this browser. */
export const marksShown = createKept('dragoman.review.marks', false, (found) => (typeof found === 'boolean' ? found : undefined));

/** The row that was open last at an address, the newest 50 addresses. */
export const positions = createKept<Readonly<Record<string, number>>>('dragoman.review.positions', {}, (found) => (isRecord(found) ? Object.fromEntries(Object.entries(found).filter((entry): entry is [string, number] => typeof entry[1] === 'number')) : undefined));

export const keepPosition = (address: string, position: number): void => {
  const { [address]: _old, ...others } = positions.read();
  positions.write({ ...Object.fromEntries(Object.entries(others).slice(-49)), [address]: position });
};
