import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from './support/axe.ts';
import { launchBrowser, openPage, type Opened } from './support/browser.ts';
import { startHost, type Host } from './support/host.ts';
import { judgeAs, onReview, patience, reviewBitext, runAction } from './support/review.ts';

const pairs = 24;
const scoreOf = (index: number): number => Number((0.8 + index * 0.02).toFixed(2));
const labelOf = (index: number): string => (index % 3 === 0 ? 'good' : 'bad');
const indexes = Array.from({ length: pairs }, (_, index) => index);
const lines = ['source\ttarget\tlaser\tjudged', ...indexes.map((index) => `Die Fähre ${index}  legt um zwölf ab. Sie kommt um drei an.\tFerry ${index} leaves at noon. It arrives at three.\t${scoreOf(index)}\t${labelOf(index)}`)];

/** What changes texts, what is shown beside them, and what a queue shows: over an imported bitext. Each test takes back what it did. */
describe('changing texts and what is shown of them', () => {
  let host: Host;
  let browser: Browser;
  let opened: Opened;
  let page: Page;

  beforeAll(async () => {
    host = await startHost();
    browser = await launchBrowser();
    opened = await openPage(browser, host.url, { size: { width: 1440, height: 900 } });
    page = opened.page;
    await reviewBitext(page, host, 'ferries.de-en', lines);
    await judgeAs(page, 'mk');
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const on = onReview(() => page);
  const textOf = (row: number, side: 'source' | 'target'): Promise<string | null> => on.cell(row, side).textContent();
  const goTo = async (row: number): Promise<void> => { await on.row(row).click(); await on.isAt(row); };
  const history = () => on.desk().getByRole('region', { name: 'History' });
  const undo = async (): Promise<void> => { await page.keyboard.press('z'); };
  const dialog = () => page.getByRole('dialog');

  test('two pairs become one, and undo parts them', async () => {
    await goTo(1);
    const [first, second] = [await textOf(1, 'target'), await textOf(2, 'target')];
    await page.keyboard.press('m');
    await expect.poll(on.rows, patience).toBe(pairs - 1);
    await expect.poll(() => textOf(1, 'target'), patience).toBe(`${first} ${second}`);
    await undo();
    await expect.poll(on.rows, patience).toBe(pairs);
    await expect.poll(() => textOf(2, 'target'), patience).toBe(second);
  });

  test('a pair becomes two, which read as the one did', async () => {
    await goTo(3);
    const whole = await textOf(3, 'target');
    await page.keyboard.press('s');
    await on.desk().getByRole('slider', { name: 'Where the English text is cut' }).waitFor();
    await page.keyboard.press('s');
    await expect.poll(on.rows, patience).toBe(pairs + 1);
    await expect.poll(async () => `${await textOf(3, 'target')} ${await textOf(4, 'target')}`, patience).toBe(whole);
    await undo();
    await expect.poll(on.rows, patience).toBe(pairs);
  });

  test('sides are swapped, and swapped back', async () => {
    await goTo(2);
    const [source, target] = [await textOf(2, 'source'), await textOf(2, 'target')];
    await page.keyboard.press('Shift+s');
    await expect.poll(() => textOf(2, 'source'), patience).toBe(target);
    await expect.poll(() => textOf(2, 'target'), patience).toBe(source);
    await undo();
    await expect.poll(() => textOf(2, 'source'), patience).toBe(source);
  });

  test('spaces are normalised, and the history says so', async () => {
    await goTo(5);
    expect(await textOf(5, 'source')).toContain('  legt');
    await page.keyboard.press('n');
    await expect.poll(() => textOf(5, 'source'), patience).not.toContain('  ');
    await history().getByText('Source:').waitFor();
    await undo();
    await expect.poll(() => textOf(5, 'source'), patience).toContain('  legt');
  });

  test('direction marks are put where the caret stands', async () => {
    await goTo(6);
    await page.keyboard.press('e');
    await on.desk().getByRole('textbox', { name: 'Text in English' }).waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('Alt+l');
    await page.keyboard.press('End');
    await page.keyboard.press('Alt+r');
    await page.keyboard.press('Enter');
    await expect.poll(() => textOf(6, 'target'), patience).toMatch(/^\u200E.*\u200F$/u);
    await undo();
    await expect.poll(() => textOf(6, 'target'), patience).not.toMatch(/[\u200E\u200F]/u);
  });

  test('a text is brought back from the history as it read then', async () => {
    await goTo(7);
    const before = await textOf(7, 'target');
    for (const words of [' One.', ' Two.']) {
      await page.keyboard.press('e');
      await on.desk().getByRole('textbox', { name: 'Text in English' }).waitFor();
      await page.keyboard.type(words);
      await page.keyboard.press('Enter');
      await expect.poll(() => textOf(7, 'target'), patience).toMatch(new RegExp(`${words.replace('.', '\\.')}$`, 'u'));
    }
    const restore = history().getByRole('button', { name: /^Restore the texts of/u });
    await expect.poll(() => restore.count(), patience).toBe(2);
    await restore.first().click();
    await expect.poll(() => textOf(7, 'target'), patience).toBe(`${before} One.`);
    await history().getByRole('button', { name: /^Restore the texts of/u }).last().click();
    await expect.poll(() => textOf(7, 'target'), patience).toBe(before);
  });

  test('pairs are numbered from one, in the desk as in the history', async () => {
    await goTo(1);
    await expect.poll(() => page.getByRole('heading', { name: /^Pair 1\b/u }).count(), patience).toBe(1);
  });

  test('groups of filters stand in each other: any of two, and a third', async () => {
    const add = async (name: string): Promise<void> => { await page.getByRole('button', { name: new RegExp(`^${name}\\s*\\d+$`, 'u') }).click(); };
    const addScore = async (from: string): Promise<void> => {
      await page.keyboard.press('Shift+f');
      await dialog().getByRole('textbox', { name: 'From' }).fill(from);
      await page.keyboard.press('Enter');
    };
    await add('good');
    await addScore('1.1');
    await on.strip().getByRole('radio', { name: 'Any' }).check({ force: true });
    const any = indexes.filter((index) => labelOf(index) === 'good' || scoreOf(index) >= 1.1).length;
    await page.getByText(`${any} of ${pairs} pairs`).waitFor();
    await runAction(page, 'Group the filters into one');
    await addScore('0.9');
    const nested = indexes.filter((index) => (labelOf(index) === 'good' || scoreOf(index) >= 1.1) && scoreOf(index) >= 0.9).length;
    await page.getByText(`${nested} of ${pairs} pairs, ${pairs - nested} hidden by filters`).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await runAction(page, 'Remove all filters');
    await page.getByText(`All ${pairs} pairs`).waitFor();
  });

  test('columns are chosen, drawn wider, ordered by, and kept', async () => {
    const heading = (name: string) => on.grid().getByRole('columnheader', { name: new RegExp(`^${name}`, 'u') });
    await runAction(page, 'Choose columns');
    const chooser = page.getByRole('dialog', { name: 'Columns' });
    await chooser.getByRole('checkbox', { name: 'judged' }).check({ force: true });
    expect(await accessibilityFaults(page)).toEqual([]);
    await chooser.getByRole('button', { name: 'Close' }).click();
    await heading('judged').getByRole('button').focus();
    const width = async (): Promise<number> => (await on.cell(1, 'judged').boundingBox())?.width ?? 0;
    const wide = async (): Promise<number> => (await on.cell(1, 'signs').boundingBox())?.width ?? 0;
    expect(await width()).toBeGreaterThan(40);
    await heading('judged').getByRole('button').press('Enter');
    await expect.poll(() => heading('judged').getAttribute('aria-sort'), patience).toBe('descending');
    await expect.poll(() => on.cell(1, 'judged').textContent(), patience).toBe('good');
    const before = await wide();
    const edge = await heading('Signs').locator('[class*="edge"]').boundingBox();
    if (edge === null) throw new Error('The heading has no edge to draw.');
    await page.mouse.move(edge.x + 3, edge.y + 8);
    await page.mouse.down();
    await page.mouse.move(edge.x - 37, edge.y + 8);
    await page.mouse.up();
    await expect.poll(wide, patience).toBeGreaterThan(before + 30);
    const drawn = await wide();
    await page.reload();
    await expect.poll(() => on.cell(1, 'judged').textContent(), patience).toBe('good');
    expect(await wide()).toBeCloseTo(drawn, 0);
    await heading('judged').getByRole('button').press('Enter');
    await heading('judged').getByRole('button').press('Enter');
    await expect.poll(() => on.grid().locator('[aria-sort]').count(), patience).toBe(0);
  });

  test('filters narrow a queue and do not leave it; its order stays, and so does what is judged', async () => {
    await page.keyboard.press('l');
    await page.keyboard.press('q');
    await dialog().getByRole('radio', { name: 'Random' }).check({ force: true });
    await dialog().getByRole('textbox', { name: 'Pairs' }).fill('12');
    await dialog().getByRole('button', { name: 'Open the queue' }).click();
    await page.getByText(`12 of ${pairs} pairs in the queue`).waitFor();
    const queue = new URL(page.url()).hash;
    const all = await Promise.all(Array.from({ length: 12 }, async (_, index) => ({ text: await textOf(index + 1, 'target'), label: await on.cell(index + 1, 'judged').textContent() })));
    const good = all.filter(({ label }) => label === 'good').map(({ text }) => text);
    await page.getByRole('button', { name: /^good\s*\d+$/u }).click();
    await page.getByText(`${good.length} of 12 pairs in this queue, ${12 - good.length} hidden by filters`).waitFor();
    expect(new URL(page.url()).hash.startsWith(`${queue}/`)).toBe(true);
    await expect.poll(() => Promise.all(good.map((_, index) => textOf(index + 1, 'target'))), patience).toEqual(good);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: /^Open\s*\d+$/u }).click();
    await goTo(1);
    await page.keyboard.press('u');
    await on.status().getByText('1 judged row no longer matches.').waitFor();
    expect(await on.rows()).toBe(good.length);
    await page.keyboard.press('Shift+u');
    await page.getByText(`${good.length - 1} of 12 pairs in this queue`).waitFor();
    await runAction(page, 'Remove all filters');
    await page.getByText(`12 of ${pairs} pairs in the queue`).waitFor();
    expect(new URL(page.url()).hash).toBe(queue);
  });

  test('buttons say their keys', async () => {
    const keyOf = (name: RegExp): Promise<string | null> => page.getByRole('button', { name }).first().getAttribute('aria-keyshortcuts');
    expect(await on.bar().getByRole('button', { name: /^Accept/u }).getAttribute('aria-keyshortcuts')).toBe('A');
    expect(await keyOf(/^Find/u)).toBe('Control+K');
    await page.keyboard.press('r');
    const reasons = page.getByRole('toolbar', { name: 'Reject because' });
    await reasons.waitFor();
    expect(await reasons.getByRole('button').first().getAttribute('aria-keyshortcuts')).toBe('1');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(opened.faults).toEqual([]);
  });
});
