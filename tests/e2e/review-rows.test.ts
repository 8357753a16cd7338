import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure } from '../../main/contract/errors.ts';
import { accessibilityFaults } from './support/axe.ts';
import { launchBrowser, openPage, type Look } from './support/browser.ts';
import { fakeReview, fakeScheme, knowAnnotator } from './support/fake-review.ts';
import { fakeRow } from './support/fake-run.ts';
import { fakeWorkbench, type Answers } from './support/fake-workbench.ts';
import { startHost, type Host } from './support/host.ts';
import { patience } from './support/review.ts';
import { blankRowsWhile, costAt, traceFrames } from './support/scrolled-frames.ts';

const project = '/tmp/harbour.dragoman';
const all = 10_000_000;

/** Pairs made by rule and answered at once, so that only the page is measured; other schemes, nothing at all, and failures. */
describe('the review room over made pairs', () => {
  let host: Host;
  let browser: Browser;
  let login: BrowserContext;

  beforeAll(async () => {
    host = await startHost();
    browser = await launchBrowser();
    login = (await openPage(browser, host.url)).context;
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const open = async (answers: Answers, hash = '#/review/run/12', look: Look = {}): Promise<Page> => {
    const { page } = await openPage(browser, new URL(host.url).origin, { ...look, from: login });
    await page.evaluate(knowAnnotator(project, 1));
    await fakeWorkbench(page, answers);
    await page.goto(`${new URL(host.url).origin}/${hash}`);
    await page.reload();
    return page;
  };
  const gridOf = (page: Page): Locator => page.getByRole('grid', { name: 'Pairs to review' });
  const bodyOf = (page: Page): Locator => gridOf(page).getByRole('rowgroup').last();
  const inSight = (page: Page) => bodyOf(page).evaluate((element) => {
    const box = element.getBoundingClientRect();
    const rows = [...element.querySelectorAll('[data-position]')].filter((row) => { const { top, bottom } = row.getBoundingClientRect(); return bottom > box.top + 1 && top < box.bottom - 1; });
    const positions = rows.map((row) => Number(row.getAttribute('data-position')));
    return { first: Math.min(...positions), last: Math.max(...positions), blank: rows.filter((row) => !/Satz \d/u.test(row.textContent ?? '')).length, tops: rows.map((row) => row.getBoundingClientRect().top - box.top) };
  });
  const focused = (page: Page): Promise<number> => page.evaluate(() => Number(document.activeElement?.getAttribute('aria-rowindex')) - 1);

  describe('ten million rows', () => {
    let page: Page;
    beforeAll(async () => {
      page = await open(fakeReview(all));
      await gridOf(page).getByRole('row').nth(3).waitFor();
    });
    afterAll(() => page?.context().close());

    test('row 9 999 999 is reached by its number, and stands where it belongs', async () => {
      expect(await gridOf(page).getAttribute('aria-rowcount')).toBe(String(all + 1));
      await page.keyboard.press('g');
      await page.getByRole('textbox', { name: 'Go to row' }).fill('9 999 999');
      await page.keyboard.press('Enter');
      await page.locator('footer').last().getByText('Row 9 999 999 of 10 000 000').waitFor();
      await expect.poll(() => focused(page), patience).toBe(9_999_999);
      await gridOf(page).locator('[aria-rowindex="10000000"]').getByText('Satz 9999999:').waitFor();
      const { blank, tops } = await inSight(page);
      expect(blank).toBe(0);
      // At 240 million px every row still lies exactly one height below the one before.
      for (const [index, top] of tops.slice(1).entries()) expect(top - (tops[index] ?? 0)).toBeCloseTo(24, 3);
    });

    test('keys move by true rows at both ends', async () => {
      await page.keyboard.press('End');
      await expect.poll(() => focused(page), patience).toBe(all);
      await page.keyboard.press('ArrowUp');
      await expect.poll(() => focused(page), patience).toBe(all - 1);
      await page.keyboard.press('Home');
      await expect.poll(() => focused(page), patience).toBe(1);
      await page.keyboard.press('PageDown');
      await expect.poll(() => focused(page), patience).toBeGreaterThan(5);
    });

    test('the thumb reaches the end without blank rows', async () => {
      const box = await page.locator('[class*="track"][aria-hidden="true"]').last().boundingBox();
      if (box === null) throw new Error('The table has no scrollbar.');
      const blanks: number[] = [];
      await page.mouse.move(box.x + 5, box.y + 4);
      await page.mouse.down();
      for (let step = 1; step <= 10; step += 1) {
        await page.mouse.move(box.x + 5, box.y + 4 + (step * (box.height - 8)) / 10);
        blanks.push((await inSight(page)).blank);
      }
      await page.mouse.up();
      expect(blanks.every((blank) => blank === 0)).toBe(true);
      await expect.poll(async () => (await inSight(page)).last, patience).toBeGreaterThan(all * 0.98);
    });

    test('a scrolled frame shows no blank row; what it costs the main thread is told', async () => {
      await page.keyboard.press('l');
      await page.keyboard.press('Home');
      const scrolling = { frames: 240, turn: 48 };
      const costs = await traceFrames(page, bodyOf(page), scrolling);
      await expect.poll(async () => (await inSight(page)).first, patience).toBe(480);
      expect(await blankRowsWhile(bodyOf(page), scrolling)).toBe(0);
      console.info(`Main thread: ${costAt(costs, 0.5).toFixed(2)} ms a scrolled frame, 95 % below ${costAt(costs, 0.95).toFixed(2)}, 10 000 000 rows.`);
    });
  });

  test('a scheme of labels is asked level by level, by numbers', async () => {
    const judged: unknown[] = [];
    const scheme = fakeScheme({ id: 'tree', title: 'Tree', reasons: [], labels: [
      { id: 'wrong', title: 'Wrong', decision: null, children: [{ id: 'language', title: 'Language', decision: 'reject', children: [] }, { id: 'other', title: 'Other', decision: 'reject', children: [] }] },
      { id: 'right', title: 'Right', decision: 'accept', children: [] },
    ] });
    const page = await open({
      ...fakeReview(50), 'review.schemes': () => [scheme],
      'review.judge': (input) => { judged.push({ decision: input.decision, label: input.label }); return { rows: input.pairs.map((pair) => fakeRow(pair - 1)), entry: { id: 1, at: 0, annotator: 'mk', title: 'Judged', state: 'applied', focusPair: 1 } }; },
    });
    await gridOf(page).getByRole('row').nth(3).waitFor();
    const bar = page.getByRole('toolbar', { name: 'Decision', exact: true });
    await bar.getByRole('button', { name: 'Wrong' }).waitFor();
    await page.keyboard.press('1');
    await bar.getByRole('button', { name: 'Language' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Backspace');
    await bar.getByRole('button', { name: 'Right' }).waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('2');
    await expect.poll(async () => judged.length, patience).toBe(1);
    await page.keyboard.press('2');
    await expect.poll(async () => judged.length, patience).toBe(2);
    expect(judged).toEqual([{ decision: 'reject', label: { scheme: 'tree', path: ['wrong', 'other'] } }, { decision: 'accept', label: { scheme: 'tree', path: ['right'] } }]);
    await page.context().close();
  });

  test('with forced colours, what is chosen and what is judged still differ from the rest', async () => {
    const page = await open(fakeReview(50, (position) => ({ ...fakeRow(position), review: { ...fakeRow(position).review, decision: position === 2 ? 'reject' : 'none' } })), '#/review/run/12', { forced: true });
    await gridOf(page).getByRole('row').nth(3).waitFor();
    const outline = (row: number): Promise<string> => gridOf(page).locator(`[aria-rowindex="${row + 1}"]`).evaluate((element) => getComputedStyle(element).outlineStyle);
    expect([await outline(1), await outline(2)]).toEqual(['solid', 'none']);
    // The glyph and its word say it, where colour does not.
    const glyph = gridOf(page).locator('[aria-rowindex="4"] [data-column="spine"] [title="Rejected"] svg');
    expect((await glyph.boundingBox())?.width).toBeGreaterThan(8);
    await page.context().close();
  });

  test('a judgement that could not be written is told, and the row shows what the project has', async () => {
    const page = await open({ ...fakeReview(50), 'review.judge': () => { throw new Failure('disk-full', 'The disk is full.', { hint: 'Free some space.' }); } });
    await gridOf(page).getByRole('row').nth(3).waitFor();
    await page.keyboard.press('a');
    await page.getByText('The disk is full.').waitFor();
    await expect.poll(() => gridOf(page).locator('[aria-rowindex="2"] [data-column="spine"]').evaluate((cell) => cell.querySelector('[title]') === null), patience).toBe(true);
    await page.context().close();
  });

  test('nothing that matches, nothing to review, and a list that cannot be made say what to do', async () => {
    const empty = await open({ ...fakeReview(0), 'pairs.view': () => ({ view: 'v', count: 0, total: 100 }) }, `#/review/run/12/${Buffer.from(JSON.stringify({ join: 'all', of: [{ kind: 'kept', value: true }], order: null })).toString('base64url')}`);
    await empty.getByText('No pair matches all of this.').waitFor();
    expect(await accessibilityFaults(empty)).toEqual([]);
    await empty.context().close();
    const nothing = await open({ ...fakeReview(0), 'mine.runs': () => [] }, '#/review');
    await nothing.getByText('No pairs yet').waitFor();
    expect(await accessibilityFaults(nothing)).toEqual([]);
    await nothing.context().close();
    const failed = await open({ ...fakeReview(0), 'pairs.view': () => { throw new Failure('bad-input', 'These pairs have no column “gone”.', { hint: 'Remove the filter.' }); } });
    await failed.getByText('These pairs have no column “gone”.').waitFor();
    expect(await accessibilityFaults(failed)).toEqual([]);
    await failed.context().close();
  });

  test.each([['dark', { dark: true }], ['high contrast', { contrast: true }], ['forced colours', { forced: true }], ['a narrow window', { size: { width: 1024, height: 768 } }]] as const)('axe finds nothing in %s', async (_, look) => {
    const page = await open(fakeReview(1000), '#/review/run/12', look);
    await gridOf(page).getByRole('row').nth(3).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Shift+f');
    await page.getByRole('dialog').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.context().close();
  });
});
