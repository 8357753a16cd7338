import type { Channel, ProcessHost } from '../contract/host.ts';
import { messagePortChannel, type MessagePortLike } from '../rpc/message-port.ts';
import { portChannel } from '../rpc/port.ts';
import type { FromShell, ToShell } from './shell-messages.ts';

/** The two members of Electron's `process.parentPort` that are used here. */
export type ParentPort = {
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly MessagePortLike[] }) => void): unknown;
  postMessage(message: unknown): void;
};

/** What the shell brings besides: a channel for every page that it connects, and the wish to close. */
export type ShellListener = { page(channel: Channel): void; close(): void };

type Spawned = { pid: number | undefined; attach(port: MessagePortLike): void; errorLine(line: string): void; exited(reason: string): void };

/**
 * The `ProcessHost` of a workbench that is itself a utility process.
 *
 * Electron forks utility processes from the shell only. So the workbench asks the shell, uses the channel at once, and what it sends
 * waits until the port arrives.
 */
export const brokeredProcessHost = (shell: ParentPort, listener: ShellListener): ProcessHost => {
  const processes = new Map<number, Spawned>();
  const ask = (message: ToShell): void => shell.postMessage(message);
  let last = 0;

  shell.on('message', ({ data, ports }) => {
    const message = data as FromShell;
    const port = ports[0];
    if (message.type === 'page') {
      if (port !== undefined) listener.page(messagePortChannel(port));
      return;
    }
    if (message.type === 'close') { listener.close(); return; }
    const spawned = processes.get(message.process);
    if (spawned === undefined) return;
    if (message.type === 'spawned') {
      spawned.pid = message.pid;
      if (port !== undefined) spawned.attach(port);
    } else if (message.type === 'error-line') spawned.errorLine(message.line);
    else {
      processes.delete(message.process);
      spawned.exited(message.reason);
    }
  });

  return {
    spawn: (entry, options = {}) => {
      const process = (last += 1);
      const exitListeners: ((reason: string) => void)[] = [];
      const lineListeners: ((line: string) => void)[] = [];
      const early: unknown[] = [];
      let port: Channel | undefined;
      let receive: (message: unknown) => void = () => undefined;
      let lost: (reason: string) => void = () => undefined;

      const spawned: Spawned = {
        pid: undefined,
        attach: (arrived) => {
          port = messagePortChannel(arrived);
          port.onMessage((message) => receive(message));
          port.onClose((reason) => lost(reason));
          for (const message of early.splice(0)) port.send(message);
        },
        errorLine: (line) => { for (const hear of lineListeners) hear(line); },
        exited: (reason) => {
          lost(reason);
          for (const hear of exitListeners) hear(reason);
        },
      };
      processes.set(process, spawned);
      ask({ type: 'spawn', process, entry, env: options.env ?? {} });

      const channel = portChannel({
        post: (message) => { if (port === undefined) early.push(message); else port.send(message); },
        listen: (onMessage, onClose) => { receive = onMessage; lost = onClose; },
        close: () => port?.close(),
      });
      return {
        get pid() { return spawned.pid; },
        channel,
        onExit: (hear) => { exitListeners.push(hear); },
        onErrorLine: (hear) => { lineListeners.push(hear); },
        kill: () => ask({ type: 'kill', process }),
      };
    },
  };
};
