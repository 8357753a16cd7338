import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('..', import.meta.url));

export type Outcome = { readonly code: number | null; readonly out: string; readonly error: string };

/** The real command line in a process of its own, started in `folder` with a data folder there. */
export const runDragoman = (folder: string, argv: readonly string[]): Promise<Outcome> => new Promise((go) => {
  const child = spawn(process.execPath, [join(projectRoot, 'main', 'hosts', 'cli', 'index.ts'), ...argv], { cwd: folder, env: { ...process.env, DRAGOMAN_HOME: join(folder, 'home') } });
  let out = '';
  let error = '';
  child.stdout.on('data', (chunk: Buffer) => { out += String(chunk); });
  child.stderr.on('data', (chunk: Buffer) => { error += String(chunk); });
  child.on('close', (code) => go({ code, out, error }));
});
