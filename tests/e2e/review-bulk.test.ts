import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from './support/axe.ts';
import { launchBrowser, openPage, type Opened } from './support/browser.ts';
import { startHost, type Host } from './support/host.ts';
import { judgeAs, onReview, reviewBitext } from './support/review.ts';

/** Polls with the patience that a loaded machine needs. */
const eventually = <T>(ask: () => Promise<T>) => expect.poll(ask, { timeout: 15_000 });

/** Changing all that match, in the sample project, with the real store behind it; each step stands on the one before it. */
describe('a bulk change', () => {
  let host: Host;
  let browser: Browser;
  let opened: Opened;
  let page: Page;

  beforeAll(async () => {
    host = await startHost();
    browser = await launchBrowser();
    opened = await openPage(browser, host.url);
    page = opened.page;
    await page.getByRole('button', { name: /sample project/iu }).first().click();
    await page.getByRole('slider', { name: 'Cut' }).waitFor({ timeout: 60_000 });
    await page.keyboard.press('v');
    await grid().getByRole('row').nth(3).waitFor();
    await page.keyboard.press('Shift+R');
    await page.getByRole('textbox', { name: 'Name or pseudonym' }).fill('ana');
    await page.keyboard.press('Enter');
    await page.getByRole('toolbar', { name: 'Decision', exact: true }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const grid = (): Locator => page.getByRole('grid', { name: 'Pairs to review' });
  const sheet = (): Locator => page.getByRole('dialog', { name: /^Replace in/u });
  const figure = async (): Promise<number> => Number((await sheet().locator('.figure').textContent())?.replaceAll('\u00A0', ''));
  const go = (): Locator => sheet().getByRole('button', { name: /^Replace in/u });
  /** The number that will change, once it belongs to the form as it stands. */
  const settled = async (): Promise<number> => {
    await eventually(() => sheet().locator('[aria-busy="true"]').count()).toBe(0);
    return figure();
  };
  /** Pairs whose target has these words, as the room counts them. */
  const textsWith = async (words: string): Promise<number> => {
    await page.keyboard.press('/');
    const editor = page.getByRole('dialog', { name: 'New filter' });
    await editor.getByRole('textbox', { name: 'Words' }).fill(words);
    await page.keyboard.press('Enter');
    await editor.waitFor({ state: 'detached' });
    const count = page.getByRole('status').filter({ hasText: /of \S+ pairs|pairs/u }).first();
    await eventually(() => count.getAttribute('aria-busy')).toBe('false');
    const shown = Number(/^(?:All )?([\d\u00A0]+)/u.exec(await count.textContent() ?? '')?.[1]?.replaceAll('\u00A0', ''));
    await page.getByRole('button', { name: /^Remove (?:Text|Source|Target)/u }).click();
    return shown;
  };

  test('shows while typing how many pairs and places would change, in figure and button', async () => {
    await page.keyboard.press('Shift+R');
    await sheet().getByRole('textbox', { name: 'Find', exact: true }).fill('the');
    await sheet().getByRole('textbox', { name: 'Replace with' }).fill('THE');
    await sheet().getByText('Whole words only').click();
    await eventually(settled).toBeGreaterThan(3);
    const number = await figure();
    expect(await go().textContent()).toContain(String(number));
    expect(await sheet().locator('li ins').first().textContent()).toBe('THE');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('says what is wrong with an expression, at its field', async () => {
    await sheet().getByText('Regular expression', { exact: true }).click();
    const find = sheet().getByRole('textbox', { name: 'Find, regular expression' });
    await find.fill('(');
    await sheet().getByText('This is no regular expression.').waitFor();
    expect(await go().isDisabled()).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    await find.fill('\\b(t)he\\b');
    await sheet().getByRole('textbox', { name: 'Replace with' }).fill('Zq$1he');
    await eventually(settled).toBeGreaterThan(3);
    await sheet().locator('li ins').getByText('Zqthe', { exact: true }).first().waitFor();
  });

  test('leaves a pair out whose box is cleared; the number follows', async () => {
    const before = await settled();
    const first = sheet().getByRole('checkbox', { name: /^Change pair/u }).first();
    await first.focus();
    await page.keyboard.press('Space');
    await sheet().getByText('left out', { exact: true }).waitFor();
    await eventually(settled).toBe(before - 1);
    await eventually(() => go().textContent()).toContain(String(before - 1));
    expect(await sheet().locator('li').first().locator('del').count()).toBe(0);
  });

  test('shows another sample with one key', async () => {
    const shown = (): Promise<readonly string[]> => sheet().locator('li').allTextContents();
    await sheet().getByText(/^Sample of \d+, seed 7$/u).waitFor();
    const before = await shown();
    await sheet().getByRole('checkbox', { name: /^Change pair/u }).last().focus();
    await page.keyboard.press('n');
    await sheet().getByText(/^Sample of \d+, seed 8$/u).waitFor();
    await settled();
    expect(await shown()).not.toEqual(before);
  });

  test('changes all that match and not the one that was left out; undo brings everything back', async () => {
    const number = await settled();
    await go().click();
    await sheet().waitFor({ state: 'detached' });
    const toast = page.getByText(`Replaced in ${number} pairs.`);
    await toast.waitFor();
    await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('role') ?? '')).toBe('row');
    expect(await textsWith('Zqthe')).toBe(number);
    await page.getByText(/^Undo: Replaced/u).waitFor();
    await page.keyboard.press('z');
    await page.getByText(/^Undone: Replaced/u).waitFor();
    expect(await textsWith('Zqthe')).toBe(0);
  });

  test('takes the filters of the room along as chips; one that is removed here widens the scope', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Find an action' }).getByRole('combobox').fill('/the');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove Text' }).waitFor();
    await page.keyboard.press('Shift+D');
    const decide = page.getByRole('dialog', { name: 'Decide', exact: true });
    const button = decide.getByRole('button', { name: /^Accept \S+ pairs$/u });
    await decide.getByText('Scope, 1 filter').waitFor();
    await button.waitFor();
    const narrow = await decide.locator('.figure').textContent();
    await decide.getByRole('button', { name: 'Remove Text' }).click();
    await decide.getByText('Scope, 0 filters').waitFor();
    await eventually(() => decide.locator('.figure').textContent()).not.toBe(narrow);
    await decide.getByText('Open → Accepted').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove Text' }).waitFor();
    expect(opened.faults).toEqual([]);
  });
});

