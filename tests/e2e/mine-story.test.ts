import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from './support/axe.ts';
import { launchBrowser, openPage, type Opened } from './support/browser.ts';
import { startHost, type Host } from './support/host.ts';

/** The whole story on the sample project, in one page of one program; each step stands on the one before it. */
describe('mining the sample project', () => {
  let host: Host;
  let browser: Browser;
  let opened: Opened;
  let page: Page;

  beforeAll(async () => {
    host = await startHost();
    browser = await launchBrowser();
    opened = await openPage(browser, host.url);
    page = opened.page;
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const slider = (): Locator => page.getByRole('slider', { name: 'Cut' });
  const grid = (): Locator => page.getByRole('grid', { name: 'Pairs in the order of their margin' });
  const status = (): Locator => page.locator('footer').last();
  const cutNow = async (): Promise<number> => Number(await slider().getAttribute('aria-valuenow'));
  const keptNow = async (): Promise<number> => Number((await slider().getAttribute('aria-valuetext'))?.match(/: ([\d\s\u00A0]+) pairs kept/u)?.[1]?.replace(/[\s\u00A0]/gu, ''));

  test('pairs are on the screen within a minute of opening the sample', async () => {
    const start = Date.now();
    await page.getByRole('button', { name: /sample project/iu }).first().click();
    await grid().getByRole('row').nth(3).waitFor({ timeout: 60_000 });
    await slider().waitFor();
    expect(Date.now() - start).toBeLessThan(60_000);
    expect(Number(await grid().getAttribute('aria-rowcount'))).toBeGreaterThan(150);
    expect(await page.getByText('What a margin is').isVisible()).toBe(true);
  });

  test('the page has no fault that axe can find', async () => {
    await grid().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('the cut moves by keys, with the counts, and is placed when the keys rest', async () => {
    const before = await cutNow();
    const keptBefore = await keptNow();
    await page.keyboard.press('t');
    expect(await slider().evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await status().getByText(/Undo: Cut/u).waitFor();
    expect(await cutNow()).toBeCloseTo(Math.round((before + 0.02 - 0.001) * 1000) / 1000, 3);
    expect(await keptNow()).toBeLessThan(keptBefore);
    await page.getByRole('button', { name: `Export ${await keptNow()} pairs` }).waitFor();
    expect(await grid().locator('..').getByText(`${await keptNow()} kept above`).count()).toBe(1);
  });

  test('one undo takes the whole move back', async () => {
    const moved = await cutNow();
    await page.keyboard.press('z');
    await expect.poll(cutNow).not.toBe(moved);
    expect(await page.getByRole('radio', { name: 'Auto' }).isChecked()).toBe(true);
    await page.keyboard.press('Shift+Z');
    await expect.poll(cutNow).toBe(moved);
    await page.keyboard.press('z');
    await expect.poll(cutNow).not.toBe(moved);
  });

  test('Escape gives a moved cut up, nothing is written', async () => {
    const before = await cutNow();
    const undo = await status().getByText(/^Undo:/u).textContent();
    await slider().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    await page.waitForTimeout(1000);
    expect(await cutNow()).toBe(before);
    expect(await status().getByText(/^Undo:/u).textContent()).toBe(undo);
  });

  test('the desk shows both neighbour lists, the margin as a fraction and its reason in words', async () => {
    const desk = page.getByRole('region', { name: 'Why this pair has its margin' });
    await page.keyboard.press('c');
    const row = grid().locator('[role="row"][aria-selected="true"]');
    const margin = Number(await row.getByRole('gridcell').nth(1).textContent());
    const source = await row.getByRole('gridcell').nth(0).textContent();
    await desk.getByText(/Best match both ways|nearest of the other|not the other way round/u).waitFor();
    const lists = desk.getByRole('list');
    expect(await lists.count()).toBe(2);
    for (const list of await lists.all()) expect(await list.getByRole('listitem').count()).toBe(5);
    const fraction = await desk.locator('[class*="fraction"]').textContent();
    const [above, below] = [...(fraction ?? '').matchAll(/(−?\d\.\d{3})(?: \+ 1)?/gu)].map((match) => Number(match[1]?.replace('−', '-')) + (match[0].endsWith('+ 1') ? 1 : 0));
    expect((above ?? 0) / (below ?? 1)).toBeCloseTo(margin, 2);
    expect(await desk.getByText(source ?? '', { exact: true }).first().isVisible()).toBe(true);
    await page.keyboard.press('j');
    await expect.poll(async () => grid().locator('[role="row"][aria-selected="true"]').getByRole('gridcell').nth(0).textContent()).not.toBe(source);
    await page.keyboard.press('k');
    await expect.poll(async () => grid().locator('[role="row"][aria-selected="true"]').getByRole('gridcell').nth(0).textContent()).toBe(source);
  });

  test('the short text about margins is closed once and stays closed', async () => {
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.reload();
    await slider().waitFor();
    expect(await page.getByText('What a margin is').count()).toBe(0);
  });

  test('rows are reached by their true number and by the ends', async () => {
    await page.keyboard.press('g');
    await page.getByRole('textbox', { name: 'Go to row' }).fill('120');
    await page.keyboard.press('Enter');
    await status().getByText(/Pair 120 of/u).waitFor();
    expect(await focusedRow(page)).toBe(121);
    await page.keyboard.press('End');
    await expect.poll(() => focusedRow(page)).toBe(Number(await grid().getAttribute('aria-rowcount')));
    await page.keyboard.press('Home');
    await status().getByText(/Pair 1 of/u).waitFor();
    await expect.poll(() => focusedRow(page)).toBe(2);
  });

  test('selected rows are copied as TSV, with the columns of the mined TSV', async () => {
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await status().getByText('3 rows selected').waitFor();
    await page.keyboard.press('Control+c');
    await page.getByText('3 rows copied as TSV.').waitFor();
    const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n').map((line) => line.split('\t'));
    expect(lines).toHaveLength(4);
    expect(lines[0]).toEqual(['score', 'cosine', 'source_id', 'target_id', 'source', 'target']);
    for (const line of lines.slice(1)) { expect(line).toHaveLength(6); expect(line[0]).toMatch(/^\d\.\d{6}$/u); expect(line[4]).not.toBe(''); }
    expect(Number(lines[1]?.[0])).toBeGreaterThanOrEqual(Number(lines[2]?.[0]));
    await page.keyboard.press('Control+a');
    await status().getByText(/rows selected/u).waitFor();
    expect(await status().getByText(/rows selected/u).textContent()).toContain(String(Number(await grid().getAttribute('aria-rowcount')) - 1));
  });

  test('all actions of the room are in the palette', async () => {
    await page.keyboard.press('Control+k');
    for (const name of ['Move the cut', 'Go to the cut', 'Copy rows as TSV', 'Run again with changes', 'Show hubs', 'Rename the run']) {
      await page.getByRole('option', { name: new RegExp(name, 'u') }).waitFor();
      expect(await page.getByRole('option', { name: new RegExp(name, 'u') }).getAttribute('aria-disabled')).not.toBe('true');
    }
    await page.keyboard.press('Escape');
  });

  test('the kept pairs are exported to a file with a manifest', async () => {
    const kept = await keptNow();
    await page.getByRole('button', { name: `Export ${kept} pairs` }).click();
    await page.getByRole('textbox', { name: /path|file/iu }).first().fill(join(host.folder, 'kept.tsv'));
    await page.getByRole('dialog').getByRole('button', { name: new RegExp(`^Export ${kept}`, 'u') }).click();
    // The manifest comes last: what it speaks of is there then.
    await expect.poll(() => readdirSync(host.folder).some((name) => name.includes('manifest')), { timeout: 20_000 }).toBe(true);
    const lines = readFileSync(join(host.folder, 'kept.tsv'), 'utf8').trimEnd().split('\n');
    expect(lines.length - 1).toBe(kept);
    await page.keyboard.press('Escape');
  });

  test('the form of a new run plans before it starts, and nothing failed on the way', async () => {
    await page.keyboard.press('n');
    await page.getByRole('button', { name: 'Start mining' }).waitFor();
    await page.getByText(/^about /u).first().waitFor({ timeout: 20_000 });
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(opened.faults).toEqual([]);
  });
});

/** The absolute index of the row that has the keyboard. */
const focusedRow = (page: Page): Promise<number> => page.evaluate(() => Number(document.activeElement?.getAttribute('aria-rowindex')));
