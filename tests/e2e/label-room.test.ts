import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProject } from '../../main/store/project.ts';
import { accessibilityFaults } from './support/axe.ts';
import { launchBrowser, openPage } from './support/browser.ts';
import { knowAnnotator } from './support/fake-review.ts';
import { startHost, type Host } from './support/host.ts';
import { addLabelling, arabic, hindi } from './support/labelling.ts';

let browser: Browser;
let host: Host;
let page: Page;
let folder = '';
const ids = { hindi: 0, arabic: 0 };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-label-'));
  const path = join(folder, 'names.dragoman');
  const project = openProject(path, { create: true });
  ids.hindi = addLabelling(project, 'Names, news-en.conll', 'hi', hindi);
  ids.arabic = addLabelling(project, 'Names, Arabic', 'ar', arabic);
  const anna = project.reviews.addAnnotator('anna', 1).id;
  project.close();
  [browser, host] = await Promise.all([launchBrowser(), startHost({ project: path })]);
  ({ page } = await openPage(browser, host.url));
  await page.evaluate(knowAnnotator(path, anna));
  await page.reload();
});
afterAll(async () => {
  await browser.close();
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

const origin = (): string => new URL(host.url).origin;
const open = async (labelling: number): Promise<void> => {
  await page.goto(`${origin()}/#/label/${labelling}`);
  await page.getByRole('region', { name: 'Sentence and translation' }).waitFor();
};
const chosen = async (): Promise<string> => (await page.locator('[data-chosen]').allTextContents()).join(' ');
const current = () => page.locator('tr[aria-current="true"]');
const state = async (): Promise<string> => (await current().locator('td').nth(4).textContent()) ?? '';
const chosenIs = (words: string): Promise<void> => expect.poll(chosen).toBe(words);

test('the list leads to a labelling, whose least sure span is open', async () => {
  await page.goto(`${origin()}/#/label`);
  await page.getByRole('link', { name: /Names, news-en.conll/ }).click();
  await chosenIs('सुनीता राव ने');
  await expect.poll(() => page.getByRole('status').first().textContent()).toContain('3 of 6 spans, 3 hidden');
  expect(await page.getByRole('option').allTextContents()).toEqual(['PERSunita Rao0.64', 'LOCIndore0.66', 'LOCJabalpur0.70']);
  expect(await current().textContent()).toContain('differ');
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('by keyboard alone: candidates by number, edges by word, decisions by letter, undo', async () => {
  await open(ids.hindi);
  await chosenIs('सुनीता राव ने');
  await page.keyboard.press('3');
  await chosenIs('कवयित्री सुनीता राव');
  await page.keyboard.press('0');
  await chosenIs('सुनीता राव ने');
  await page.keyboard.press('ArrowLeft');
  await chosenIs('सुनीता राव');
  await page.keyboard.press('Shift+ArrowLeft');
  await chosenIs('कवयित्री सुनीता राव');
  await page.keyboard.press('Shift+ArrowRight');
  await chosenIs('सुनीता राव');
  await page.keyboard.press('a');
  await chosenIs('इंदौर में');
  await page.keyboard.press('Backspace');
  await expect.poll(state).toBe('accepted');
  await page.keyboard.press('r');
  await chosenIs('इंदौर में');
  await page.keyboard.press('u');
  await chosenIs('जबलपुर में');
  await page.keyboard.press('f');
  await expect.poll(state).toBe('openFlagged');
  for (const _ of [1, 2, 3]) await page.keyboard.press('z');
  await page.keyboard.press('k');
  await expect.poll(state).toBe('open');
  await page.keyboard.press('k');
  await expect.poll(state).toBe('accepted');
  await page.keyboard.press('z');
  await expect.poll(state).toBe('open');
});

test('a judged span stays in its place until the list is refreshed', async () => {
  await open(ids.hindi);
  await chosenIs('सुनीता राव ने');
  await page.keyboard.press('a');
  await chosenIs('इंदौर में');
  expect(await page.getByRole('option').count()).toBe(3);
  await page.keyboard.press('Shift+R');
  await expect.poll(() => page.getByRole('option').count()).toBe(2);
  await chosenIs('इंदौर में');
});

test('from right to left the arrows move edges as they point', async () => {
  await open(ids.arabic);
  await chosenIs('القاهرة');
  expect(await page.getByText('no word of the span is linked').isVisible()).toBe(true);
  await page.keyboard.press('j');
  await chosenIs('ليلى');
  await page.keyboard.press('1');
  await chosenIs('ليلى حداد');
  await page.keyboard.press('ArrowRight');
  await chosenIs('ليلى');
  await page.keyboard.press('ArrowLeft');
  await chosenIs('ليلى حداد');
  const boxes = await page.locator('[data-chosen]').evaluateAll((words) => words.map((word) => word.getBoundingClientRect().left));
  expect(boxes[0]).toBeGreaterThan(boxes[1] ?? 0);
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('pointing at a word shows the words it links to', async () => {
  await open(ids.arabic);
  await page.locator('[data-source]', { hasText: 'Crescent' }).hover();
  await expect.poll(() => page.locator('[data-target][data-hovered]').allTextContents()).toEqual(['الهلال']);
});

test('the translations are written with what was decided and else what the methods say', async () => {
  await open(ids.arabic);
  await page.keyboard.press('e');
  const chooser = page.getByRole('dialog', { name: /Export the translations/ });
  const name = chooser.getByRole('textbox');
  if (await chooser.getByText(host.folder, { exact: true }).count() === 0) {
    await chooser.getByRole('option').first().focus();
    await page.keyboard.press('Enter');
    await chooser.getByText(host.folder, { exact: true }).waitFor();
  }
  await name.fill('names.ar.conll');
  await chooser.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/3 spans written to/).waitFor();
  const tagged = readFileSync(join(host.folder, 'names.ar.conll'), 'utf8').split('\n').filter((line) => / [BI]-/.test(line.replace('\t', ' ')));
  expect(tagged.map((line) => line.replace(/\s+/u, ' '))).toEqual(['ليلى B-PER', 'الهلال B-ORG', 'الأحمر I-ORG', 'القاهرة B-LOC']);
});
