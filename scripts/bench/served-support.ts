import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { workbenchContract, type WorkbenchContract } from '../../main/contract/workbench.ts';
import { readAttachFile } from '../../main/hosts/server/attach-file.ts';
import { connect, type Client } from '../../main/rpc/client.ts';
import { socketChannel } from '../../main/rpc/socket.ts';
import { projectRoot } from './cli-support.ts';

/** The served host as a process of its own, and pages of it without a browser: for the soak and for what kills it. Linux, where it looks for processes. */

export type Page = Client<WorkbenchContract>;

export type ServedProcess = {
  readonly pid: number;
  readonly address: URL;
  /** Connects as a page does. `abrupt`: it will leave without a closing handshake, as a closed laptop does. */
  page(abrupt?: boolean): Promise<Page>;
  /** Processes that it started: the engine, where there is one. */
  children(): readonly number[];
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
};

export type ServedInput = { readonly home: string; readonly root: string; readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> };

export const startServed = async ({ home, root, args = [], env = {} }: ServedInput): Promise<ServedProcess> => {
  const child = spawn(process.execPath, ['--max-semi-space-size=4', 'main/hosts/server/start.ts', '--no-open', '--root', root, ...args], {
    // As `npm start` runs it (scripts/set-up.mjs).
    cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, MALLOC_ARENA_MAX: '2', DRAGOMAN_HOME: home, ...env },
  });
  const address = await addressOf(child);
  // The command line's way in: the secret that lies in a file of this user.
  const answer = await fetch(new URL(`/?token=${readAttachFile(home, Number(address.port)) ?? ''}`, address), { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const pid = child.pid ?? 0;
  return {
    pid, address,
    page: (abrupt = false) => openPage(address, cookie, abrupt),
    children: () => childrenOf(pid),
    end: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((go) => { child.once('exit', go); });
      child.kill(signal);
      await gone;
    },
  };
};

const addressOf = (child: ChildProcess): Promise<URL> => new Promise((resolve, reject) => {
  child.stdout?.on('data', (chunk: Buffer) => {
    const found = /http:\/\/\S+/u.exec(String(chunk))?.[0];
    if (found !== undefined) resolve(new URL('/', found));
  });
  child.once('exit', (code) => reject(new Error(`The program ended with ${String(code)}.`)));
});

const openPage = async (address: URL, cookie: string, abrupt: boolean): Promise<Page> => {
  const socket = new WebSocket(`ws://${address.host}/link`, { headers: { cookie, origin: address.origin } });
  await new Promise<void>((go, fail) => { socket.once('open', () => go()); socket.once('error', fail); });
  return connect(socketChannel({
    send: (data) => socket.send(data),
    listen: (onText, onClose) => { socket.on('message', (data) => onText(String(data))); socket.on('error', () => undefined); socket.on('close', () => onClose('the program went away')); },
    close: () => { if (abrupt) socket.terminate(); else socket.close(); },
  }), workbenchContract);
};

const childrenOf = (parent: number): readonly number[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
  } catch {
    return false;
  }
});
