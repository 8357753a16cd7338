import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The served program as a user starts it: its own process, an empty data folder, a free port. */
export type Host = {
  /** With the token: opening it logs the page in. */
  readonly url: string;
  /** A folder the page may write to. */
  readonly folder: string;
  /** Ends the program and starts it again on the same data and port; resolves to the new address. `kill` ends it as a crash does. */
  restart(how?: 'kill'): Promise<string>;
  close(): Promise<void>;
};

const root = fileURLToPath(new URL('../../..', import.meta.url));
const patience = 60_000;

/** Starts the real server on a page that is as new as its sources; `project`: a file that is open at once. */
export const startHost = async ({ project }: { readonly project?: string } = {}): Promise<Host> => {
  const built = spawnSync(process.execPath, ['scripts/build-page.ts', '--if-stale'], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`The page could not be built:\n${built.stderr}`);
  const home = mkdtempSync(join(tmpdir(), 'dragoman-e2e-'));
  const folder = join(home, 'files');
  mkdirSync(folder);
  const launch = (port: string): ChildProcess => spawn(process.execPath, ['main/hosts/server/start.ts', '--no-open', '--port', port, '--root', folder, ...(project === undefined ? [] : ['--project', project])], { cwd: root, env: { ...process.env, DRAGOMAN_HOME: join(home, 'data') }, stdio: ['ignore', 'pipe', 'pipe'] });
  let child = launch('0');
  const url = await addressOf(child);
  return {
    url,
    folder,
    restart: async (how) => {
      if (how === 'kill') await killed(child); else await ended(child);
      child = launch(new URL(url).port);
      return addressOf(child);
    },
    close: async () => {
      await ended(child);
      rmSync(home, { recursive: true, force: true });
    },
  };
};

const killed = (child: ChildProcess): Promise<void> => new Promise((resolve) => {
  child.once('exit', () => resolve());
  child.kill('SIGKILL');
});

/** The address the server prints once it listens. */
const addressOf = (child: ChildProcess): Promise<string> => new Promise((resolve, reject) => {
  let said = '';
  const late = setTimeout(() => { child.kill('SIGKILL'); reject(new Error(`The server did not start within ${patience / 1000} s. It said:\n${said}`)); }, patience);
  const listen = (chunk: unknown): void => {
    said += String(chunk);
    const found = /http:\/\/\S+token=\S+/u.exec(said)?.[0];
    if (found === undefined) return;
    clearTimeout(late);
    resolve(found);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  child.once('exit', (code) => { clearTimeout(late); reject(new Error(`The server ended with ${code}. It said:\n${said}`)); });
});

/** Ends the server as Ctrl+C does; kills it when that takes too long. */
const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => {
  if (child.exitCode !== null) { resolve(); return; }
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  child.once('exit', () => { clearTimeout(late); resolve(); });
  child.kill('SIGTERM');
});
