import { ArrowDown, ArrowUp, Copy, Crosshair, FileUp, GitCompareArrows, Hash, ListChecks, ListTodo, Magnet, MessageCircleQuestion, MoveHorizontal, Network, Pause, Pencil, Play, Plus, RotateCcw, ScissorsLineDashed, Square, Table2, Target, Trash2, Undo2, Users } from 'lucide-react';
import type { Run } from '../../../main/contract/mine.ts';
import type { Job } from '../../../main/contract/jobs.ts';
import { action, type Action, type Availability } from '../../actions/action.ts';
import type { App } from '../../stores/app.ts';
import { selectedCount } from '../../grid/selection.ts';
import { isRunning, placeOf } from './place.ts';
import { placeCut } from './cut.ts';
import { changeDraft, compareGrid, mineState, pairsGrid } from './state.ts';
import { canStart, startRun } from './start/start-run.ts';
import { copyFromGrid, cutBelowPair, goldForRun, removeRun } from './steps.ts';
import { marginTaught } from './result/margin-taught.ts';

/** The run that the address shows. */
export const openRun = (app: App): Run | undefined => {
  const address = app.stores.address.getState().address;
  const place = placeOf(address?.room === 'mine' ? address.path : [], mineState.getState().runs.value ?? []);
  return place.view === 'start' ? undefined : place.run;
};

const jobOf = (app: App): Job | undefined => {
  const run = openRun(app);
  return run === undefined || run.job === null ? undefined : app.stores.jobs.getState().value?.find((job) => job.id === run.job);
};

const tellJob = (app: App, name: 'jobs.pause' | 'jobs.resume' | 'jobs.cancel'): Promise<unknown> => app.attempt(async () => {
  const job = jobOf(app);
  if (job !== undefined) app.stores.jobs.getState().changed(await app.link.call(name, { job: job.id }));
});

const withRun = (test: (run: Run) => Availability = () => true) => (app: App): Availability => {
  const run = openRun(app);
  return run === undefined ? { why: 'mine.why.noRun' } : test(run);
};
const withResult = (test: (run: Run) => Availability = () => true) => withRun((run) => (run.state === 'ready' ? test(run) : { why: isRunning(run) ? 'mine.why.stillRunning' : 'mine.why.noResult' }));
const withCut = withResult((run) => (run.cut === null ? { why: 'mine.why.noCut' } : true));
const withPair = withResult(() => (pairsGrid.getState().focus < 0 ? { why: 'mine.why.noPair' } : true));
const goRun = (app: App, ...rest: readonly string[]): void => { const run = openRun(app); if (run !== undefined) app.go({ room: 'mine', path: [String(run.id), ...rest] }); };

/** Control+A and Control+C belong to a field that is being written in. The palette's own field does not count: from there they are chosen by name. */
const notWriting = (app: App): Availability => {
  const writing = document.activeElement?.matches('input, textarea, [contenteditable="true"]') === true;
  return writing && app.stores.ui.getState().sheet?.kind !== 'palette' ? { why: 'mine.why.typing' } : withResult()(app);
};

const grid = (app: App) => (mineState.getState().runs.value !== undefined && app.stores.address.getState().address?.path[1] === 'compare' ? compareGrid : pairsGrid).getState();

