import type { EndReason, Loss, WorkbenchState } from '../contract/shell.ts';
import { restartPlan } from '../domain/desktop/restart-plan.ts';
import type { WorkbenchFacts } from './shell-messages.ts';

/** What is told of a workbench process. */
export type WorkbenchListener = {
  /** It runs: pages may be connected. */
  spawned(): void;
  facts(facts: WorkbenchFacts): void;
  errorLine(line: string): void;
  /** Told once. */
  ended(reason: EndReason, exitCode: number): void;
};

/** A workbench process as its keeper sees it. `close` asks it to close the project in order and to end. */
export type KeptProcess = { close(): void; kill(): void };

export type KeeperInput<Workbench extends KeptProcess> = {
  start(env: Readonly<Record<string, string>>, listener: WorkbenchListener): Workbench;
  readonly version: string;
  readonly dataFolder: string;
  readonly resourcesFolder: string;
  onState(state: WorkbenchState): void;
  onFacts(facts: WorkbenchFacts): void;
  readonly now?: () => number;
};

export type WorkbenchKeeper<Workbench extends KeptProcess = KeptProcess> = {
  readonly facts: WorkbenchFacts;
  readonly state: WorkbenchState;
  /** All ends since the start, and the last lines of its standard error. */
  readonly losses: readonly Loss[];
  readonly lines: readonly string[];
  /** At once when it runs, else as soon as it does. */
  whenRunning(use: (workbench: Workbench) => void): void;
  /** After it was given up: one more start. */
  restart(): void;
  /** Lets it close the project in order; after `patience` ms it is killed. */
  close(patience: number): Promise<void>;
};

/** Keeps one workbench running: starts it again after an end that nobody asked for, with what it had open, until `restartPlan` gives up. */
export const keepWorkbench = <Workbench extends KeptProcess>(
  { start: startProcess, version, dataFolder, resourcesFolder, onState, onFacts, now = Date.now }: KeeperInput<Workbench>,
): WorkbenchKeeper<Workbench> => {
  const losses: Loss[] = [];
  const lines: string[] = [];
  const waiting: ((workbench: Workbench) => void)[] = [];
  let facts: WorkbenchFacts = { project: null, running: 0, progress: 0 };
  let state: WorkbenchState = { state: 'restarting', kept: 'nothing', loss: null };
  let running: Workbench | undefined;
  let closed: (() => void) | undefined;

  const become = (next: WorkbenchState): void => { state = next; onState(next); };
  const know = (next: WorkbenchFacts): void => { facts = next; onFacts(next); };

  const start = (kept: WorkbenchState['kept']): void => {
    const started = startProcess({
      DRAGOMAN_VERSION: version, DRAGOMAN_DATA: dataFolder, DRAGOMAN_RESOURCES: resourcesFolder, DRAGOMAN_ENDS: JSON.stringify(losses),
      DRAGOMAN_PROJECT: kept === 'nothing' ? '' : (facts.project ?? ''), DRAGOMAN_RESUME: kept === 'project-and-jobs' ? '1' : '',
    }, {
      spawned: () => {
        running = started;
        become({ state: 'running', kept, loss: state.loss });
        for (const use of waiting.splice(0)) use(started);
      },
      facts: know,
      errorLine: (line) => { lines.push(line); lines.splice(0, lines.length - 50); process.stderr.write(`${line}\n`); },
      ended: (reason, exitCode) => {
        running = undefined;
        if (closed !== undefined) { closed(); return; }
        const loss: Loss = { part: 'workbench', reason, exitCode, at: now() };
        losses.push(loss);
        know({ ...facts, running: 0, progress: 0 });
        const plan = restartPlan(losses.map((each) => each.at), now());
        become({ state: plan === undefined ? 'stopped' : 'restarting', kept: plan?.kept ?? 'nothing', loss });
        if (plan !== undefined) setTimeout(() => { if (closed === undefined) start(plan.kept); }, plan.after);
      },
    });
  };

  start('nothing');
  return {
    get facts() { return facts; },
    get state() { return state; },
    losses, lines,
    whenRunning: (use) => { if (running === undefined) waiting.push(use); else use(running); },
    restart: () => { if (state.state === 'stopped') { become({ ...state, state: 'restarting' }); start('nothing'); } },
    close: (patience) => new Promise((done) => {
      closed = done;
      if (running === undefined) { done(); return; }
      const workbench = running;
      workbench.close();
      setTimeout(() => { workbench.kill(); done(); }, patience).unref();
    }),
  };
};
