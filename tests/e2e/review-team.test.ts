import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from './support/axe.ts';
import { launchBrowser, openPage, type Opened } from './support/browser.ts';
import { startHost, type Host } from './support/host.ts';
import { inChooser, judgeAs, onReview, openSample, patience, runAction } from './support/review.ts';

/** Polls with the patience that a loaded machine needs. */
const eventually = <T>(ask: () => Promise<T>) => expect.poll(ask, { timeout: 15_000 });

/** Two annotators in the sample project, what comes of their judgements, and keys of one's own; each step stands on the one before it. */
describe('several annotators', () => {
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
    await page.keyboard.press('v');
    await grid().getByRole('row').nth(3).waitFor();
    await judgeAs(page, 'ana');
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const { grid, bar, strip } = onReview(() => page);
  const sheet = (name: string): Locator => page.getByRole('dialog', { name, exact: true });
  const isAt = (number: number): Promise<void> => page.getByText(new RegExp(`^Row ${number} of`, 'u')).waitFor();
  /** Judges the rows from the first on, one key a row. */
  const judge = async (keys: string): Promise<void> => {
    await page.keyboard.press('l');
    await page.keyboard.press('Home');
    await isAt(1);
    for (const [index, key] of [...keys].entries()) { await page.keyboard.press(key); await isAt(index + 2); }
    await page.getByText('All saved').waitFor();
  };
  test('agreement says in words what numbers cannot: nobody judged what another judged', async () => {
    await judge('aaaaaaaauu');
    await runAction(page, 'Agreement');
    await sheet('Annotators').getByText('Too few: no pair was judged by two.').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  test('two judgements of the same pairs give agreement with its interval, and conflicts', async () => {
    await runAction(page, 'Judge under another');
    await page.getByRole('textbox', { name: 'Name or pseudonym' }).fill('ben');
    await page.keyboard.press('Enter');
    await page.locator('footer').last().getByText('ben').waitFor();
    await judge('aaaaaauuuu');
    await runAction(page, 'Agreement');
    const shown = sheet('Annotators');
    await shown.getByText('pairs judged by two or more').waitFor();
    await shown.getByText('80\u00A0%', { exact: true }).waitFor();
    expect(await shown.getByText('conflicts', { exact: true }).locator('..').locator('.figure').textContent()).toBe('2');
    expect(await shown.getByRole('table', { name: /^What one said/u }).getByRole('row').count()).toBe(3);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('progress is told of everybody, errors of nobody', async () => {
    await sheet('Annotators').getByText('Progress', { exact: true }).click();
    const row = sheet('Annotators').getByRole('row', { name: /^ben/u });
    await eventually(() => row.getByRole('cell').first().textContent()).toBe('10');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('conflicts stand side by side, and one key decides between them', async () => {
    await sheet('Annotators').getByText('Agreement', { exact: true }).first().click();
    await sheet('Annotators').getByRole('button', { name: 'Adjudicate' }).click();
    const judgements = page.getByRole('region', { name: 'Judgements of this pair' });
    await judgements.getByText('Your key decides between:').waitFor();
    await eventually(() => judgements.getByRole('listitem').allTextContents()).toHaveLength(2);
    const said = (await judgements.getByRole('listitem').allTextContents()).join(' ');
    expect(said).toMatch(/ana.*Accepted.*ben.*Unsure/u);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('l');
    await page.keyboard.press('a');
    await isAt(2);
    await page.keyboard.press('a');
    await page.getByRole('button', { name: /^In conflict\s*0$/u }).or(page.getByText('2 judged rows no longer match.')).first().waitFor();
    await judgements.getByText('Adjudicated. Said before:').waitFor();
    await page.getByRole('button', { name: 'Remove Decision' }).click();
  });

  test('judged pairs say where to cut; too few of them say so', async () => {
    await runAction(page, 'Threshold by evidence');
    const shown = sheet('Threshold by evidence');
    await shown.getByRole('status').waitFor();
    expect(await shown.getByRole('button', { name: 'Cut', exact: true }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await shown.waitFor({ state: 'detached' });
    await page.keyboard.press('Shift+D');
    await sheet('Decide').getByRole('button', { name: /^Accept \d+ pairs$/u }).click();
    await page.getByText(/^Accepted \d+ pairs\.$/u).waitFor();
    await runAction(page, 'Threshold by evidence');
    await shown.getByRole('textbox', { name: 'Wanted precision, %' }).fill('60');
    const cut = shown.getByRole('button', { name: /^Cut at/u });
    await cut.waitFor();
    await shown.getByText('Precision of what is kept').waitFor();
    expect(await shown.getByRole('img').getAttribute('aria-label')).toMatch(/^Precision by bands of Margin\. .*of \d+ right/u);
    expect(await accessibilityFaults(page)).toEqual([]);
    await cut.click();
    await page.getByText(/^Cut at \S+, by evidence\.$/u).waitFor();
  });

  test('a queue goes out as a file; what comes back is merged, and lines that fit nothing are listed', async () => {
    await page.keyboard.press('q');
    await sheet('Open a queue').getByRole('button', { name: 'Open the queue' }).click();
    await sheet('Open a queue').waitFor({ state: 'detached' });
    await runAction(page, 'Work packages');
    const shown = sheet('Annotators');
    await shown.getByRole('button', { name: 'Write a package…' }).click();
    await inChooser(page).saveAs('package.jsonl.gz');
    await shown.getByText(/^Wrote \d+ pairs, .*package\.jsonl\.gz$/u).waitFor();
    await shown.getByRole('button', { name: 'Write a package…' }).click();
    await inChooser(page).saveAs('package.jsonl.gz');
    await shown.getByRole('button', { name: 'Replace it' }).click();
    await shown.getByText(/^Wrote \d+ pairs/u).waitFor();
    writeFileSync(join(host.folder, 'decisions.tsv'), 'pair_id\tdecision\n3\taccept\n999999\treject\n');
    await shown.getByRole('button', { name: 'Import decisions…' }).click();
    await inChooser(page).read('decisions.tsv');
    await shown.getByText('Lines that could not be taken over').first().waitFor();
    await shown.getByText('Line 3:').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await shown.waitFor({ state: 'detached' });
  });

  test('blind judging of a queue ends when it is said twice', async () => {
    await page.keyboard.press('q');
    const shown = sheet('Open a queue');
    for (const name of ['ana', 'ben']) await shown.getByText(name, { exact: true }).first().click();
    await shown.getByRole('textbox', { name: 'Name', exact: true }).fill('Shared');
    await shown.getByRole('button', { name: 'Open the queue' }).click();
    await shown.waitFor({ state: 'detached' });
    const way = strip().getByRole('button', { name: 'End blind judging' });
    await way.click();
    const question = page.getByRole('group', { name: 'End blind judging' });
    await question.getByText('(ana, ben)').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    // The safe answer has the keyboard.
    await page.keyboard.press('Enter');
    await bar().waitFor();
    await way.waitFor();
    await runAction(page, 'End blind judging');
    await question.getByRole('button', { name: 'End blind judging' }).click();
    await page.getByText('Blind judging of Shared has ended.').waitFor();
    await way.waitFor({ state: 'detached' });
  });

  test('a key is changed by pressing another; conflicts are told; buttons, palette and the sheet of keys follow', async () => {
    await page.keyboard.press('?');
    await sheet('Keys').getByRole('button', { name: 'Change keys…' }).click();
    const shown = sheet('Change keys');
    // Other rooms have flags, too.
    const here = shown.locator('section').filter({ has: page.getByRole('heading', { name: 'Review' }) });
    await shown.getByRole('textbox', { name: 'Find an action' }).fill('flag');
    await here.getByRole('button', { name: 'Press another key for “Flag”' }).click();
    await shown.getByText('Press a key, Esc leaves').waitFor();
    await page.keyboard.press('u');
    await shown.getByText('U also means “Unsure”').waitFor();
    await shown.getByText('1 key means two things in one place.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await here.getByRole('button', { name: 'Take U from “Flag”' }).click();
    await shown.getByText('No key means two things in one place.').waitFor();
    await here.getByRole('button', { name: 'Take F from “Flag”' }).click();
    await here.getByRole('button', { name: 'Press another key for “Flag”' }).click();
    await page.keyboard.press('d');
    await shown.getByRole('button', { name: 'Done' }).click();
    const flag = bar().getByRole('button', { name: /^Flag/u });
    await eventually(() => flag.locator('kbd').textContent()).toBe('D');
    await page.keyboard.press('l');
    await page.keyboard.press('d');
    await eventually(() => flag.getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('f');
    expect(await flag.getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('?');
    await sheet('Keys').getByRole('listitem').filter({ hasText: /^FlagD$/u }).waitFor();
    await page.keyboard.press('Escape');
    await page.reload();
    await eventually(() => flag.locator('kbd').textContent()).toBe('D');
    expect(opened.faults).toEqual([]);
  });

  test('the palette goes to a row, to a pair by its number, and filters by words', async () => {
    const ask = async (words: string): Promise<void> => {
      // A sheet that is just closing still has the keys.
      const hint = page.getByText('also: / text, # row, @ pair id');
      await expect.poll(async () => {
        if (await hint.count() === 0) await page.keyboard.press('Control+k');
        return hint.waitFor({ timeout: 2_000 }).then(() => true, () => false);
      }, patience).toBe(true);
      await page.getByRole('dialog', { name: 'Find an action' }).getByRole('combobox').fill(words);
      await page.keyboard.press('Enter');
    };
    await grid().getByRole('row').nth(3).waitFor();
    await ask('#7');
    await isAt(7);
    const pair = Number(/^Pair (\S+)/u.exec(await page.getByRole('heading', { name: /^Pair \d+/u }).textContent() ?? '')?.[1]);
    await ask('#2');
    await isAt(2);
    await ask(`@${pair}`);
    await isAt(7);
    await ask('/the');
    await page.getByRole('button', { name: 'Remove Text' }).waitFor();
    expect(opened.faults).toEqual([]);
  });

  test('words that name nothing, and a queue that is not there, are told', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Find an action' }).getByRole('combobox').fill('qqqq');
    await page.getByText('No action has this name.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.evaluate(() => { location.hash = '#/review/queue/77'; });
    await page.getByText('There is no queue 77 in this project.').waitFor();
    expect(await grid().count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'What else is there' }).click();
    await page.getByRole('heading', { name: 'What shall be reviewed' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
