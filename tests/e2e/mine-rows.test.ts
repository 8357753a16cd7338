import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openPage } from './support/browser.ts';
import { fakeProject, fakeRun } from './support/fake-run.ts';
import { fakeWorkbench } from './support/fake-workbench.ts';
import { startHost, type Host } from './support/host.ts';
import { patience } from './support/review.ts';
import { blankRowsWhile, costAt, traceFrames } from './support/scrolled-frames.ts';

/** A million rows in the table of pairs. They are made by rule and answered at once, so that only the page is measured. */
describe('a million rows', () => {
  let host: Host;
  let browser: Browser;
  let page: Page;
  const all = 1_000_000;

  beforeAll(async () => {
    host = await startHost();
    browser = await launchBrowser();
    const opened = await openPage(browser, host.url);
    page = opened.page;
    await fakeWorkbench(page, fakeProject(fakeRun()));
    await page.goto(`${new URL(host.url).origin}/#/mine/12`);
    await page.reload();
    await grid().getByRole('row').nth(3).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const grid = (): Locator => page.getByRole('grid', { name: 'Pairs in the order of their margin' });
  const body = (): Locator => grid().getByRole('rowgroup').last();
  /** Numbers of the rows in sight, and how many of them have no text. */
  const inSight = (): Promise<{ readonly first: number; readonly last: number; readonly blank: number; readonly rows: number }> => body().evaluate((element) => {
    const box = element.getBoundingClientRect();
    const rows = [...element.querySelectorAll('[data-position]')].filter((row) => { const { top, bottom } = row.getBoundingClientRect(); return bottom > box.top + 1 && top < box.bottom - 1; });
    const positions = rows.map((row) => Number(row.getAttribute('data-position')));
    const blank = rows.filter((row) => !/Satz \d/u.test(row.textContent ?? '')).length;
    return { first: Math.min(...positions), last: Math.max(...positions), blank, rows: rows.length };
  });

  test('opens at the cut, and says how many rows there are', async () => {
    expect(await grid().getAttribute('aria-rowcount')).toBe(String(all + 1));
    await expect.poll(async () => { const { first, last } = await inSight(); return first < 400_000 && last >= 400_000; }, patience).toBe(true);
    expect((await inSight()).blank).toBe(0);
  });

  test('the wheel moves by true rows, however many there are', async () => {
    await page.keyboard.press('l');
    await page.keyboard.press('Home');
    await expect.poll(async () => (await inSight()).first, patience).toBe(0);
    await body().hover();
    await page.mouse.wheel(0, 24 * 10);
    await expect.poll(async () => (await inSight()).first, patience).toBe(10);
    await page.mouse.wheel(0, -24 * 10);
    await expect.poll(async () => (await inSight()).first, patience).toBe(0);
  });

  test('a jump that overtakes another keeps the keyboard on its row', async () => {
    await page.keyboard.press('l');
    await page.keyboard.press('Home');
    await body().hover();
    await page.mouse.wheel(0, 24 * 500);
    await expect.poll(async () => (await inSight()).first, patience).toBe(500);
    // Both presses before the next frame: the far row that End went to leaves the page while it has the keyboard.
    const focused = await page.evaluate(async () => {
      for (const key of ['End', 'Home']) {
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        await Promise.resolve();
      }
      return document.activeElement?.getAttribute('aria-rowindex');
    });
    expect(focused).toBe('2');
    await expect.poll(async () => (await inSight()).first, patience).toBe(0);
  });

  test('keys reach both ends and every page between; rows carry their absolute number', async () => {
    await page.keyboard.press('l');
    await page.keyboard.press('End');
    await expect.poll(async () => (await inSight()).last, patience).toBe(all - 1);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'))).toBe(String(all + 1));
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Home');
    await expect.poll(async () => (await inSight()).first, patience).toBe(0);
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'))).toBe('3');
    expect(await grid().locator('[tabindex="0"]').count()).toBe(1);
  });

  test('the row with the keyboard keeps it when it is scrolled out of sight', async () => {
    await body().hover();
    await page.mouse.wheel(0, 24 * 3000);
    await expect.poll(async () => (await inSight()).first, patience).toBeGreaterThan(2900);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'))).toBe('3');
    await page.keyboard.press('ArrowDown');
    await expect.poll(async () => (await inSight()).first, patience).toBeLessThan(4);
  });

  test('dragging the thumb never shows blank rows', async () => {
    const track = page.locator('[class*="track"][aria-hidden="true"]').last();
    const box = await track.boundingBox();
    if (box === null) throw new Error('The table has no scrollbar.');
    const blanks: number[] = [];
    await page.mouse.move(box.x + 5, box.y + 4);
    await page.mouse.down();
    for (let step = 1; step <= 20; step += 1) {
      await page.mouse.move(box.x + 5, box.y + 4 + (step * (box.height - 8)) / 20);
      blanks.push((await inSight()).blank);
    }
    await page.mouse.up();
    expect(blanks.every((blank) => blank === 0)).toBe(true);
    await expect.poll(async () => (await inSight()).last, patience).toBeGreaterThan(all * 0.98);
  });

  test('no scrolled frame shows a blank row; what it costs the main thread is told', async () => {
    await page.keyboard.press('l');
    await page.keyboard.press('Home');
    const scrolling = { frames: 240, turn: 48 };
    const costs = await traceFrames(page, body(), scrolling);
    await expect.poll(async () => (await inSight()).first, patience).toBe(480);
    expect(await blankRowsWhile(body(), scrolling)).toBe(0);
    console.info(`Main thread: ${costAt(costs, 0.5).toFixed(2)} ms a scrolled frame, 95 % below ${costAt(costs, 0.95).toFixed(2)}, 1 000 000 rows.`);
  });
});