/** So many pairs that a change of all of them is still on its way when somebody cancels it. */
describe('a bulk change of many pairs', () => {
  const many = 100_000;
  let host: Host;
  let browser: Browser;
  let opened: Opened;
  let page: Page;

  beforeAll(async () => {
    host = await startHost();
    browser = await launchBrowser();
    opened = await openPage(browser, host.url);
    page = opened.page;
    await reviewBitext(page, host, 'pages.de-en', ['source\ttarget', ...Array.from({ length: many }, (_, at) => `Seite ${at} von hier\tpage ${at} of here`)]);
    await judgeAs(page, 'ana');
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const sheet = (): Locator => page.getByRole('dialog', { name: /^Replace in/u });
  const counting = (): Promise<number> => sheet().locator('[aria-busy="true"]').count();

  test('shows its sample while it is still counting, and counts only the newest form', async () => {
    await page.keyboard.press('Shift+R');
    await sheet().getByRole('textbox', { name: 'Find', exact: true }).fill('page');
    await sheet().getByRole('textbox', { name: 'Replace with' }).fill('leaf');
    await sheet().locator('li ins').getByText('leaf', { exact: true }).first().waitFor();
    await sheet().getByRole('textbox', { name: 'Find', exact: true }).fill('page 7');
    await expect.poll(counting, { timeout: 60_000 }).toBe(0);
    // 7, 70 to 79, 700 to 799 ...; none of the first two, which are accepted or not: the accepted one is pair 0.
    expect(await sheet().locator('.figure').textContent()).toBe('11\u00A0111');
    expect(opened.faults).toEqual([]);
  });

  test('that somebody cancels says so, keeps the form, and leaves nothing changed', async () => {
    await sheet().getByRole('textbox', { name: 'Find', exact: true }).fill('page');
    await expect.poll(counting, { timeout: 60_000 }).toBe(0);
    const before = await sheet().locator('.figure').textContent();
    await sheet().getByRole('button', { name: /^Replace in/u }).click();
    await sheet().getByText(/pairs looked at$/u).waitFor();
    await sheet().getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled. What was already changed is being taken back.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    // Nothing that the form would change is gone, once all is taken back.
    await expect.poll(async () => (await counting() === 0 ? sheet().locator('.figure').textContent() : ''), { timeout: 60_000 }).toBe(before);
    await page.keyboard.press('Escape');
    await sheet().waitFor({ state: 'detached' });
    await page.keyboard.press('z');
    // What undo takes back is what was there before: the decision about the first pair.
    await expect.poll(() => onReview(() => page).status().textContent(), { timeout: 30_000 }).toMatch(/0 judged|judged 0/u);
    expect(opened.faults).toEqual([]);
  });
});
