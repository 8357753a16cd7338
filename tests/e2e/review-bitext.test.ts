import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from './support/axe.ts';
import { launchBrowser, openPage, type Opened } from './support/browser.ts';
import { startHost, type Host } from './support/host.ts';
import { judgeAs, onReview, patience, reviewBitext } from './support/review.ts';

const pairs = 60;
const scoreOf = (index: number): number => Number((0.8 + index * 0.01).toFixed(2));
/** Arabic and English, with a number, a Latin word and a score on each line. */
const bitext = ['source\ttarget\tlaser\tjudged', ...Array.from({ length: pairs }, (_, index) => `تغادر العبّارة رقم ${index} الميناء عند الظهر. يحفظ الملف في Archive.\tFerry number ${index} leaves the harbour at noon. The file is kept in Archive.\t${scoreOf(index)}\t${index % 3 === 0 ? 'good' : 'bad'}`)];

/** An imported bitext whose source runs from right to left: filters, addresses, queues, and what a restart keeps. Each step stands on the one before it. */
describe('reviewing an imported bitext', () => {
  let host: Host;
  let browser: Browser;
  let opened: Opened;
  let page: Page;

  beforeAll(async () => {
    host = await startHost();
    browser = await launchBrowser();
    opened = await openPage(browser, host.url, { size: { width: 1440, height: 900 } });
    page = opened.page;
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const dialog = (): Locator => page.getByRole('dialog');
  const { grid, row, status, strip, desk, decisionOf, isAt } = onReview(() => page);
  const counted = (matching: number): Promise<void> => page.getByText(`${matching} of ${pairs} pairs, ${pairs - matching} hidden by filters`).waitFor();

  test('a bitext is imported and opened for review', async () => {
    await reviewBitext(page, host, 'ferries.ar-en', bitext);
    await page.getByText(`All ${pairs} pairs`).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('the Arabic source starts at the spine and reads away from it, in rows, desk and editor', async () => {
    const text = row(1).locator('[data-column="source"] .text');
    expect([await text.getAttribute('lang'), await text.getAttribute('dir')]).toEqual(['ar', 'rtl']);
    expect(await text.evaluate((element) => getComputedStyle(element).textAlign)).toBe('right');
    const heading = grid().getByRole('columnheader', { name: /^Arabic/u });
    expect(await heading.evaluate((element) => getComputedStyle(element).textAlign)).toMatch(/^(?:end|right)$/u);
    const spine = await row(1).locator('[data-column="spine"]').boundingBox();
    const deskSpine = await desk().locator('[class*="spine"]').first().boundingBox();
    expect(Math.abs((spine?.x ?? 0) - (deskSpine?.x ?? 1000))).toBeLessThan(1);
    await desk().getByText('ar, right to left').waitFor();
    await judgeAs(page, 'mk');
    const field = desk().getByRole('textbox', { name: 'Text in Arabic' });
    await page.keyboard.press('w');
    await field.waitFor();
    expect(await field.getAttribute('dir')).toBe('rtl');
    await page.keyboard.press('Alt+l');
    await page.keyboard.press('Enter');
    await page.keyboard.press('p');
    await desk().locator('[data-sign="LRM"]').first().waitFor();
    await page.keyboard.press('p');
    await status().getByText('All saved').waitFor();
    const source = desk().getByRole('region', { name: 'Source, Arabic' });
    expect(await source.locator('ins').count()).toBe(1);
    await page.keyboard.press('z');
    await expect.poll(() => source.locator('ins').count(), patience).toBe(0);
  });

  test('the place of a split moves as the text runs', async () => {
    await page.keyboard.press('s');
    const place = desk().getByRole('slider', { name: 'Where the Arabic text is cut' });
    await expect.poll(() => place.evaluate((element) => element === document.activeElement), patience).toBe(true);
    const at = Number(await place.getAttribute('aria-valuenow'));
    await page.keyboard.press('ArrowLeft');
    expect(Number(await place.getAttribute('aria-valuenow'))).toBeGreaterThan(at);
    await page.keyboard.press('Escape');
    await place.waitFor({ state: 'detached' });
  });

  test('a filter is written by keyboard, says what is missing, and counts are true', async () => {
    await page.keyboard.press('Shift+f');
    await dialog().getByRole('textbox', { name: 'From' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await dialog().getByText('A number is missing, or is none.').waitFor();
    await page.keyboard.type('1,0');
    await page.keyboard.press('Enter');
    await counted(40);
    expect(await strip().getByRole('button', { name: 'laser ≥ 1', exact: true }).count()).toBe(1);
  });

  test('facets put filters on and take them away', async () => {
    await page.getByRole('button', { name: /^good\s*\d+$/u }).click();
    const both = Array.from({ length: pairs }, (_, index) => index).filter((index) => scoreOf(index) >= 1 && index % 3 === 0).length;
    await counted(both);
    expect(await grid().getAttribute('aria-rowcount')).toBe(String(both + 1));
    await strip().getByRole('radio', { name: 'Any' }).check({ force: true });
    const any = Array.from({ length: pairs }, (_, index) => index).filter((index) => scoreOf(index) >= 1 || index % 3 === 0).length;
    await counted(any);
    await page.getByRole('button', { name: /^good\s*\d+$/u }).click();
    await counted(40);
  });

  test('an address carries filters and order to another page', async () => {
    await grid().getByRole('columnheader', { name: /^laser/u }).getByRole('button').click();
    await expect.poll(() => row(1).locator('[data-column="spine"]').textContent(), patience).toContain('1.390');
    const other = await opened.context.newPage();
    await other.goto(page.url());
    await other.getByText(`40 of ${pairs} pairs, ${pairs - 40} hidden by filters`).waitFor();
    await expect.poll(() => other.locator('[aria-rowindex="2"] [data-column="spine"]').textContent(), patience).toContain('1.390');
    await other.close();
  });

  test('headings are reached from the first row, and order by keys', async () => {
    await page.keyboard.press('l');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.closest('[role="columnheader"]')?.getAttribute('aria-sort'))).toBe('descending');
    await page.keyboard.press('Enter');
    await expect.poll(() => row(1).locator('[data-column="spine"]').textContent(), patience).toContain('1');
    await expect.poll(() => grid().locator('[aria-sort]').getAttribute('aria-sort'), patience).toBe('ascending');
    const width = async (): Promise<number> => (await row(1).locator('[data-column="spine"]').boundingBox())?.width ?? 0;
    const before = await width();
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(width, patience).toBe(before + 8);
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('row');
  });

  test('a filter is saved by name and put on again; a chip is removed by Delete', async () => {
    await page.getByRole('button', { name: 'Save filter' }).click();
    await page.getByRole('textbox', { name: 'Name of the filter' }).fill('sure ones');
    await page.keyboard.press('Enter');
    await page.getByText('Saved as “sure ones”.').waitFor();
    await strip().getByRole('button', { name: 'laser ≥ 1' }).focus();
    await page.keyboard.press('Delete');
    await page.getByText(`All ${pairs} pairs`).waitFor();
    await page.getByRole('button', { name: 'Saved filters' }).click();
    await page.getByRole('menuitem', { name: 'sure ones', exact: true }).click();
    await counted(40);
    expect(await strip().getByRole('button', { name: 'laser ≥ 1', exact: true }).count()).toBe(1);
  });

  test('a judged row that no longer matches stays, greyed, until it is refreshed', async () => {
    await page.getByRole('button', { name: /^Open\s*\d+$/u }).click();
    await counted(40);
    await row(1).click();
    await page.keyboard.press('a');
    await page.keyboard.press('a');
    await isAt(3);
    expect(await decisionOf(1)).toBe('Accepted');
    await status().getByText('2 judged rows no longer match.').waitFor();
    await page.keyboard.press('Shift+u');
    await counted(38);
    await status().getByText('no longer match').waitFor({ state: 'detached' });
  });

  test('a queue freezes what it takes, keeps what is judged, and counts what waits', async () => {
    await page.keyboard.press('q');
    await dialog().getByText('38 of 60 pairs match the filters').waitFor();
    await dialog().getByRole('radio', { name: 'Random' }).check({ force: true });
    await dialog().getByRole('textbox', { name: 'Pairs' }).fill('12');
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Open the queue' }).click();
    await page.getByText('12 of 60 pairs in the queue').waitFor();
    await row(1).click();
    await page.keyboard.press('a');
    await page.keyboard.press('r');
    await page.keyboard.press('1');
    await isAt(3);
    await status().getByText('2 judged, 10 open').waitFor();
    await page.getByRole('link', { name: /^Review\s*10$/u }).waitFor();
    expect(await grid().getAttribute('aria-rowcount')).toBe('13');
    expect([await decisionOf(1), await decisionOf(2)]).toEqual(['Accepted', 'Rejected']);
  });

  test('a crash loses no judgement; position and undo survive it', async () => {
    await page.keyboard.press('u');
    await isAt(4);
    await expect.poll(() => status().getByText('3 judged, 9 open').count(), patience).toBe(1);
    const queue = new URL(page.url()).hash;
    // The position is written when the keys rest.
    await expect.poll(async () => (await page.evaluate(() => performance.now())) > 0 && status().getByText('All saved').count(), patience).toBe(1);
    await page.waitForFunction((from) => performance.now() - from > 1500, await page.evaluate(() => performance.now()));
    const address = await host.restart('kill');
    await page.goto(address);
    await page.getByRole('button', { name: /corpus/u }).first().click();
    await page.getByRole('row', { name: /ferries.*ready/u }).waitFor();
    await page.evaluate((hash) => { location.hash = hash; }, queue);
    await isAt(4);
    await expect.poll(async () => [await decisionOf(1), await decisionOf(2), await decisionOf(3)], patience).toEqual(['Accepted', 'Rejected', 'Unsure']);
    await page.keyboard.press('End');
    await isAt(12);
    await page.keyboard.press('z');
    await isAt(3);
    await expect.poll(() => decisionOf(3), patience).toBeNull();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex')), patience).toBe('4');
    await status().getByText('2 judged, 10 open').waitFor();
  });
});
