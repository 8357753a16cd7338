/**
 * Electron as far as `main/hosts/electron` and `preload` use it, for tests without its binary. `vitest.config.ts` puts it in Electron's place.
 *
 * Every part is checked against Electron's own types with `satisfies`: a fake that drifts from the real thing does not compile. What tests
 * look at beyond that is in `observed`, and `reset` starts over.
 */
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type * as Electron from 'electron';

export class FakePort extends EventEmitter {
  other: FakePort | undefined;
  private started = false;
  private readonly waiting: { readonly data: unknown; readonly ports: readonly unknown[] }[] = [];

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    this.other?.deliver({ data: structuredClone(message), ports: transfer });
  }
  start(): void {
    this.started = true;
    for (const event of this.waiting.splice(0)) this.emit('message', event);
  }
  close(): void {
    const other = this.other;
    this.other = undefined;
    this.emit('close');
    other?.closeFrom();
  }
  private closeFrom(): void {
    this.other = undefined;
    this.emit('close');
  }
  private deliver(event: { readonly data: unknown; readonly ports: readonly unknown[] }): void {
    if (this.started) this.emit('message', event);
    else this.waiting.push(event);
  }
}

export class MessageChannelMain {
  readonly port1 = new FakePort();
  readonly port2 = new FakePort();
  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}

/** A utility process that runs nothing: a test plays it by `emit('spawn')`, `emit('message', ...)`, `emit('exit', code)`. */
export class FakeUtilityProcess extends EventEmitter {
  readonly stdout = null;
  readonly stderr = new PassThrough();
  readonly sent: { readonly message: unknown; readonly ports: readonly FakePort[] }[] = [];
  pid: number | undefined = undefined;
  killed = false;

  readonly modulePath: string;
  readonly options: Electron.ForkOptions;

  constructor(modulePath: string, options: Electron.ForkOptions) {
    super();
    this.modulePath = modulePath;
    this.options = options;
  }
  postMessage(message: unknown, transfer: FakePort[] = []): void {
    this.sent.push({ message, ports: transfer });
    this.emit('sent', { data: message, ports: transfer });
  }
  kill(): boolean {
    this.killed = true;
    this.emit('exit', 0);
    return true;
  }
}

type Handler = (request: Request) => Response | Promise<Response>;

/** What the code under test did to Electron. */
export const observed = {
  processes: [] as FakeUtilityProcess[],
  schemes: [] as Electron.CustomScheme[],
  handlers: new Map<string, Handler>(),
};

export const utilityProcess = {
  fork: (modulePath: string, _args: string[] = [], options: Electron.ForkOptions = {}) => {
    const forked = new FakeUtilityProcess(modulePath, options);
    observed.processes.push(forked);
    return forked as unknown as Electron.UtilityProcess;
  },
} satisfies Pick<typeof Electron.utilityProcess, 'fork'>;

export const protocol = {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => { observed.schemes.push(...schemes); },
  handle: (scheme: string, handler: Handler) => { observed.handlers.set(scheme, handler); },
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

export const app = new EventEmitter();
export const ipcMain = new EventEmitter();

const sentByPage: { readonly channel: string }[] = [];
export const ipcRenderer = Object.assign(new EventEmitter(), {
  sent: sentByPage,
  send: (channel: string) => { sentByPage.push({ channel }); },
}) satisfies Pick<Electron.IpcRenderer, 'send'>;

/** Forgets everything that tests left behind. */
export const reset = (): void => {
  observed.processes.length = 0;
  observed.schemes.length = 0;
  observed.handlers.clear();
  sentByPage.length = 0;
  for (const emitter of [app, ipcMain, ipcRenderer]) emitter.removeAllListeners();
};

// Classes cannot say `satisfies` themselves. (What is only listened to, `app` and `ipcMain`, is an EventEmitter in Electron too.)
MessageChannelMain satisfies new () => Record<keyof Electron.MessageChannelMain, Pick<Electron.MessagePortMain, 'start' | 'close' | 'postMessage'>>;
