import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import type { FromShell, ToShell } from './shell-messages.ts';

/** The built entries beside the shell's own file. */
const entries = { workbench: fileURLToPath(new URL('./workbench.js', import.meta.url)), engine: fileURLToPath(new URL('./engine.js', import.meta.url)) } as const;

/** Settings of the user's shell that would change how a process starts: never handed on. */
const dropped = ['NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE'];

export type WorkbenchProcess = {
  /** Hands the workbench one end of a new connection to a page. */
  connectPage(port: MessagePortMain): void;
  /** Told once, with a reason a person can read. */
  onExit(listener: (reason: string) => void): void;
  kill(): void;
};

export type Places = { readonly version: string; readonly dataFolder: string; readonly resourcesFolder: string };

/**
 * Starts the workbench and serves its requests for an engine: fork, one port pair between the two, error lines, the end.
 *
 * A workbench that ends takes its engines with it, so that no process outlives the window.
 */
export const startWorkbenchProcess = ({ version, dataFolder, resourcesFolder }: Places): WorkbenchProcess => {
  const workbench = fork('workbench', { DRAGOMAN_VERSION: version, DRAGOMAN_DATA: dataFolder, DRAGOMAN_RESOURCES: resourcesFolder });
  const engines = new Map<number, UtilityProcess>();
  const tell = (message: FromShell, ports?: MessagePortMain[]): void => workbench.postMessage(message, ports);

  const spawn = (process: number, env: Readonly<Record<string, string>>): void => {
    const engine = fork('engine', env);
    engines.set(process, engine);
    const { port1, port2 } = new MessageChannelMain();
    engine.on('spawn', () => {
      engine.postMessage(null, [port1]);
      tell({ type: 'spawned', process, pid: engine.pid }, [port2]);
    });
    if (engine.stderr !== null) createInterface({ input: engine.stderr }).on('line', (line) => tell({ type: 'error-line', process, line }));
    engine.on('exit', (code) => {
      if (!engines.delete(process)) return;
      tell({ type: 'exited', process, reason: `exit code ${String(code)}` });
    });
  };

  workbench.on('message', (message: ToShell) => {
    if (message.type === 'spawn') spawn(message.process, message.env);
    else engines.get(message.process)?.kill();
  });
  workbench.on('exit', () => {
    for (const engine of engines.values()) engine.kill();
    engines.clear();
  });

  return {
    connectPage: (port) => tell({ type: 'page' }, [port]),
    onExit: (listener) => { workbench.on('exit', (code) => listener(`exit code ${String(code)}`)); },
    kill: () => { workbench.kill(); },
  };
};

const fork = (entry: keyof typeof entries, env: Readonly<Record<string, string>>): UtilityProcess => {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !dropped.includes(name)));
  return utilityProcess.fork(entries[entry], [], { serviceName: `dragoman ${entry}`, stdio: ['ignore', 'ignore', 'pipe'], env: { ...inherited, ...env } });
};
