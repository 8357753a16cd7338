/**
 * How long from `npm start` to a page that can be used, and what the page is made of: `node scripts/bench/start-up.ts [rounds 5]`.
 *
 * Each round starts `scripts/start.mjs --serve` as a process of its own with an empty data folder, waits for the address, asks for the page, and opens it in a
 * headless Chromium that runs already (a person's browser does too) with an empty cache. Usable: the button of the sample project takes a click and the
 * workbench has answered (the status line counts the cores). Twice: with an empty folder of compiled code, as after an installation, and with the one that the
 * first rounds left. At the end, what was fetched until then, with its ten biggest parts.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../tests/e2e/support/browser.ts';
import { projectRoot } from './cli-support.ts';

type Fetched = { readonly name: string; readonly bytes: number };
/** Times in ms since the program was asked for. */
type Round = { readonly address: number; readonly firstByte: number; readonly usable: number; readonly fetched: readonly Fetched[] };

const rounds = Number(process.argv[2] ?? 5);

const addressOf = (child: ChildProcess): Promise<string> => new Promise((resolve, reject) => {
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += String(chunk);
    const found = /http:\/\/\S+token=\S+/u.exec(said)?.[0];
    if (found !== undefined) resolve(found);
  });
  child.once('exit', (code) => reject(new Error(`The program ended with ${String(code)}: ${said}`)));
});

/** Any answer counts: the page itself needs the token, which the browser is to use. */
const firstByte = (url: string): Promise<void> => new Promise((resolve, reject) => {
  get(new URL('/', url), (response) => { response.resume(); resolve(); }).on('error', reject);
});

const measure = async (browser: Browser, compiled: string): Promise<Round> => {
  const home = mkdtempSync(join(tmpdir(), 'dragoman-start-'));
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const fetched: Fetched[] = [];
  page.on('response', (response) => void response.body().then((body) => fetched.push({ name: new URL(response.url()).pathname, bytes: body.length }), () => undefined));
  const begun = performance.now();
  const child = spawn(process.execPath, [join(projectRoot, 'scripts', 'start.mjs'), '--serve', '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, DRAGOMAN_HOME: home, NODE_COMPILE_CACHE: compiled },
  });
  const since = (): number => performance.now() - begun;
  try {
    const url = await addressOf(child);
    const address = since();
    await firstByte(url);
    const first = since();
    await page.goto(url, { waitUntil: 'commit' });
    await page.getByText(/\d+ (processor )?cores?/u).waitFor();
    await page.getByRole('button', { name: /sample project/iu }).first().click({ trial: true });
    return { address, firstByte: first, usable: since(), fetched: [...fetched] };
  } finally {
    await context.close();
    const ended = new Promise((resolve) => { child.once('exit', resolve); });
    child.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true });
  }
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const reportTimes = (name: string, measured: readonly Round[]): void => {
  console.log(name);
  for (const [words, key] of [['address', 'address'], ['first byte', 'firstByte'], ['usable', 'usable']] as const) {
    const times = measured.map((round) => round[key]);
    console.log(`  ${words.padEnd(10)} ${median(times).toFixed(0).padStart(6)} ms (${times.map((time) => time.toFixed(0)).join(' ')})`);
  }
};

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(0).padStart(6)} kB`;

const reportFetched = (fetched: readonly Fetched[]): void => {
  console.log(`fetched by the page: ${kilobytes(fetched.reduce((sum, { bytes }) => sum + bytes, 0)).trim()} in ${fetched.length} files`);
  for (const { name, bytes } of fetched.toSorted((one, other) => other.bytes - one.bytes).slice(0, 10)) console.log(`  ${kilobytes(bytes)}  ${name}`);
};

const compiledFolders: string[] = [];
const emptyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'dragoman-compiled-'));
  compiledFolders.push(folder);
  return folder;
};

const browser = await launchBrowser();
try {
  // Not counted: it builds the page where that is older than its sources.
  await measure(browser, emptyFolder());
  const first: Round[] = [];
  for (let round = 0; round < rounds; round += 1) first.push(await measure(browser, emptyFolder()));
  reportTimes('first start: no compiled code kept yet', first);
  const kept = compiledFolders.at(-1) ?? emptyFolder();
  const later: Round[] = [];
  for (let round = 0; round < rounds; round += 1) later.push(await measure(browser, kept));
  reportTimes('later starts', later);
  reportFetched(later.at(-1)?.fetched ?? []);
} finally {
  await browser.close();
  for (const folder of compiledFolders) rmSync(folder, { recursive: true, force: true });
}
