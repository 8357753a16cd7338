/**
 * What a scrolled frame costs the page's main thread, in both tables, with real pairs from the served host; and whether a row is ever blank.
 *
 *   node scripts/bench/scrolled-frames.ts [pairs, default 1000000 10000000] [--explain]
 *
 * Makes its own project (seeded) in a folder under the system's temporary one and removes it. Chromium's own trace is read: a frame's cost is the processor time of
 * the main thread's tasks between one frame and the next (script, style, layout, paint, garbage collection, pages of rows that arrive). `--explain` adds
 * what the slowest tenth and the middle tenth of the frames were made of, ms a frame, and makes all of them slower.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { openProject } from '../../main/store/project.ts';
import { createGenerator, runOf } from '../../main/store/testing.ts';
import { launchBrowser, openPage } from '../../tests/e2e/support/browser.ts';
import { knowAnnotator } from '../../tests/e2e/support/fake-review.ts';
import { startHost } from '../../tests/e2e/support/host.ts';
import { blankRowsWhile, costAt, traceFrames, type FrameCost } from '../../tests/e2e/support/scrolled-frames.ts';

const { values: { explain }, positionals } = parseArgs({ allowPositionals: true, options: { explain: { type: 'boolean', default: false } } });
const sizes = positionals.length === 0 ? [1_000_000, 10_000_000] : positionals.map(Number);
const frames = 600;
/** Turns of the wheel, px a frame: a steady turn (two rows), and a hard one (ten). */
const turns = [48, 240];

const words = 'house river stone bright quickly under morning between letters answer garden winter people station music paper window early seven colour harbour ferry'.split(' ');

/** A project of one run. Sentences are fewer than pairs: what a frame costs does not depend on how often a text occurs. */
const makeProject = async (path: string, pairs: number): Promise<void> => {
  const project = openProject(path, { create: true });
  const random = createGenerator(42);
  const sentences = Math.min(pairs, 200_000);
  const importOf = async (name: string, language: string): Promise<number> => {
    const id = project.collections.create({ name, kind: 'monolingual', language, targetLanguage: null });
    const writer = project.sentences.writer(id);
    for (let at = 0; at < sentences; at += 1) writer.add(`${Array.from({ length: 5 + Math.floor(random() * 14) }, () => words[Math.floor(random() * words.length)] ?? '').join(' ')} ${at}.`, null, 0, at + 1);
    const { size, merged } = await writer.finish();
    project.collections.finish(id, { counts: { lines: sentences, empty: 0, malformed: 0, merged, size }, files: [], columns: [], state: 'ready' });
    return id;
  };
  const [source, target] = [await importOf('notices', 'de'), await importOf('town', 'en')];
  const counts = { sourceSentences: sentences, targetSentences: sentences, merged: 0, malformed: 0, encoded: sentences, reused: 0, truncated: 0, candidates: pairs, belowFloor: 0, aboveUpperBound: 0, mutualBest: pairs, kept: pairs, dropped: 0 };
  const origin = { run: project.runs.create({ ...runOf({ source, target, cut: 0 }), counts }).id };
  const writer = project.pairs.writer(origin, { source, target });
  const batch = 100_000;
  for (let from = 0; from < pairs; from += batch) {
    const count = Math.min(batch, pairs - from);
    writer.append(Uint32Array.from({ length: count }, (_, at) => (from + at) % sentences), Uint32Array.from({ length: count }, () => Math.floor(random() * sentences)));
  }
  const { first } = writer.finish();
  for (const name of ['margin', 'cosine']) project.columns.write(project.columns.create({ origin, name, kind: 'f64', producer: 'bench', signature: '' }), first, Float64Array.from({ length: pairs }, () => 0.8 + random() * 0.6));
  project.reviews.addAnnotator('mk', 0);
  project.close();
};

const tables = [
  { name: 'Review', address: '#/review/run/1', grid: 'Pairs to review' },
  { name: 'Mine', address: '#/mine/1', grid: 'Pairs in the order of their margin' },
] as const;

const report = (name: string, pairs: number, turn: number, costs: readonly FrameCost[], blank: number): void => {
  const at = (share: number): string => costAt(costs, share).toFixed(2).padStart(6);
  process.stdout.write(`${name.padEnd(8)} ${pairs.toLocaleString('en').padStart(11)} pairs, ${String(turn).padStart(3)} px a frame: median ${at(0.5)}  95 % ${at(0.95)}  99 % ${at(0.99)}  longest ${at(1)} ms;  ${costs.length} frames, ${blank} blank rows\n`);
  if (!explain) return;
  const sorted = costs.toSorted((one, other) => one.milliseconds - other.milliseconds);
  const middle = meanParts(sorted.slice(Math.floor(sorted.length * 0.45), Math.floor(sorted.length * 0.55)));
  const slow = meanParts(sorted.slice(Math.floor(sorted.length * 0.9)));
  for (const [part, spent] of [...slow].toSorted((one, other) => other[1] - one[1]).slice(0, 24)) process.stdout.write(`    ${spent.toFixed(2).padStart(6)} ${(middle.get(part) ?? 0).toFixed(2).padStart(6)}  ${part}\n`);
};

/** What frames were spent on, ms a frame; parts contain one another. */
const meanParts = (costs: readonly FrameCost[]): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const { milliseconds, parts } of costs) for (const [part, spent] of [...parts, ['all', milliseconds] as const]) sums.set(part, (sums.get(part) ?? 0) + spent / costs.length);
  return sums;
};

const measure = async (page: Page, origin: string, pairs: number): Promise<void> => {
  for (const { name, address, grid } of tables) {
    await page.goto(`${origin}/${address}`);
    await page.reload();
    const table = page.getByRole('grid', { name: grid });
    await table.locator('[data-position]').first().waitFor({ state: 'attached', timeout: 120_000 });
    await page.keyboard.press('l');
    await page.keyboard.press('Home');
    const body = table.getByRole('rowgroup').last();
    for (const turn of turns) {
      // The first frames of a page are compiled as they run; a reader's are not the first.
      await traceFrames(page, body, { frames: 100, turn });
      report(name, pairs, turn, await traceFrames(page, body, { frames, turn }, explain), await blankRowsWhile(body, { frames, turn }));
    }
  }
};

const folder = mkdtempSync(join(tmpdir(), 'dragoman-bench-'));
const browser = await launchBrowser();
try {
  for (const pairs of sizes) {
    const path = join(folder, `${pairs}.dragoman`);
    await makeProject(path, pairs);
    const host = await startHost({ project: path });
    try {
      const { page, context } = await openPage(browser, host.url);
      await page.evaluate(knowAnnotator(path, 1));
      await measure(page, new URL(host.url).origin, pairs);
      await context.close();
    } finally {
      await host.close();
    }
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
