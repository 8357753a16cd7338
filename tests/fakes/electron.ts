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
  get env(): Readonly<Record<string, string | undefined>> { return { ...this.options.env }; }
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

/** A window that draws nothing. Its `webContents` are announced as Electron announces them, and remember what was forbidden them. */
export class BrowserWindow extends EventEmitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = new FakeContents();
  readonly loaded: string[] = [];
  readonly calls: string[] = [];
  readonly progress: number[] = [];
  focused = false;
  maximised = false;
  bounds = { x: 10, y: 20, width: 1000, height: 700 };

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
    observed.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL(address: string): Promise<void> { this.loaded.push(address); return Promise.resolve(); }
  show(): void { this.calls.push('show'); }
  hide(): void { this.calls.push('hide'); }
  focus(): void { this.calls.push('focus'); this.focused = true; }
  restore(): void { this.calls.push('restore'); }
  maximize(): void { this.maximised = true; }
  isMaximized(): boolean { return this.maximised; }
  isMinimized(): boolean { return false; }
  isFocused(): boolean { return this.focused; }
  isDestroyed(): boolean { return false; }
  getNormalBounds(): Electron.Rectangle { return this.bounds; }
  setProgressBar(progress: number): void { this.progress.push(progress); }
}

export class FakeContents extends EventEmitter {
  openHandler: ((details: { readonly url: string }) => Electron.WindowOpenHandlerResponse) | undefined;
  request: ((contents: unknown, permission: string, answer: (granted: boolean) => void) => void) | null = null;
  check: ((contents: unknown, permission: string) => boolean) | null = null;
  device: (() => boolean) | null = null;
  spellchecks = true;
  setWindowOpenHandler(handler: (details: { readonly url: string }) => Electron.WindowOpenHandlerResponse): void { this.openHandler = handler; }
  readonly session = {
    setPermissionRequestHandler: (handler: typeof this.request): void => { this.request = handler; },
    setPermissionCheckHandler: (handler: typeof this.check): void => { this.check = handler; },
    setDevicePermissionHandler: (handler: typeof this.device): void => { this.device = handler; },
    setSpellCheckerEnabled: (enabled: boolean): void => { this.spellchecks = enabled; },
  };
}

/** A message of the system; clicked by `emit('click')`. */
export class Notification extends EventEmitter {
  static isSupported(): boolean { return true; }
  readonly options: Electron.NotificationConstructorOptions;
  constructor(options: Electron.NotificationConstructorOptions = {}) { super(); this.options = options; }
  show(): void { observed.notifications.push(this); }
}

/** What the code under test did to Electron, and (`answers`) what the user and the system say. */
export const observed = {
  processes: [] as FakeUtilityProcess[],
  schemes: [] as Electron.CustomScheme[],
  handlers: new Map<string, Handler>(),
  windows: [] as BrowserWindow[],
  notifications: [] as Notification[],
  menus: [] as Electron.MenuItemConstructorOptions[][],
  dialogs: [] as { readonly kind: string; readonly options: object }[],
  opened: [] as string[],
  recent: [] as string[],
  blockers: new Set<number>(),
  dumps: [] as Electron.CrashReporterStartOptions[],
  exposed: new Map<string, unknown>(),
  quits: 0,
};
export const answers = { lock: true, packaged: true, box: 0, paths: [] as string[], workAreas: [{ x: 0, y: 0, width: 1920, height: 1080 }], pathsOfFiles: new Map<unknown, string>(), /** Real processes instead of ones that run nothing. */ fork: undefined as ((modulePath: string, options: Electron.ForkOptions) => EventEmitter) | undefined };

export const utilityProcess = {
  fork: (modulePath: string, _args: string[] = [], options: Electron.ForkOptions = {}) => {
    if (answers.fork !== undefined) return answers.fork(modulePath, options) as unknown as Electron.UtilityProcess;
    const forked = new FakeUtilityProcess(modulePath, options);
    observed.processes.push(forked);
    return forked as unknown as Electron.UtilityProcess;
  },
} satisfies Pick<typeof Electron.utilityProcess, 'fork'>;

