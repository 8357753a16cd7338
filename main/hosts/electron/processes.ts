import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { MessageChannelMain, app, utilityProcess, type Details, type Event, type MessagePortMain, type UtilityProcess } from 'electron';
import type { EndReason } from '../../contract/shell.ts';
import { describeEnd, reasonOfEnd } from '../../domain/desktop/process-end.ts';
import type { FromShell, ToShell } from '../shell-messages.ts';
import type { KeptProcess, WorkbenchListener } from '../workbench-keeper.ts';

/** The built entries beside the shell's own file. */
const entries = { workbench: fileURLToPath(new URL('./workbench.js', import.meta.url)), engine: fileURLToPath(new URL('./engine.js', import.meta.url)) } as const;

/** Settings of the user's shell that would change how a process starts: never handed on. */
const dropped = ['NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE'];

/** onnxruntime in worker threads is known to crash under Electron (microsoft/onnxruntime#20084): not before it was seen to work. Decision 10. */
const engineSettings = { DRAGOMAN_INFERENCE_LANES: 'off' } as const;

/** `connectPage` hands the workbench one end of a new connection to a page. */
export type WorkbenchProcess = KeptProcess & { connectPage(port: MessagePortMain): void };

/**
 * Starts the workbench and serves its requests for an engine: fork, one port pair between the two, error lines, the end.
 *
 * A workbench that ends takes its engines with it, so that no process outlives the window.
 */
export const startWorkbenchProcess = (env: Readonly<Record<string, string>>, listener: WorkbenchListener): WorkbenchProcess => {
  const workbench = fork('workbench', env);
  const engines = new Map<number, UtilityProcess>();
  const tell = (message: FromShell, ports?: MessagePortMain[]): void => workbench.postMessage(message, ports);

  const spawn = (process: number, settings: Readonly<Record<string, string>>): void => {
    const engine = fork('engine', { ...settings, ...engineSettings });
    engines.set(process, engine);
    const { port1, port2 } = new MessageChannelMain();
    engine.on('spawn', () => {
      engine.postMessage(null, [port1]);
      tell({ type: 'spawned', process, pid: engine.pid }, [port2]);
    });
    onLine(engine, (line) => tell({ type: 'error-line', process, line }));
    onEnd(engine, 'engine', (reason, exitCode) => {
      if (engines.delete(process)) tell({ type: 'exited', process, reason: describeEnd(reason, exitCode) });
    });
  };

  workbench.on('spawn', listener.spawned);
  workbench.on('message', (message: ToShell) => {
    if (message.type === 'spawn') spawn(message.process, message.env);
    else if (message.type === 'facts') listener.facts(message);
    else engines.get(message.process)?.kill();
  });
  onLine(workbench, listener.errorLine);
  onEnd(workbench, 'workbench', (reason, exitCode) => {
    for (const engine of engines.values()) engine.kill();
    engines.clear();
    listener.ended(reason, exitCode);
  });
  return { connectPage: (port) => tell({ type: 'page' }, [port]), close: () => tell({ type: 'close' }), kill: () => { workbench.kill(); } };
};

const fork = (entry: keyof typeof entries, env: Readonly<Record<string, string>>): UtilityProcess => {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !dropped.includes(name)));
  return utilityProcess.fork(entries[entry], [], { serviceName: `dragoman ${entry}`, stdio: ['ignore', 'ignore', 'pipe'], env: { ...inherited, ...env } });
};

const onLine = (child: UtilityProcess, hear: (line: string) => void): void => {
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', hear);
};

/** The exit and Electron's reason for it come in no promised order: both are waited for, briefly. */
const onEnd = (child: UtilityProcess, entry: keyof typeof entries, ended: (reason: EndReason, exitCode: number) => void): void => {
  let gone: Details['reason'] | undefined;
  let fatal: string | undefined;
  const hear = (_event: Event, details: Details): void => { if (details.type === 'Utility' && details.name === `dragoman ${entry}`) gone = details.reason; };
  app.on('child-process-gone', hear);
  child.on('error', (_type, location) => { fatal = location; });
  child.once('exit', (exitCode) => setTimeout(() => {
    app.off('child-process-gone', hear);
    ended(reasonOfEnd({ exitCode, ...(gone === undefined ? {} : { gone }), ...(fatal === undefined ? {} : { fatal }) }), exitCode);
  }, 50));
};
