import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the benchmarks that drive the command line share. */

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(projectRoot, 'main', 'hosts', 'cli', 'index.ts');

/** A folder of the shared data, or an exit with a sentence where it is absent. */
export const sharedFolder = (part: string): string => {
  const path = join(resolve(process.env['DRAGOMAN_SHARED'] ?? join(projectRoot, '..', 'shared')), part);
  if (existsSync(path)) return path;
  console.error(`This benchmark needs the shared data (${part}); DRAGOMAN_SHARED names its folder.`);
  process.exit(1);
};

export type MineSummary = {
  readonly pairs: number; readonly cut: number | null; readonly seconds: number; readonly signature: string; readonly index: string; readonly encoders: readonly string[];
  readonly threshold: { readonly cut: number | null; readonly reason: string | null; readonly precision: number | null; readonly low: number | null; readonly high: number | null; readonly expectedTrue: number | null } | null;
  readonly indexRecall: { readonly recall: number; readonly sample: number } | null;
  readonly refinement: Readonly<Record<string, unknown>> | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly warnings: readonly { readonly kind: string; readonly text: string }[];
  readonly gold: { readonly precision: number; readonly recall: number; readonly f1: number; readonly cut: number | null; readonly bestF1: number; readonly bestCut: number | null } | null;
};

/** Runs a command of the real command line; its errors go to standard error, a failure throws. */
export const runCli = (argv: readonly string[]): Promise<{ readonly out: string; readonly seconds: number; readonly code: number | null }> => new Promise((go, fail) => {
  const begun = performance.now();
  const child = spawn(process.execPath, [cli, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => { out += String(chunk); });
  child.stderr.on('data', (chunk: Buffer) => { errors += String(chunk); });
  child.on('error', fail);
  child.on('close', (code) => {
    if (code === 0 || code === 3) go({ out, code, seconds: (performance.now() - begun) / 1000 });
    else fail(new Error(`dragoman ${argv.join(' ')} ended with ${String(code)}\n${errors}`));
  });
});

export const mine = async (argv: readonly string[]): Promise<{ readonly summary: MineSummary; readonly seconds: number }> => {
  const { out, seconds } = await runCli(['mine', ...argv, '--json']);
  return { summary: JSON.parse(out) as MineSummary, seconds };
};

export const percent = (value: number | null | undefined): string => (value === null || value === undefined ? '-' : (value * 100).toFixed(1));