export const protocol = {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => { observed.schemes.push(...schemes); },
  handle: (scheme: string, handler: Handler) => { observed.handlers.set(scheme, handler); },
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

const paths = new Map<string, string>();
const appMembers = {
  whenReady: () => Promise.resolve(),
  getVersion: () => '1.2.3',
  getPath: (name: string) => paths.get(name) ?? `/fake/${name}`,
  setPath: (name: string, path: string) => { paths.set(name, path); },
  requestSingleInstanceLock: () => answers.lock,
  addRecentDocument: (path: string) => { observed.recent.push(path); },
  /** Asks as Electron does: whoever prevents it keeps the program here. */
  quit: () => {
    let prevented = false;
    app.emit('before-quit', { preventDefault: () => { prevented = true; } });
    if (!prevented) observed.quits += 1;
  },
} satisfies Pick<Electron.App, 'whenReady' | 'getVersion' | 'getPath' | 'setPath' | 'requestSingleInstanceLock' | 'addRecentDocument' | 'quit'>;
export const app = Object.defineProperty(Object.assign(new EventEmitter(), appMembers), 'isPackaged', { get: () => answers.packaged });

export const ipcMain = new EventEmitter();

export const dialog = {
  showOpenDialog: (...given: unknown[]) => asked('open', given.at(-1), { canceled: answers.paths.length === 0, filePaths: answers.paths }),
  showSaveDialog: (...given: unknown[]) => asked('save', given.at(-1), { canceled: answers.paths.length === 0, filePath: answers.paths[0] ?? '' }),
  showMessageBox: (...given: unknown[]) => asked('message', given.at(-1), { response: answers.box, checkboxChecked: false }),
  showErrorBox: (title: string, content: string) => { observed.dialogs.push({ kind: 'error', options: { title, content } }); },
} satisfies Pick<Electron.Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'>;

const asked = <T>(kind: string, options: unknown, answer: T): Promise<T> => {
  observed.dialogs.push({ kind, options: options as object });
  return Promise.resolve(answer);
};

export const Menu = {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template as unknown as Electron.Menu,
  setApplicationMenu: (menu: Electron.Menu | null) => { observed.menus.push((menu ?? []) as unknown as Electron.MenuItemConstructorOptions[]); },
} satisfies Pick<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu'>;

export const powerSaveBlocker = {
  start: () => { const id = observed.blockers.size + 1; observed.blockers.add(id); return id; },
  stop: (id: number) => observed.blockers.delete(id),
} satisfies Pick<Electron.PowerSaveBlocker, 'start' | 'stop'>;

export const screen = { getAllDisplays: () => answers.workAreas.map((workArea) => ({ workArea }) as Electron.Display) } satisfies Pick<Electron.Screen, 'getAllDisplays'>;

export const shell = {
  openExternal: (address: string) => { observed.opened.push(address); return Promise.resolve(); },
  showItemInFolder: (path: string) => { observed.opened.push(path); },
} satisfies Pick<Electron.Shell, 'openExternal' | 'showItemInFolder'>;

export const crashReporter = { start: (options?: Electron.CrashReporterStartOptions) => { observed.dumps.push(options ?? {}); } } satisfies Pick<Electron.CrashReporter, 'start'>;

const sentByPage: { readonly channel: string }[] = [];
export const ipcRenderer = Object.assign(new EventEmitter(), {
  sent: sentByPage,
  send: (channel: string) => { sentByPage.push({ channel }); },
}) satisfies Pick<Electron.IpcRenderer, 'send'>;

export const contextBridge = { exposeInMainWorld: (name: string, api: unknown) => { observed.exposed.set(name, api); } } satisfies Pick<Electron.ContextBridge, 'exposeInMainWorld'>;
export const webUtils = { getPathForFile: (file: unknown) => answers.pathsOfFiles.get(file) ?? '' } satisfies Pick<Electron.WebUtils, 'getPathForFile'>;

/** Forgets everything that tests left behind. */
export const reset = (): void => {
  for (const list of [observed.processes, observed.schemes, observed.windows, observed.notifications, observed.menus, observed.dialogs, observed.opened, observed.recent, observed.dumps, sentByPage]) list.length = 0;
  for (const map of [observed.handlers, observed.blockers, observed.exposed, paths]) map.clear();
  observed.quits = 0;
  Object.assign(answers, { lock: true, packaged: true, box: 0, paths: [], workAreas: [{ x: 0, y: 0, width: 1920, height: 1080 }], pathsOfFiles: new Map(), fork: undefined });
  for (const emitter of [app, ipcMain, ipcRenderer]) emitter.removeAllListeners();
};

// Classes cannot say `satisfies` themselves. (What is only listened to, `app` and `ipcMain`, is an EventEmitter in Electron too.)
MessageChannelMain satisfies new () => Record<keyof Electron.MessageChannelMain, Pick<Electron.MessagePortMain, 'start' | 'close' | 'postMessage'>>;
BrowserWindow satisfies new (options: Electron.BrowserWindowConstructorOptions) => Pick<Electron.BrowserWindow, 'loadURL' | 'show' | 'hide' | 'focus' | 'restore' | 'maximize' | 'isMaximized' | 'isMinimized' | 'isFocused' | 'isDestroyed' | 'getNormalBounds' | 'setProgressBar'>;
Notification satisfies (new (options: Electron.NotificationConstructorOptions) => Pick<Electron.Notification, 'show'>) & Pick<typeof Electron.Notification, 'isSupported'>;
FakeContents satisfies new () => { readonly session: { readonly [N in 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setSpellCheckerEnabled']: unknown } & Pick<Electron.Session, 'setSpellCheckerEnabled'> };
