/**
 * How long from `npm start` to a page that can be used: `node scripts/bench/start-up-cold.ts [rounds 5]`.
 *
 * Each round starts `scripts/start.mjs --serve` as a process of its own with an empty data folder, waits for the address, asks for the page, and opens it in a
 * headless Chromium that runs already (a person's browser does too). Usable: the button of the sample project takes a click and the workbench has answered
 * (the status line counts the cores). Twice: with an empty folder of compiled code, as after an installation, and with the one that the first rounds left.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { findChromium, howToGetChromium } from '../find-chromium.ts';
import { projectRoot } from './cli-support.ts';

type Round = Readonly<Record<'address' | 'firstByte' | 'usable' | 'encoders' | 'megabytes', number>>;

const rounds = Number(process.argv[2] ?? 5);
const executablePath = findChromium();
if (executablePath === null) throw new Error(howToGetChromium);

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
    await page.getByRole('button', { name: /sample project/iu }).click({ trial: true });
    const usable = since();
    await page.getByText(/\d+ encoders?/u).waitFor();
    const encoders = since();
    const bytes = await page.evaluate(() => performance.getEntriesByType('resource').reduce((sum, entry) => sum + ('transferSize' in entry ? Number(entry.transferSize) : 0), 0));
    return { address, firstByte: first, usable, encoders, megabytes: bytes / 1e6 };
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => { child.once('exit', resolve); });
    await context.close();
    rmSync(home, { recursive: true, force: true });
  }
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const report = (name: string, measured: readonly Round[]): void => {
  const column = (key: keyof Round): string => `${median(measured.map((round) => round[key])).toFixed(key === 'megabytes' ? 1 : 0)} (${measured.map((round) => round[key].toFixed(key === 'megabytes' ? 1 : 0)).join(' ')})`;
  console.log(`${name}\n  address ${column('address')} ms\n  first byte ${column('firstByte')} ms\n  usable ${column('usable')} ms\n  encoders counted ${column('encoders')} ms\n  fetched by the page ${column('megabytes')} MB`);
};

const compiledFolders: string[] = [];
const emptyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'dragoman-compiled-'));
  compiledFolders.push(folder);
  return folder;
};

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  await (await browser.newPage()).goto('about:blank');
  const first: Round[] = [];
  for (let round = 0; round < rounds; round += 1) first.push(await measure(browser, emptyFolder()));
  report('first start: no compiled code kept yet', first);
  const [kept = emptyFolder()] = compiledFolders;
  const later: Round[] = [];
  for (let round = 0; round < rounds; round += 1) later.push(await measure(browser, kept));
  report('later starts', later);
} finally {
  await browser.close();
  for (const folder of compiledFolders) rmSync(folder, { recursive: true, force: true });
}
