import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from './support/axe.ts';
import { launchBrowser, openPage, type Opened } from './support/browser.ts';
import { startHost, type Host } from './support/host.ts';
import { onReview, openSample, patience } from './support/review.ts';

/** A reviewer's day on the sample project, by keyboard alone; each step stands on the one before it. */
describe('a review session by keyboard', () => {
  let host: Host;
  let browser: Browser;
  let opened: Opened;
  let page: Page;

  beforeAll(async () => {
    host = await startHost();
    browser = await launchBrowser();
    opened = await openPage(browser, host.url);
    page = opened.page;
    await openSample(page);
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const { grid, row, status, bar, desk, decisionOf, isAt } = onReview(() => page);

  test('a mined run opens for review with one key, with counts that are true', async () => {
    await page.keyboard.press('v');
    await row(3).waitFor();
    const rows = Number(await grid().getAttribute('aria-rowcount')) - 1;
    await page.getByText(`All ${rows} pairs`).waitFor();
    await status().getByText(`0 judged, ${rows} open`).waitFor();
    await isAt(1);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('the first judgement asks for a name, in place, and the row waits', async () => {
    await page.keyboard.press('a');
    await page.getByRole('textbox', { name: 'Name or pseudonym' }).waitFor();
    expect(await decisionOf(1)).toBeNull();
  });

  test('keys pressed right behind the name judge under it, one row after the other', async () => {
    await page.keyboard.type('ana');
    for (const key of ['Enter', 'a', 'u']) await page.keyboard.press(key);
    await isAt(3);
    await bar().waitFor();
    await status().getByText('ana').waitFor();
    expect([await decisionOf(1), await decisionOf(2), await decisionOf(3)]).toEqual(['Accepted', 'Unsure', null]);
  });

  test('one key judges and goes on; the row stays, greyed, with its glyph and name', async () => {
    await expect.poll(() => row(1).locator('[data-column="by"]').textContent(), patience).toContain('ana');
    await status().getByText('2 judged').waitFor();
    await page.getByRole('button', { name: /^Accepted\s*1$/u }).waitFor();
  });

  test('a rejection asks why in the bar\u2019s place; Escape leaves, a number answers', async () => {
    await page.keyboard.press('r');
    const reasons = page.getByRole('toolbar', { name: 'Reject because' });
    await reasons.waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await bar().waitFor();
    expect(await decisionOf(3)).toBeNull();
    await page.keyboard.press('r');
    await page.keyboard.press('2');
    await isAt(4);
    expect(await decisionOf(3)).toBe('Rejected');
  });

  test('Backspace goes back, undo takes the last judgement back and returns to its row', async () => {
    await page.keyboard.press('Backspace');
    await isAt(3);
    await page.keyboard.press('End');
    await status().getByText(/^Row (?!3 )/u).waitFor();
    await page.keyboard.press('z');
    await isAt(3);
    await expect.poll(() => decisionOf(3), patience).toBeNull();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex')), patience).toBe('4');
    await page.keyboard.press('Shift+Z');
    await expect.poll(() => decisionOf(3), patience).toBe('Rejected');
  });

  test('a text is edited on the desk and shown with what was changed', async () => {
    await page.keyboard.press('j');
    await isAt(4);
    await page.keyboard.press('e');
    const field = desk().getByRole('textbox', { name: 'Text in English' });
    await field.waitFor();
    const before = await field.inputValue();
    await page.keyboard.type(' Edited.');
    // Letters belong to whoever writes.
    await page.keyboard.type(' aur');
    expect(await decisionOf(4)).toBeNull();
    for (let times = 0; times < ' aur'.length; times += 1) await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    await desk().locator('ins').getByText('Edited').waitFor();
    await desk().getByText('edited, not yet accepted').waitFor();
    expect(await row(4).locator('[data-column="target"]').textContent()).toBe(`${before} Edited.`);
    await desk().getByRole('region', { name: 'History' }).getByText('Edited').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'))).toBe('5');
  });

  test('a text is edited in its row, and Escape gives it up', async () => {
    await page.keyboard.press('F2');
    const field = row(4).getByRole('textbox', { name: 'Text in English' });
    await field.waitFor();
    await page.keyboard.type(' Again');
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
    expect(await row(4).locator('[data-column="target"]').textContent()).not.toContain('Again');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await row(4).getByRole('textbox', { name: 'Text in German' }).waitFor();
    await page.keyboard.type(' Neu.');
    await page.keyboard.press('Enter');
    await expect.poll(() => row(4).locator('[data-column="source"]').textContent(), patience).toMatch(/ Neu\.$/u);
  });

  test('what was typed and left is kept as a draft, and becomes the text with the judgement', async () => {
    await page.keyboard.press('j');
    await isAt(5);
    await page.keyboard.press('e');
    await desk().getByRole('textbox', { name: 'Text in English' }).waitFor();
    await page.keyboard.type(' Draft.');
    await row(7).click();
    await isAt(7);
    await status().getByText('Draft kept').waitFor();
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await isAt(5);
    await desk().getByText('draft, not saved').waitFor();
    await page.keyboard.press('a');
    await isAt(6);
    await expect.poll(() => row(5).locator('[data-column="target"]').textContent(), patience).toMatch(/ Draft\.$/u);
    await status().getByText('All saved').waitFor();
  });

  test('a flag and a comment are signs of the row', async () => {
    await page.keyboard.press('f');
    await expect.poll(() => decisionOf(6), patience).toBe('Flagged');
    await page.keyboard.press('c');
    await page.getByRole('textbox', { name: 'Comment on the pair' }).waitFor();
    await page.keyboard.type('which ferry?');
    await page.keyboard.press('Enter');
    await desk().getByRole('region', { name: 'History' }).getByText('“which ferry?”').waitFor();
    await row(6).getByText('1 comment').waitFor();
  });

  test('a pair is split at a place that keys move, and undo joins it again', async () => {
    const rows = Number(await grid().getAttribute('aria-rowcount'));
    await page.keyboard.press('s');
    const place = desk().getByRole('slider', { name: 'Where the German text is cut' });
    await expect.poll(() => place.evaluate((element) => element === document.activeElement), patience).toBe(true);
    const at = Number(await place.getAttribute('aria-valuenow'));
    await page.keyboard.press('ArrowLeft');
    expect(Number(await place.getAttribute('aria-valuenow'))).toBeLessThan(at);
    await page.keyboard.press('s');
    await expect.poll(async () => Number(await grid().getAttribute('aria-rowcount')), patience).toBe(rows + 1);
    await page.keyboard.press('z');
    await expect.poll(async () => Number(await grid().getAttribute('aria-rowcount')), patience).toBe(rows);
  });

  test('every action of the room is in the palette and on the sheet of keys', async () => {
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('What do you want to do').fill('merge');
    await page.getByRole('option', { name: /Merge with the next pair/u }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('region', { name: 'Keys' }).getByText('Reject with a reason…').waitFor();
    await page.keyboard.press('Escape');
  });

  test('a layout that writes no Latin letters needs no switching', async () => {
    await row(8).click();
    await isAt(8);
    const press = (key: string, code: string): Promise<void> => page.evaluate(([sign, place]) => { document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: sign ?? '', code: place ?? '', bubbles: true, cancelable: true })); }, [key, code]);
    await press('ф', 'KeyA');
    await isAt(9);
    expect(await decisionOf(8)).toBe('Accepted');
    await press('ع', 'KeyU');
    await isAt(10);
    expect(await decisionOf(9)).toBe('Unsure');
    await press('я', 'KeyZ');
    await isAt(9);
    await expect.poll(() => decisionOf(9), patience).toBeNull();
  });

  test('what an input method is composing judges nothing', async () => {
    await page.evaluate(() => { document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', code: 'KeyA', bubbles: true, cancelable: true, isComposing: true })); });
    await page.evaluate(() => { document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Process', code: 'KeyA', keyCode: 229, bubbles: true, cancelable: true })); });
    await page.keyboard.press('j');
    await isAt(10);
    expect(await decisionOf(9)).toBeNull();
  });

  test('nothing went wrong inside the page', () => expect(opened.faults).toEqual([]));
});