/** Everything the room can do. */
export const actions: readonly Action[] = [
  action({ id: 'mine.new', label: 'mine.action.new', keys: ['N'], icon: Plus, scope: 'mine', run: (app) => app.go({ room: 'mine', path: ['new'] }) }),
  action({ id: 'mine.start', label: 'mine.action.start', keys: ['S', 'Control+Enter'], icon: Play, scope: 'mine', when: (app) => (canStart(app) ? true : { why: 'mine.why.chooseTwo' }), run: startRun }),
  action({
    id: 'mine.again', label: 'mine.action.again', keys: ['R'], icon: RotateCcw, scope: 'mine', when: withRun(),
    run: (app) => {
      const run = openRun(app);
      if (run === undefined) return;
      changeDraft({ task: run.kind, source: run.source.collection, target: run.target.collection, bitext: run.kind === 'score-bitext' ? run.source.collection : null, settings: run.settings, earlier: null, more: true });
      app.go({ room: 'mine', path: ['new'] });
    },
  }),
  action({ id: 'mine.pause', label: 'mine.action.pause', keys: ['P'], icon: Pause, scope: 'mine', when: (app) => { const job = jobOf(app); return job?.pausable === true && (job.state === 'running' || job.state === 'queued') ? true : { why: 'mine.why.notRunning' }; }, run: (app) => tellJob(app, 'jobs.pause') }),
  action({ id: 'mine.resume', label: 'mine.action.resume', keys: ['Shift+P'], icon: Play, scope: 'mine', when: (app) => (['paused', 'interrupted', 'failed'].includes(jobOf(app)?.state ?? '') ? true : { why: 'mine.why.notPaused' }), run: (app) => tellJob(app, 'jobs.resume') }),
  action({ id: 'mine.cancel', label: 'mine.action.cancel', keys: [], icon: Square, scope: 'mine', when: (app) => (['running', 'queued', 'paused', 'pausing', 'interrupted'].includes(jobOf(app)?.state ?? '') ? true : { why: 'mine.why.notRunning' }), run: (app) => tellJob(app, 'jobs.cancel') }),
  action({ id: 'mine.moveCut', label: 'mine.action.moveCut', keys: ['T'], icon: MoveHorizontal, scope: 'mine', when: withResult(), run: () => document.querySelector<HTMLElement>('#mine-cut-handle [role="slider"]')?.focus() }),
  action({
    id: 'mine.autoCut', label: 'mine.action.autoCut', keys: ['A'], icon: Magnet, scope: 'mine',
    when: withResult((run) => (run.threshold?.cut == null ? { why: 'mine.why.noEstimate' } : true)),
    run: (app) => { const run = openRun(app); return run === undefined ? undefined : placeCut(app, run, 'auto'); },
  }),
  action({ id: 'mine.cutHere', label: 'mine.action.cutHere', keys: ['X'], icon: ScissorsLineDashed, scope: 'mine', when: withPair, run: (app) => { const run = openRun(app); return run === undefined ? undefined : cutBelowPair(app, run); } }),
  action({
    id: 'mine.goToCut', label: 'mine.action.goToCut', keys: ['C'], icon: Crosshair, scope: 'mine', when: withCut,
    run: (app) => {
      const kept = openRun(app)?.counts?.kept ?? 0;
      const { goTo, rows, handle } = pairsGrid.getState();
      goTo(Math.min(rows - 1, kept));
      handle?.reveal(Math.min(rows - 1, kept), 'centre');
      handle?.takeFocus();
    },
  }),
  action({ id: 'mine.goToRow', label: 'mine.action.goToRow', keys: ['G'], icon: Hash, scope: 'mine', when: withResult(), run: () => mineState.setState({ goingToRow: true }) }),
  action({ id: 'mine.next', label: 'mine.action.next', keys: ['J'], icon: ArrowDown, scope: 'mine', when: withPair, run: () => pairsGrid.getState().goTo(pairsGrid.getState().focus + 1) }),
  action({ id: 'mine.previous', label: 'mine.action.previous', keys: ['K'], icon: ArrowUp, scope: 'mine', when: withPair, run: () => pairsGrid.getState().goTo(pairsGrid.getState().focus - 1) }),
  action({ id: 'mine.table', label: 'mine.action.table', keys: ['L'], icon: Table2, scope: 'mine', when: withResult(), run: (app) => grid(app).handle?.takeFocus() }),
  action({ id: 'mine.selectAll', label: 'mine.action.selectAll', keys: ['Control+A'], icon: ListChecks, scope: 'mine', when: notWriting, run: (app) => grid(app).selectAll() }),
  action({
    id: 'mine.copy', label: 'mine.action.copy', keys: ['Control+C'], icon: Copy, scope: 'mine',
    when: (app) => {
      const free = notWriting(app);
      if (free !== true) return free;
      // Words marked on the desk are what Control+C means then.
      return (document.getSelection()?.toString() ?? '') !== '' ? { why: 'mine.why.typing' } : selectedCount(pairsGrid.getState().selection) === 0 ? { why: 'mine.why.noPair' } : true;
    },
    run: copyFromGrid,
  }),
  action({ id: 'mine.export', label: 'mine.action.export', keys: ['E'], icon: FileUp, scope: 'mine', when: withResult(), run: (app) => { const run = openRun(app); if (run !== undefined) app.stores.ui.getState().open({ kind: 'export', origin: { run: run.id } }); } }),
  action({ id: 'mine.review', label: 'review.action.fromHere', keys: ['V'], icon: ListTodo, scope: 'mine', when: withResult(), run: (app) => { const run = openRun(app); if (run !== undefined) app.go({ room: 'review', path: ['run', String(run.id)] }); } }),
  action({ id: 'mine.sample', label: 'mine.action.sample', keys: [], icon: Users, scope: 'mine', when: withResult(), run: (app) => { const run = openRun(app); if (run !== undefined) app.stores.ui.getState().open({ kind: 'queue', origin: { run: run.id }, predicate: null, sampling: 'stratified' }); } }),
  action({ id: 'mine.gold', label: 'mine.action.gold', keys: [], icon: Target, scope: 'mine', when: withResult(), run: (app) => { const run = openRun(app); return run === undefined ? undefined : goldForRun(app, run); } }),
  action({ id: 'mine.hubs', label: 'mine.action.hubs', keys: ['H'], icon: Network, scope: 'mine', when: withResult(), run: (app) => goRun(app, 'hubs') }),
  action({ id: 'mine.compare', label: 'mine.action.compare', keys: ['D'], icon: GitCompareArrows, scope: 'mine', when: withResult(() => ((mineState.getState().runs.value ?? []).filter((run) => run.state === 'ready').length > 1 ? true : { why: 'mine.why.oneRun' })), run: (app) => goRun(app, 'compare') }),
  action({ id: 'mine.back', label: 'mine.action.back', keys: ['B'], icon: Undo2, scope: 'mine', when: withRun(), run: (app) => goRun(app) }),
  action({ id: 'mine.rename', label: 'mine.action.rename', keys: ['F2'], icon: Pencil, scope: 'mine', when: withRun(), run: () => mineState.setState({ renaming: true }) }),
  action({ id: 'mine.remove', label: 'mine.action.remove', keys: [], icon: Trash2, scope: 'mine', when: withRun((run) => (isRunning(run) ? { why: 'mine.why.stillRunning' } : true)), run: (app) => { const run = openRun(app); return run === undefined ? undefined : removeRun(app, run); } }),
  action({ id: 'mine.explainMargin', label: 'mine.action.explainMargin', keys: [], icon: MessageCircleQuestion, scope: 'mine', run: () => marginTaught.write(false) }),
];

/** One of them, by its name. */
export const mineAction = (id: string): Action => {
  const found = actions.find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no action "${id}". The mine room has: ${actions.map((each) => each.id).join(', ')}.`);
  return found;
};
