import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from './support/axe.ts';
import { launchBrowser, openPage, type Opened } from './support/browser.ts';
import { startHost, type Host } from './support/host.ts';

const count = 40;
const scoreOf = (index: number): number => 0.8 + index * 0.01;
const labelOf = (index: number): string => (index % 3 === 0 ? 'good' : 'bad');
const scored = ['source\ttarget\tlaser\tjudged', ...Array.from({ length: count }, (_, index) => `The ferry number ${index} leaves at noon.\tDie Fähre Nummer ${index} fährt mittags ab.\t${scoreOf(index).toFixed(2)}\t${labelOf(index)}`)].join('\n');
const lines = (from: number, to: number): string => Array.from({ length: to - from }, (_, index) => `Lamp number ${from + index} hangs above the old harbour.`).join('\r\n');

/** Files of one's own, from the import to the export, in one page of one program; each step stands on the one before it. */
describe('own files in the corpora room', () => {
  let host: Host;
  let browser: Browser;
  let opened: Opened;
  let page: Page;

  beforeAll(async () => {
    host = await startHost();
    writeFileSync(join(host.folder, 'scored.tsv'), `${scored}\n`);
    writeFileSync(join(host.folder, 'crawl.en.txt'), `${lines(0, 30)}\r\n`);
    writeFileSync(join(host.folder, 'later.en.txt'), `${lines(30, 42)}\r\n`);
    writeFileSync(join(host.folder, 'nothing.txt'), '');
    browser = await launchBrowser();
    opened = await openPage(browser, host.url);
    page = opened.page;
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const dialog = (): Locator => page.getByRole('dialog');
  const status = (): Locator => page.locator('footer').last();
  const grid = (): Locator => page.getByRole('grid', { name: 'Pairs' });
  const firstRow = (): Locator => grid().getByRole('row').nth(1);

  /** Goes into the only folder of the chooser and marks files by name. */
  const mark = async (names: readonly string[]): Promise<void> => {
    await dialog().getByRole('option', { name: /^files/u }).dblclick();
    for (const [index, name] of names.entries()) await dialog().getByRole('option', { name: new RegExp(`^${name}`, 'u') }).click(index === 0 ? {} : { modifiers: ['Control'] });
  };

  test('an empty file does not stop the others: it is named and left out', async () => {
    await page.getByRole('button', { name: /Import files/u }).first().click();
    await mark(['scored.tsv', 'crawl.en.txt', 'nothing.txt']);
    await dialog().getByRole('button', { name: /^Read/u }).click();
    await dialog().getByRole('option', { name: /^files/u }).dblclick();
    await dialog().getByRole('button', { name: 'Create' }).click();
    await dialog().getByText('1 file cannot be read and is left out:').waitFor();
    await dialog().getByText('The file "nothing.txt" is empty.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Import 2 collections' }).click();
    await page.getByRole('row', { name: /scored.*ready/u }).waitFor();
    await page.getByRole('row', { name: /crawl\.en.*ready/u }).waitFor();
  });

  test('imported scores and labels stand in the table, and order it', async () => {
    await page.getByRole('button', { name: 'scored', exact: true }).click();
    await expect.poll(() => grid().getAttribute('aria-rowcount')).toBe(String(count + 1));
    await firstRow().getByText('0.800').waitFor();
    await page.getByRole('button', { name: /Order/u }).click();
    await page.getByRole('option', { name: 'laser, highest first' }).click();
    await firstRow().getByText('1.190').waitFor();
    await firstRow().getByText(labelOf(count - 1)).waitFor();
  });

  test('filters combine, the count never lies, and both can be removed singly', async () => {
    const add = async (value: string): Promise<void> => {
      await page.getByRole('textbox', { name: 'Value' }).fill(value);
      await page.keyboard.press('Enter');
    };
    // The chooser of the order still has the keyboard: letters act all the same.
    await page.keyboard.press('f');
    await add('high');
    await page.getByText('A number such as 1.05.').waitFor();
    await add('1,0');
    const high = Array.from({ length: count }, (_, index) => index).filter((index) => Number(scoreOf(index).toFixed(2)) >= 1);
    await status().getByText(`${high.length} of ${count} pairs, ${count - high.length} hidden by filters`).waitFor();
    await page.keyboard.press('f');
    await page.getByRole('button', { name: /^laser Column|Column/u }).click();
    await page.getByRole('option', { name: 'judged' }).click();
    await add('good');
    const good = high.filter((index) => labelOf(index) === 'good');
    await status().getByText(`${good.length} of ${count} pairs, ${count - good.length} hidden by filters`).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: /judged/u }).first().focus();
    await page.keyboard.press('Delete');
    await status().getByText(`${high.length} of ${count} pairs, ${count - high.length} hidden by filters`).waitFor();
  });

  test('selected rows are copied as TSV with their scores', async () => {
    await firstRow().click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+c');
    await page.getByText('2 rows copied as TSV.').waitFor();
    const [head, first] = (await page.evaluate(() => navigator.clipboard.readText())).split('\n').map((line) => line.split('\t'));
    expect(head).toEqual(['source_id', 'target_id', 'source', 'target', 'laser', 'judged']);
    expect(first?.slice(2)).toEqual(['The ferry number 39 leaves at noon.', 'Die Fähre Nummer 39 fährt mittags ab.', '1.19', 'good']);
  });

  test('an export takes what the filters show, to a file that is proposed', async () => {
    await page.keyboard.press('e');
    expect(await dialog().getByRole('checkbox', { name: 'Only the pairs that the filters show' }).isChecked()).toBe(true);
    const path = dialog().getByRole('textbox', { name: 'File' });
    const file = join(host.folder, 'scored-export.tsv');
    await expect.poll(() => path.inputValue()).toBe(file);
    await path.fill(join(host.folder, 'scored.tsv'));
    await dialog().getByRole('button', { name: 'Export 20 pairs' }).click();
    await dialog().getByText('A file of this name is there already.').waitFor();
    expect(readFileSync(join(host.folder, 'scored.tsv'), 'utf8')).toBe(`${scored}\n`);
    await path.fill(file);
    await dialog().getByRole('button', { name: 'Export 20 pairs' }).click();
    await page.getByRole('list', { name: 'Files' }).getByText('manifest', { exact: true }).waitFor();
    const rows = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(rows).toHaveLength(21);
    expect(rows[0]?.split('\t')).toEqual(expect.arrayContaining(['laser', 'judged']));
    await page.keyboard.press('Escape');
  });

  test('the desk is made taller by keys, and stays so', async () => {
    const edge = page.getByRole('separator', { name: 'Height of the desk' });
    const before = Number(await edge.getAttribute('aria-valuenow'));
    await edge.focus();
    await page.keyboard.press('Shift+ArrowUp');
    const taller = Number(await edge.getAttribute('aria-valuenow'));
    expect(taller).not.toBe(before);
    await page.reload();
    await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe(String(taller));
    await edge.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe(String(before));
  });

  test('a second crawl is added behind the first one', async () => {
    await page.getByRole('button', { name: 'Corpora' }).click();
    await page.getByRole('button', { name: 'crawl.en', exact: true }).click();
    await status().getByText('30 sentences').waitFor();
    await page.keyboard.press('a');
    await mark(['later.en.txt']);
    await dialog().getByRole('button', { name: /^Read/u }).click();
    await dialog().getByRole('button', { name: 'Add 1 file' }).click();
    await page.getByRole('row', { name: /crawl\.en 2.*42.*ready/u }).waitFor();
    expect(opened.faults).toEqual([]);
  });
});
