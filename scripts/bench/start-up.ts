/**
 * How long the workbench takes from its start to a page that can be used, and what the page is made of.
 *
 *   node scripts/bench/start-up.ts [--runs 5]
 *
 * Starts the served host as `npm start` does after the build, each time with an empty home and a fresh browser profile, and waits for the start page's first button.
 * Then says how much of the page was fetched until then, and its ten biggest parts.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../tests/e2e/support/browser.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } });
const root = fileURLToPath(new URL('../..', import.meta.url));

type Fetched = { readonly name: string; readonly bytes: number };
type Run = { readonly served: number; readonly painted: number; readonly usable: number; readonly fetched: readonly Fetched[] };

const addressOf = (child: ChildProcess): Promise<string> => new Promise((resolve, reject) => {
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    const found = /http:\/\/\S+token=\S+/u.exec(said)?.[0];
    if (found !== undefined) resolve(found);
  });
  child.once('exit', (code) => reject(new Error(`The program ended with ${code}: ${said}`)));
});

/** One start. Times in ms since the program was asked for: its address is said, the page has painted, its first button can be pressed. */
const start = async (browser: Browser): Promise<Run> => {
  const home = mkdtempSync(join(tmpdir(), 'dragoman-start-'));
  const context = await browser.newContext();
  const page = await context.newPage();
  const fetched: Fetched[] = [];
  page.on('response', (response) => void response.body().then((body) => fetched.push({ name: new URL(response.url()).pathname, bytes: body.length }), () => undefined));
  const begun = performance.now();
  const child = spawn(process.execPath, ['scripts/start.mjs', '--serve', '--no-open'], { cwd: root, env: { ...process.env, DRAGOMAN_HOME: home }, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const address = await addressOf(child);
    const served = performance.now() - begun;
    await page.goto(address, { waitUntil: 'commit' });
    await page.getByRole('button', { name: /sample project/iu }).first().click({ trial: true });
    const usable = performance.now() - begun;
    const paint = await page.evaluate(() => performance.timeOrigin + (performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN));
    return { served, painted: paint - performance.timeOrigin - begun, usable, fetched };
  } finally {
    await context.close();
    const ended = new Promise((done) => { child.once('exit', done); });
    child.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true });
  }
};

const median = (numbers: readonly number[]): string => (numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN).toFixed(0).padStart(6);
const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(0).padStart(6)} kB`;

const browser = await launchBrowser();
try {
  await start(browser);
  const runs: Run[] = [];
  for (let run = 0; run < Number(values.runs); run += 1) runs.push(await start(browser));
  for (const what of ['served', 'painted', 'usable'] as const) process.stdout.write(`${what.padEnd(10)} median ${median(runs.map((run) => run[what]))} ms, all ${runs.map((run) => run[what].toFixed(0)).join(' ')}\n`);
  const fetched = runs.at(-1)?.fetched ?? [];
  process.stdout.write(`fetched    ${kilobytes(fetched.reduce((sum, { bytes }) => sum + bytes, 0))} in ${fetched.length} files\n`);
  for (const { name, bytes } of fetched.toSorted((one, other) => other.bytes - one.bytes).slice(0, 10)) process.stdout.write(`  ${kilobytes(bytes)}  ${name}\n`);
} finally {
  await browser.close();
}
