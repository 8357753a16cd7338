import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openPage, type Opened } from './support/browser.ts';
import { startHost, type Host } from './support/host.ts';
import { inChooser, judgeAs, onReview, patience, reviewBitext, runAction } from './support/review.ts';

const lines = ['source\ttarget', ...Array.from({ length: 8 }, (_, index) => `Die Fähre ${index} legt ab.\tFerry ${index} leaves.`)];

/** Two machines that share nothing but files: work goes out, is done elsewhere, and comes back. Each step stands on the one before it. */
describe('a work package', () => {
  let browser: Browser;
  let hosts: readonly Host[] = [];
  let pages: readonly Opened[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    hosts = [await startHost(), await startHost()];
    pages = await Promise.all(hosts.map((host) => openPage(browser, host.url)));
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all(hosts.map((host) => host.close()));
  });

  const at = (machine: 0 | 1): { readonly host: Host; readonly page: Page } => {
    const [host, opened] = [hosts[machine], pages[machine]];
    if (host === undefined || opened === undefined) throw new Error('That machine is not there.');
    return { host, page: opened.page };
  };
  const sheet = (page: Page): Locator => page.getByRole('dialog', { name: 'Annotators', exact: true });
  const carry = (name: string, from: 0 | 1, to: 0 | 1): void => copyFileSync(join(at(from).host.folder, name), join(at(to).host.folder, name));

  test('a queue is written for somebody elsewhere', async () => {
    const { host, page } = at(0);
    await reviewBitext(page, host, 'ferries.de-en', lines);
    await judgeAs(page, 'ana');
    await page.keyboard.press('q');
    await page.getByRole('dialog', { name: 'Open a queue' }).getByRole('button', { name: 'Open the queue' }).click();
    await page.getByRole('dialog', { name: 'Open a queue' }).waitFor({ state: 'detached' });
    await runAction(page, 'Work packages');
    await sheet(page).getByRole('button', { name: 'Write a package…' }).click();
    await inChooser(page).saveAs('work.jsonl.gz');
    await expect.poll(() => sheet(page).getByText(/^Wrote 8 pairs/u).count(), patience).toBe(1);
  });

  test('it is opened and judged where nobody knows the project', async () => {
    const { host, page } = at(1);
    carry('work.jsonl.gz', 0, 1);
    await reviewBitext(page, host, 'other.de-en', lines.slice(0, 3));
    await judgeAs(page, 'somebody');
    await runAction(page, 'Work packages');
    await sheet(page).getByRole('button', { name: 'Open a package…' }).click();
    await inChooser(page).read('work.jsonl.gz');
    const on = onReview(() => page);
    await expect.poll(on.rows, patience).toBe(8);
    await on.cell(1, 'source').locator('.text').waitFor();
    await page.keyboard.press('l');
    await on.isAt(1);
    for (const [index, key] of ['a', 'u', 'a'].entries()) { await page.keyboard.press(key); await on.isAt(index + 2); }
    await on.status().getByText('3 judged, 5 open').waitFor();
    await runAction(page, 'Work packages');
    await sheet(page).getByRole('button', { name: 'Write the work done…' }).click();
    await inChooser(page).saveAs('done.jsonl.gz');
    await sheet(page).getByText(/^Wrote 3 /u).waitFor();
  });

  test('the decisions come back and stand in their rows', async () => {
    const { page } = at(0);
    carry('done.jsonl.gz', 1, 0);
    await sheet(page).getByRole('button', { name: 'Merge what came back…' }).click();
    await inChooser(page).read('done.jsonl.gz');
    await expect.poll(() => sheet(page).getByText('Taken over, pairs').locator('xpath=following-sibling::dd').textContent(), patience).toBe('3');
    await page.keyboard.press('Escape');
    const on = onReview(() => page);
    await expect.poll(() => Promise.all([1, 2, 3].map((row) => on.decisionOf(row))), patience).toEqual(['Accepted', 'Unsure', 'Accepted']);
    expect(pages.flatMap(({ faults }) => faults)).toEqual([]);
  });
});
