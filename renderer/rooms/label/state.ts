import { createStore } from 'zustand/vanilla';
import type { Labelling, LabelSentence, LabelSpan, SpanFilter, TextSpan } from '../../../main/contract/label.ts';

/** What is open in the room. Actions read it, so that a key and a button do the same. */
export type LabelState = {
  readonly labelling: Labelling | undefined;
  readonly filter: SpanFilter;
  /** The frozen order: what was judged stays in its place until it is asked for anew. */
  readonly ids: readonly number[];
  /** Place in `ids`. */
  readonly at: number;
  readonly sentence: LabelSentence | undefined;
  /** The span as it is being chosen; undefined: as offered. */
  readonly choice: TextSpan | undefined;
  /** A name is asked for in the bar's place. */
  readonly asksWho: boolean;
  /** Raised to ask for the order anew. */
  readonly round: number;
};

export const openFilter: SpanFilter = { order: 'sureness', decisions: ['open'], agrees: false };

const nothing: LabelState = { labelling: undefined, filter: openFilter, ids: [], at: 0, sentence: undefined, choice: undefined, asksWho: false, round: 0 };

export const labelState = createStore<LabelState>()(() => nothing);

export const closeLabelling = (): void => labelState.setState(nothing);

export const spanNow = ({ ids, at, sentence }: Pick<LabelState, 'ids' | 'at' | 'sentence'>): LabelSpan | undefined => sentence?.spans.find(({ id }) => id === ids[at]);

/** Makes another span of the order the open one. */
export const goTo = (at: number): void => {
  const { ids, at: now } = labelState.getState();
  const next = Math.min(Math.max(at, 0), Math.max(0, ids.length - 1));
  if (next !== now) labelState.setState({ at: next, choice: undefined });
};
