import type { App } from '../../../stores/app.ts';
import { emptyDraft, loadRuns, mineState } from '../state.ts';
import { draftOf, planState } from './plan-state.ts';

/** Whether the form names what a run needs. */
export const canStart = (app: App): boolean => {
  const address = app.stores.address.getState().address;
  const runs = mineState.getState().runs.value ?? [];
  if (address?.room === 'mine' && address.path[0] !== 'new' && runs.length > 0) return false;
  const draft = draftOf(app);
  return draft.task === 'mine' ? draft.source !== null && draft.target !== null : draft.bitext !== null;
};

/** Starts what the form says, with the plan that was shown, and opens the run. */
export const startRun = (app: App): Promise<unknown> => app.attempt(async () => {
  const { task, source, target, bitext, settings, earlier } = draftOf(app);
  const shown = planState.getState();
  const started = task === 'score-bitext' && bitext !== null ? await app.link.call('mine.scoreBitext', { collection: bitext, settings })
    : source !== null && target !== null ? await app.link.call('mine.start', { source, target, settings, earlier: earlier ?? null, plan: shown.key === planKey(source, target, settings, earlier) ? shown.plan ?? null : null, name: null })
      : undefined;
  if (started === undefined) return;
  await loadRuns(app);
  mineState.setState({ draft: emptyDraft });
  app.go({ room: 'mine', path: [String(started.run)] });
});

export const planKey = (source: number, target: number, settings: unknown, earlier: number | null | undefined): string => JSON.stringify([source, target, settings, earlier ?? null]);
