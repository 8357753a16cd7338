import type { Run } from '../../../main/contract/mine.ts';
import type { App } from '../../stores/app.ts';
import { latest } from '../../stores/latest.ts';
import { toFailureData } from '../../link/link.ts';
import { knowRun, mineState } from './state.ts';

/** After the last key the cut is placed: many small steps are one entry of the history. */
const restAfterKeys = 700;

const ask = latest((signal, app: App, run: number, cut: number) => app.link.call('mine.cutPreview', { run, cut }, { signal }));
let rest: ReturnType<typeof setTimeout> | undefined;

/** Shows what a cut would do, the newest only; until the answer comes the old counts stay, dimmed. */
export const previewCut = async (app: App, run: Run, cut: number): Promise<void> => {
  try {
    const answer = await ask(app, run.id, cut);
    if (answer !== undefined) mineState.setState({ preview: { run: run.id, at: cut, answer } });
  } catch (error) {
    app.stores.ui.getState().fail(toFailureData(error));
  }
};

/** The cut moves: by the mouse until it is let go of, by keys until they rest. */
export const moveCut = (app: App, run: Run, cut: number, by: 'drag' | 'key'): void => {
  clearTimeout(rest);
  mineState.setState({ moving: cut });
  void previewCut(app, run, cut);
  if (by === 'key') rest = setTimeout(() => void placeCut(app, run, cut), restAfterKeys);
};

/** Accepts a cut; undoable. `auto` goes back to the estimated one. */
export const placeCut = async (app: App, run: Run, cut: number | 'auto'): Promise<void> => {
  clearTimeout(rest);
  const same = cut === 'auto' ? run.cutBy === 'auto' : run.cut !== null && Math.abs(run.cut - cut) < 5e-4;
  if (same) { mineState.setState({ moving: undefined }); return; }
  const placed = await app.attempt(() => app.link.call('mine.cut', { run: run.id, cut }));
  if (placed !== undefined) knowRun(placed);
  mineState.setState({ moving: undefined });
};

export const giveUpCut = (): void => {
  clearTimeout(rest);
  ask.cancel();
  mineState.setState({ moving: undefined });
};
