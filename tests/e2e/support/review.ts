import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Host } from './host.ts';

/** The patience that a loaded machine needs. */
export const patience = { timeout: 15_000 };

/** Opens the sample project and waits until its run is there. */
export const openSample = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /sample project/iu }).first().click();
  await page.getByRole('slider', { name: 'Cut' }).waitFor({ timeout: 90_000 });
};

/** Imports a tab-separated bitext into a new project, and opens it for review. */
export const reviewBitext = async (page: Page, host: Host, name: string, lines: readonly string[]): Promise<void> => {
  const dialog = page.getByRole('dialog');
  writeFileSync(join(host.folder, `${name}.tsv`), `${lines.join('\n')}\n`);
  await page.getByRole('button', { name: /Import files/u }).first().click();
  await dialog.getByRole('option', { name: /^files/u }).dblclick();
  await dialog.getByRole('option', { name: new RegExp(`^${name}`, 'u') }).click();
  await dialog.getByRole('button', { name: /^Read/u }).click();
  await dialog.getByRole('option', { name: /^files/u }).dblclick();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByRole('button', { name: 'Import 1 collection' }).click();
  const short = name.split('.')[0] ?? name;
  await page.getByRole('row', { name: new RegExp(`${short}.*ready`, 'u') }).waitFor();
  await page.getByRole('button', { name: new RegExp(`^${short}`, 'u') }).first().click();
  await page.getByRole('grid', { name: 'Pairs' }).getByRole('row').nth(2).waitFor();
  await page.keyboard.press('v');
  await onReview(() => page).row(1).waitFor();
};

/** Says who judges: the first judgement asks for it. The next key may follow at once. */
export const judgeAs = async (page: Page, name: string): Promise<void> => {
  await page.keyboard.press('a');
  await page.getByRole('textbox', { name: 'Name or pseudonym' }).fill(name);
  await page.keyboard.press('Enter');
};

/** Runs an action by its name in the palette. */
export const runAction = async (page: Page, words: string): Promise<void> => {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Find an action' }).getByRole('combobox').fill(words);
  await page.keyboard.press('Enter');
};

/** Where things are in the review room, on the page as it is when asked. Rows count from 1. */
export const onReview = (page: () => Page) => {
  const grid = (): Locator => page().getByRole('grid', { name: 'Pairs to review' });
  const row = (number: number): Locator => grid().locator(`[aria-rowindex="${number + 1}"]`);
  const status = (): Locator => page().locator('footer').last();
  return {
    grid, row, status,
    cell: (number: number, column: string): Locator => row(number).locator(`[data-column="${column}"]`),
    strip: (): Locator => page().getByRole('group', { name: 'Instruments' }),
    bar: (): Locator => page().getByRole('toolbar', { name: 'Decision', exact: true }),
    desk: (): Locator => page().getByRole('region', { name: 'Open pair' }),
    rows: async (): Promise<number> => Number(await grid().getAttribute('aria-rowcount')) - 1,
    isAt: (number: number): Promise<void> => status().getByText(new RegExp(`^Row ${number} of`, 'u')).waitFor(),
    decisionOf: (number: number): Promise<string | null> => row(number).locator('[data-column="spine"]').evaluate((cell) => cell.querySelector('[title]')?.getAttribute('title') ?? null),
  };
};

/** The page's file chooser, in the only folder that it may show. */
export const inChooser = (page: Page) => {
  const chooser = (): Locator => page.getByRole('dialog').last();
  const openFolder = async (): Promise<void> => {
    await chooser().getByRole('option', { name: /^files/u }).dblclick();
    await expect.poll(() => chooser().getByText('Open a folder first.').count(), patience).toBe(0);
  };
  return {
    saveAs: async (name: string): Promise<void> => {
      await openFolder();
      await chooser().getByRole('textbox', { name: 'File name' }).fill(name);
      await chooser().getByRole('button', { name: 'Save', exact: true }).click();
    },
    read: async (name: string): Promise<void> => {
      await openFolder();
      await chooser().getByRole('option', { name }).click();
      await chooser().getByRole('button', { name: 'Read', exact: true }).click();
    },
  };
};
