/** What the workbench process tells the shell. `process` is a number that the workbench chooses, one a spawned process. */
export type ToShell =
  | { readonly type: 'spawn'; readonly process: number; readonly entry: 'engine'; readonly env: Readonly<Record<string, string>> }
  | { readonly type: 'kill'; readonly process: number }
  | ({ readonly type: 'facts' } & WorkbenchFacts);

/** What the shell has to know of the workbench: the open project (to open it again), and the jobs that run (taskbar, sleep, quitting). */
export type WorkbenchFacts = { readonly project: string | null; readonly running: number; /** Mean over the running jobs, 0..1. */ readonly progress: number };

/** What the shell tells the workbench process. `spawned` and `page` carry one port each; `close`: close the project in order, then end. */
export type FromShell =
  | { readonly type: 'page' }
  | { readonly type: 'close' }
  | { readonly type: 'spawned'; readonly process: number; readonly pid: number | undefined }
  | { readonly type: 'error-line'; readonly process: number; readonly line: string }
  | { readonly type: 'exited'; readonly process: number; readonly reason: string };
