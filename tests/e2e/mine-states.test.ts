import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from './support/axe.ts';
import { launchBrowser, openPage } from './support/browser.ts';
import { fakeJob, fakeProject, fakeRow, fakeRun } from './support/fake-run.ts';
import { fakeWorkbench, type Answers, type FakeWorkbench } from './support/fake-workbench.ts';
import { startHost, type Host } from './support/host.ts';

/** States of the room that the sample project passes through too fast, or never shows. */
describe('states of a run', () => {
  let host: Host;
  let browser: Browser;

  let context: BrowserContext;

  beforeAll(async () => {
    host = await startHost();
    browser = await launchBrowser();
    ({ context } = await openPage(browser, host.url));
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const show = async (answers: Answers, look: { readonly dark?: boolean; readonly contrast?: boolean } = {}): Promise<{ readonly page: Page; readonly workbench: FakeWorkbench }> => {
    const page = await context.newPage();
    await page.emulateMedia({ colorScheme: look.dark === true ? 'dark' : 'light', contrast: look.contrast === true ? 'more' : 'no-preference' });
    const workbench = await fakeWorkbench(page, answers);
    await page.goto(`${new URL(host.url).origin}/#/mine/12`);
    await page.getByRole('main', { name: 'Mine' }).waitFor();
    return { page, workbench };
  };
  const running = fakeRun({ state: 'running', endedAt: null, counts: null, threshold: null, cut: null, cutBy: null });

  test('while it runs: time left, stages, margins and best pairs so far, log; nothing axe can find', async () => {
    const { page, workbench } = await show(fakeProject(running, [fakeJob()]), { dark: true });
    await page.getByText('1 min 30 s left', { exact: true }).waitFor();
    await page.getByText('tile 4 of 16, exact, both directions').waitFor();
    await page.getByText('6 118 pairs. From 4 of 16 tiles.').waitFor();
    await page.getByText(/Satz 3:/u).waitFor();
    await page.getByText('Encode de: batch 41').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    workbench.tell('jobs.changed', fakeJob({ secondsLeft: 30 }));
    await page.getByText('30 s left', { exact: true }).waitFor();
    await expect.poll(() => workbench.calls('mine.partial')).toBeGreaterThan(1);
    await page.close();
  });

  test('paused: the ruler stands, and the way on is the button', async () => {
    const { page, workbench } = await show({ ...fakeProject(running, [fakeJob()]), 'jobs.pause': () => fakeJob({ state: 'paused' }), 'jobs.resume': () => fakeJob() });
    await page.getByText('1 min 30 s left', { exact: true }).waitFor();
    await page.keyboard.press('p');
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.keyboard.press('Shift+P');
    await page.getByText('1 min 30 s left', { exact: true }).waitFor();
    expect(workbench.calls('jobs.resume')).toBe(1);
    await page.close();
  });

  test('interrupted: found at once in any room, and resumed from there', async () => {
    const { page, workbench } = await show({ ...fakeProject(running, [fakeJob({ state: 'interrupted' })]), 'jobs.resume': () => fakeJob() });
    await page.goto(`${new URL(host.url).origin}/#/corpora`);
    const line = page.locator('footer').getByRole('status').filter({ hasText: /was interrupted; nothing that was done is lost/u });
    await line.waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await line.getByRole('button', { name: 'Resume' }).click();
    await line.waitFor({ state: 'detached' });
    expect(workbench.calls('jobs.resume')).toBe(1);
    await page.close();
  });

  test('narrow: facts of the current row fold into a line over it, and why stays readable', async () => {
    const { page } = await show(fakeProject(fakeRun(), [], 400));
    await page.setViewportSize({ width: 1100, height: 760 });
    const row = page.getByRole('grid', { name: 'Pairs in the order of their margin' }).locator('[data-position][tabindex="0"]');
    await row.getByText(/^1 \/ \d$/u).waitFor();
    await page.getByRole('region', { name: 'Why this pair has its margin' }).getByRole('heading').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.close();
  });

  test('failed: what happened, what was kept and the next step stand in place', async () => {
    const failure = { code: 'disk-full' as const, message: 'The disk is full.', detail: 'Vectors of 25 140 sentences are kept.', hint: 'Free some space and resume the run.' };
    const { page } = await show(fakeProject(fakeRun({ ...running, state: 'failed' }), [fakeJob({ state: 'failed', failure })]), { contrast: true });
    const alert = page.getByRole('alert').filter({ hasText: 'The disk is full.' });
    await alert.waitFor();
    expect(await alert.textContent()).toContain('Vectors of 25 140 sentences are kept.');
    expect(await alert.getByRole('button', { name: /Resume the run/u }).isEnabled()).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.close();
  });

  test('without evidence for a cut: the reason is said, all pairs are shown, a number can be set', async () => {
    const reason = 'Only 38 candidates: at least 50 are needed.';
    const run = fakeRun({ cut: null, cutBy: null, threshold: { cut: null, reason, precision: null, precisionLow: null, precisionHigh: null, expectedTrue: null, curve: [] } });
    const cuts: unknown[] = [];
    const { page } = await show({ ...fakeProject(run), 'mine.cut': ({ cut }) => { cuts.push(cut); return fakeRun({ cut: Number(cut), cutBy: 'user' }); } });
    await page.getByText(reason).waitFor();
    expect(await page.getByRole('radio', { name: 'Auto' }).isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Value of the cut' }).fill('1,1');
    await page.keyboard.press('Enter');
    await expect.poll(() => cuts).toEqual([1.1]);
    await page.close();
  });

  test('warnings stand in place, one in sight, the others on demand', async () => {
    const run = fakeRun({ warnings: [{ kind: 'blind', text: 'The encoder is blind here: 3 % of the sentences are best both ways, 40 % elsewhere.' }, { kind: 'hubs', text: '212 hubs.' }] });
    const { page } = await show(fakeProject(run));
    await page.getByText(/The encoder is blind here/u).waitFor();
    expect(await page.getByText('212 hubs.').count()).toBe(0);
    await page.getByRole('button', { name: '1 more' }).click();
    await page.getByText('212 hubs.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.close();
  });

  test('Arabic reads from the spine, and only the newest preview of a cut is shown', async () => {
    const run = fakeRun({ source: { collection: 1, name: 'archive-ar', language: 'ar', sentences: 10 } });
    const arabic: Answers = { ...fakeProject(run), 'pairs.page': ({ from, count }) => ({ rows: Array.from({ length: count }, (_, index) => ({ ...fakeRow(from + index), source: { ...fakeRow(from + index).source, language: 'ar', text: 'تغلق الصيدلية يوم الأحد 12.' } })), count: 1_000_000 }) };
    const { page } = await show(arabic, { dark: true });
    const cell = page.getByRole('grid', { name: 'Pairs in the order of their margin' }).locator('[lang="ar"]').first();
    await cell.waitFor();
    expect(await cell.getAttribute('dir')).toBe('rtl');
    expect(await cell.evaluate((element) => getComputedStyle(element).textAlign)).toMatch(/start|right/u);
    const slider = page.getByRole('slider', { name: 'Cut' });
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toMatch(/1\s000\s000 pairs kept/u);
    await page.keyboard.press('Escape');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toMatch(/400\s000 pairs kept/u);
    await page.close();
  });
});
