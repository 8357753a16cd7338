import { createStore } from 'zustand/vanilla';
import { defaultMineSettings, type MineSettings, type Run } from '../../../main/contract/mine.ts';
import { createGridStore } from '../../grid/grid-store.ts';
import { toFailureData, type Output } from '../../link/link.ts';
import type { App } from '../../stores/app.ts';
import { latest } from '../../stores/latest.ts';
import { notAsked, type Asked } from '../../stores/slices.ts';

export type CutPreview = Output<'mine.cutPreview'>;

/** The form of a run that has not started. */
export type Draft = {
  readonly task: 'mine' | 'score-bitext';
  readonly source: number | null;
  readonly target: number | null;
  readonly bitext: number | null;
  readonly settings: MineSettings;
  /** The finished run that is carried on, so that only what is new is compared; null: everything is; undefined: not decided. */
  readonly earlier: number | null | undefined;
  /** The folded part is open. */
  readonly more: boolean;
};

export const emptyDraft: Draft = { task: 'mine', source: null, target: null, bitext: null, settings: defaultMineSettings, earlier: undefined, more: false };

export type MineState = {
  /** Whose runs these are. */
  readonly project: string | null;
  /** Newest first. */
  readonly runs: Asked<readonly Run[]>;
  readonly draft: Draft;
  /** The cut while it is moved, not yet placed. */
  readonly moving: number | undefined;
  /** What a cut would do: the newest answer, and the cut it is about. */
  readonly preview: { readonly run: number; readonly at: number; readonly answer: CutPreview } | undefined;
  /** The line "go to row" is open. */
  readonly goingToRow: boolean;
  readonly renaming: boolean;
};

const fresh: MineState = { project: null, runs: notAsked, draft: emptyDraft, moving: undefined, preview: undefined, goingToRow: false, renaming: false };

/** What the room remembers while other rooms are open. */
export const mineState = createStore<MineState>()(() => fresh);

/** The table of the open run's pairs. */
export const pairsGrid = createGridStore();
/** The table of "compare two runs", and of the best pairs so far. */
export const compareGrid = createGridStore();
export const partialGrid = createGridStore();

/** Another project: nothing of the old one is true. The same one again: everything is kept, the form too. */
export const enterProject = (project: string | null): void => { if (mineState.getState().project !== project) mineState.setState({ ...fresh, project }); };

const askRuns = latest((signal, app: App) => app.link.call('mine.runs', {}, { signal }));

export const loadRuns = async (app: App): Promise<void> => {
  mineState.setState(({ runs }) => ({ runs: { ...runs, stale: true } }));
  try {
    const runs = await askRuns(app);
    if (runs !== undefined) mineState.setState({ runs: { value: runs.toSorted((a, b) => b.id - a.id), stale: false, failure: undefined } });
  } catch (error) {
    mineState.setState(({ runs }) => ({ runs: { ...runs, stale: true, failure: toFailureData(error) } }));
  }
};

/** Keeps an answer about one run, before the list is asked again. */
export const knowRun = (run: Run): void => mineState.setState(({ runs }) => ({ runs: { ...runs, value: (runs.value ?? []).map((each) => (each.id === run.id ? run : each)) } }));

export const changeDraft = (part: Partial<Draft>): void => mineState.setState(({ draft }) => ({ draft: { ...draft, ...part } }));
export const changeSettings = (part: Partial<MineSettings>): void => mineState.setState(({ draft }) => ({ draft: { ...draft, settings: { ...draft.settings, ...part } } }));
