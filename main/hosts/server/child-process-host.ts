import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ProcessHost } from '../../contract/host.ts';
import { portChannel } from '../../rpc/port.ts';

const entries = { engine: fileURLToPath(new URL('../../engine/main.ts', import.meta.url)) } as const;

/** Processes as Node's children: messages are structured clones, standard error is handed over line by line, standard output goes nowhere. */
export const childProcessHost = (): ProcessHost => ({
  spawn: (entry, options = {}) => {
    const child = fork(entries[entry], [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { ...process.env, ...options.env } });
    const exits: ((reason: string) => void)[] = [];
    const errorListeners: ((line: string) => void)[] = [];
    let exited: string | undefined;
    const onExit = (reason: string): void => {
      if (exited !== undefined) return;
      exited = reason;
      for (const listener of exits) listener(reason);
    };
    child.on('exit', (code, signal) => onExit(signal === null ? `exit code ${String(code)}` : `killed by ${signal}`));
    child.on('error', (error) => onExit(error.message));
    if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', (line) => { for (const listener of errorListeners) listener(line); });
    const channel = portChannel({
      post: (message) => { if (child.connected) child.send(message as object, () => undefined); },
      listen: (onMessage, onClose) => {
        child.on('message', onMessage);
        child.on('disconnect', () => onClose('the process ended'));
        exits.push(onClose);
      },
      close: () => { if (child.connected) child.disconnect(); },
    });
    return {
      pid: child.pid,
      channel,
      onExit: (listener) => { if (exited === undefined) exits.push(listener); else listener(exited); },
      onErrorLine: (listener) => { errorListeners.push(listener); },
      kill: () => { child.kill('SIGKILL'); },
    };
  },
});
