/** What the workbench process asks of the shell. `process` is a number that the workbench chooses, one a spawned process. */
export type ToShell =
  | { readonly type: 'spawn'; readonly process: number; readonly entry: 'engine'; readonly env: Readonly<Record<string, string>> }
  | { readonly type: 'kill'; readonly process: number };

/** What the shell tells the workbench process. `spawned` and `page` carry one port each. */
export type FromShell =
  | { readonly type: 'page' }
  | { readonly type: 'spawned'; readonly process: number; readonly pid: number | undefined }
  | { readonly type: 'error-line'; readonly process: number; readonly line: string }
  | { readonly type: 'exited'; readonly process: number; readonly reason: string };
