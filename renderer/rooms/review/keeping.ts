import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { PairOrigin } from '../../../main/contract/pairs.ts';
import { broughtBack } from '../../actions/project-steps.ts';
import { useApp, useQuery } from '../../stores/hooks.tsx';
import { t } from '../../strings/catalogue.ts';
import type { OpenPairs } from './rows/use-rows.ts';
import { draftKey, keepPosition, positions, reviewGrid, reviewState, settleBar } from './state.ts';

/** What was typed in an earlier visit and not saved. */
export const useDrafts = (origin: PairOrigin | undefined, annotator: number | undefined): void => {
  const { data } = useQuery('review.drafts', origin === undefined || annotator === undefined ? null : { origin, annotator });
  useEffect(() => {
    if (data !== undefined) reviewState.setState(({ drafts }) => ({ drafts: new Map([...data.map((draft) => [draftKey(draft.pair, draft.side), draft.text] as const), ...drafts]) }));
  }, [data]);
};

const restAfterMoves = 500;

/** Begins where the annotator stood, and remembers where they are: of a whole queue in the project, else in this browser. */
export const usePosition = ({ queue: open, narrowed, view, count, pages }: OpenPairs, address: string, annotator: number | undefined): void => {
  const app = useApp();
  const queue = narrowed ? undefined : open;
  const focus = useStore(reviewGrid, (grid) => grid.focus);
  const begun = useRef<string>(undefined);
  useEffect(() => {
    if (view === undefined || count === undefined || begun.current === address) return;
    begun.current = address;
    const grid = reviewGrid.getState();
    const start = Math.min(Math.max(0, count - 1), queue?.position ?? positions.read()[address] ?? 0);
    grid.setRows(count);
    grid.goTo(start);
    grid.handle?.reveal(start, 'centre');
    if (document.activeElement === null || document.activeElement === document.body) grid.handle?.takeFocus();
  }, [view, count, address, queue?.position]);
  useEffect(() => {
    if (begun.current !== address || focus < 0) return undefined;
    // A question that was open was about the pair before.
    if (reviewState.getState().bar !== 'who') settleBar();
    const { editing } = reviewState.getState();
    reviewState.setState({ splitting: undefined, ...(editing !== undefined && editing.pair !== pages.getState().row(focus)?.id ? { editing: undefined } : {}) });
    const timer = setTimeout(() => {
      if (queue === undefined) keepPosition(address, focus);
      else if (annotator !== undefined) void app.attempt(() => app.link.call('review.setPosition', { queue: queue.id, annotator, position: focus }));
    }, restAfterMoves);
    return () => clearTimeout(timer);
  }, [app, focus, address, queue?.id, annotator]);
};

/** Undo and redo take the reader to the row that they changed. */
export const useBroughtBack = ({ view }: OpenPairs): void => {
  const app = useApp();
  const { entry, times } = useStore(broughtBack);
  const seen = useRef(times);
  useEffect(() => {
    if (times === seen.current) return;
    seen.current = times;
    const pair = entry?.focusPair ?? null;
    if (entry === undefined || pair === null || view === undefined) return;
    void app.attempt(async () => {
      const { position } = await app.link.call('pairs.find', { view, pair });
      const grid = reviewGrid.getState();
      if (position === null) { app.stores.ui.getState().say({ text: t('review.undoneElsewhere', { title: entry.title }) }); return; }
      grid.goTo(position);
      grid.handle?.takeFocus();
    });
  }, [times]);
};
