import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from './support/axe.ts';
import { launchBrowser, openPage, type Opened } from './support/browser.ts';
import { startHost, type Host } from './support/host.ts';
import { openSample } from './support/review.ts';

/** Several runs over the sample: again with changes, compared, named, removed and brought back. Each step stands on the one before it. */
describe('runs of the sample project', () => {
  let host: Host;
  let browser: Browser;
  let opened: Opened;
  let page: Page;

  beforeAll(async () => {
    host = await startHost();
    browser = await launchBrowser();
    opened = await openPage(browser, host.url, { dark: true });
    page = opened.page;
    await openSample(page);
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const slider = (): Locator => page.getByRole('slider', { name: 'Cut' });
  const chooser = (name: RegExp): Locator => page.getByRole('button', { name });
  const undoLine = (): Locator => page.locator('footer').last().getByText(/^Undo:/u);

  test('a run is started again with changes, after its plan has said what they mean', async () => {
    await page.keyboard.press('r');
    await page.getByRole('radiogroup', { name: 'Refinement' }).getByText('Off').click();
    await page.getByText(/plain recipe/u).waitFor();
    await page.keyboard.press('s');
    await chooser(/^Run 2, /u).waitFor();
    await slider().waitFor({ timeout: 60_000 });
    const facts = page.getByRole('complementary');
    expect(await facts.getByText('off', { exact: true }).isVisible()).toBe(true);
    expect(await facts.getByText('centring', { exact: true }).count()).toBe(0);
  });

  test('two runs are compared: counts of gained, lost and moved, and their pairs', async () => {
    await page.keyboard.press('d');
    const moved = page.getByRole('radiogroup', { name: 'Which pairs' }).getByText(/^Moved \d/u);
    await moved.click();
    const count = Number((await moved.textContent())?.replaceAll(/\D/gu, ''));
    const table = page.getByRole('grid', { name: 'Moved' });
    await expect.poll(async () => Number(await table.getAttribute('aria-rowcount'))).toBe(count + 1);
    await table.getByRole('row').nth(1).getByText(/^[+−]\d\.\d{3}$/u).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('b');
    await slider().waitFor();
  });

  test('hubs of both sides are listed with how many they are near to', async () => {
    await page.keyboard.press('h');
    const numbers = page.getByRole('region', { name: 'Hubs' }).getByRole('row').locator('td:first-child');
    await numbers.first().waitFor();
    const found = (await numbers.allTextContents()).map(Number);
    expect(found.length).toBeGreaterThan(5);
    expect(found).toEqual(found.toSorted((a, b) => b - a));
    await page.getByRole('radiogroup', { name: 'Side' }).getByText('German').click();
    await page.getByRole('region', { name: 'Hubs' }).locator('[lang="de"]').first().waitFor();
    await page.keyboard.press('b');
    await slider().waitFor();
  });

  test('a run is renamed, and undo gives the old name back', async () => {
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'Rename the run' }).fill('plain recipe');
    await page.keyboard.press('Enter');
    await chooser(/^Run 2, plain recipe/u).waitFor();
    await undoLine().getByText(/Renamed/u).waitFor();
    await page.keyboard.press('z');
    await chooser(/^Run 2, sample-de to sample-en/u).waitFor();
    expect(await chooser(/plain recipe/u).count()).toBe(0);
  });

  test('a run is removed, and undo brings it back with its pairs', async () => {
    await chooser(/^Run 2, /u).click();
    await page.getByRole('menuitem', { name: /Remove the run/u }).click();
    await chooser(/^Run 1, /u).waitFor();
    await page.getByText(/^Removed /u).waitFor();
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await chooser(/^Run 1, /u).or(chooser(/^Run 2, /u)).first().click();
    await page.getByRole('menuitem', { name: /^Run 2, /u }).click();
    await slider().waitFor();
    await page.getByRole('grid', { name: 'Pairs in the order of their margin' }).getByRole('row').nth(2).waitFor();
    expect(await chooser(/^Run 2, /u).isVisible()).toBe(true);
  });

  test('nothing failed on the way', () => {
    expect(opened.faults).toEqual([]);
  });
});
