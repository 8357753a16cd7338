/**
 * What a host (window, served page, command line) lends to the workbench and to the page.
 *
 * The workbench never names `utilityProcess` or `child_process`: it asks its host for an engine and receives a channel. A lost channel is a lost process.
 */

/** Two ends that pass structured-clone values. Implemented over MessagePort, child-process messages, WebSocket and the in-memory pipe. */
export type Channel = {
  send(message: unknown): void;
  /** One listener each; set before the first message can arrive. */
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: (reason: string) => void): void;
  close(): void;
};

export type SpawnedProcess = {
  readonly pid: number | undefined;
  readonly channel: Channel;
  /** Told once, with a reason a person can read ("killed by SIGKILL", "exit code 3"). */
  onExit(listener: (reason: string) => void): void;
  /** Lines of the process's standard error, for job logs. */
  onErrorLine(listener: (line: string) => void): void;
  kill(): void;
};

export type ProcessHost = { spawn(entry: 'engine', options?: { readonly env?: Readonly<Record<string, string>> }): SpawnedProcess };

/** What the page may ask its host for; the page asks, it never sniffs. */
export type HostCapabilities = {
  readonly host: 'window' | 'served' | 'command-line';
  readonly nativeDialogs: boolean;
  readonly revealInFolder: boolean;
  readonly taskbarProgress: boolean;
  readonly fileDrop: 'path' | 'upload';
};

/** What the preload puts into the page's window as `dragoman`; all else goes over ports. */
export type PageBridge = { /** The path of a dropped `File` (or folder), '' where it has none. */ pathOf(file: unknown): string };
