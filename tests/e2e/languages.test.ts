import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ar } from '../../renderer/strings/ar.ts';
import { speak, t, type Message } from '../../renderer/strings/catalogue.ts';
import { de } from '../../renderer/strings/de.ts';
import { en } from '../../renderer/strings/en.ts';
import { locales, type InterfaceLanguage } from '../../renderer/strings/locale.ts';
import { accessibilityFaults } from './support/axe.ts';
import { launchBrowser, openPage, type Opened } from './support/browser.ts';
import { fakeProject, fakeRun } from './support/fake-run.ts';
import { fakeWorkbench } from './support/fake-workbench.ts';
import { startHost, type Host } from './support/host.ts';
import { openSample, patience } from './support/review.ts';

const english: Readonly<Record<string, Message>> = en;
const translated: Readonly<Record<'de' | 'ar', Readonly<Record<string, Message | undefined>>>> = { de, ar };
const formsOf = (message: Message | undefined): readonly string[] => (message === undefined ? [] : typeof message === 'string' ? [message] : Object.values(message));

/** What a message looks like on the page, whatever its values are; undefined for one that is nothing but values. */
const patternOf = (message: string): RegExp | undefined => {
  const plain = message.replace(/<\/?b>/gu, '');
  if (!/[a-z]{3}/iu.test(plain.replace(/\{\w+\}/gu, ''))) return undefined;
  return new RegExp(`^${plain.split(/\{\w+\}/u).map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)).join('.+')}$`, 'u');
};

/** English messages among the words on the page; names, paths and texts of the material are somebody else's words. */
const englishLeft = async (page: Page, language: 'de' | 'ar'): Promise<readonly string[]> => {
  const words = await page.evaluate(() => {
    const notOurs = 'bdi, code, pre, .mono, .text, script, style, [lang]:not(html)';
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() !== null) if (walker.currentNode.parentElement?.closest(notOurs) === null) found.push(walker.currentNode.textContent ?? '');
    for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder]')) {
      if (element.closest(notOurs) === null) for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '');
    }
    return [...new Set(found.map((each) => each.trim()).filter((each) => each !== ''))];
  });
  expect(words.length).toBeGreaterThan(20);
  const own = Object.values(translated[language]).flatMap(formsOf).flatMap((form) => patternOf(form) ?? []);
  const left = Object.entries(english).filter(([key, message]) => JSON.stringify(message) !== JSON.stringify(translated[language][key])).flatMap(([, message]) => formsOf(message)).flatMap((form) => patternOf(form) ?? []);
  return words.filter((word) => left.some((pattern) => pattern.test(word)) && !own.some((pattern) => pattern.test(word)));
};

/** The sample project, the language changed under it again and again; the page is never loaded anew. */
describe('the interface in other languages', () => {
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
    await speak('en');
    await browser?.close();
    await host?.close();
  });

  const html = (name: string): Promise<string | null> => page.locator('html').getAttribute(name);
  const dialog = (): Locator => page.getByRole('dialog', { name: t('settings.title') });

  /** Chooses a language in the settings, as a user does; the test speaks it from then on, too. */
  const choose = async (language: InterfaceLanguage): Promise<void> => {
    await page.keyboard.press('Control+,');
    await dialog().getByRole('button', { name: t('settings.language') }).click();
    await page.getByRole('option', { name: locales[language].ownName }).click();
    await expect.poll(() => html('lang'), patience).toBe(language);
    await speak(language);
    await dialog().waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  };

  test('German is spoken at once, without loading the page anew', async () => {
    await page.evaluate(() => { (window as { sameVisit?: boolean }).sameVisit = true; });
    await choose('de');
    await page.getByRole('slider', { name: 'Schwelle' }).waitFor();
    expect(await html('dir')).toBe('ltr');
    expect(await page.getByRole('slider', { name: 'Schwelle' }).getAttribute('aria-valuetext')).toMatch(/^\d,\d{3}: /u);
    expect(await englishLeft(page, 'de')).toEqual([]);
    expect(await page.evaluate(() => (window as { sameVisit?: boolean }).sameVisit)).toBe(true);
  });

  test('a draft in an editor outlives a change of the language', async () => {
    await page.keyboard.press('v');
    await page.getByRole('grid', { name: t('review.grid') }).waitFor();
    await page.locator('[aria-rowindex="2"]').first().waitFor();
    await page.keyboard.press('a');
    await page.getByRole('textbox', { name: t('review.who.name') }).fill('mk');
    await page.keyboard.press('Enter');
    await page.getByRole('toolbar', { name: t('review.bar'), exact: true }).waitFor();
    const editor = page.locator('textarea').first();
    await page.keyboard.press('e');
    await editor.waitFor();
    await editor.press('End');
    await page.keyboard.type(' So bleibt es.');
    const draft = await editor.inputValue();
    // Whoever leaves an editor finds the draft when they come back.
    await choose('ar');
    await page.keyboard.press('e');
    await editor.waitFor();
    expect(await editor.inputValue()).toBe(draft);
    expect(await html('dir')).toBe('rtl');
    await editor.press('Escape');
    expect(await page.evaluate(() => (window as { sameVisit?: boolean }).sameVisit)).toBe(true);
  });

  test('in Arabic the frame is mirrored, texts and charts keep their own direction', async () => {
    await page.getByRole('grid', { name: t('review.grid') }).waitFor();
    const centre = async (locator: Locator): Promise<number> => { const box = await locator.boundingBox(); return (box?.x ?? 0) + (box?.width ?? 0) / 2; };
    const cells = page.locator('[aria-rowindex="2"]').first();
    expect(await centre(cells.locator('[data-column="source"]'))).toBeGreaterThan(await centre(cells.locator('[data-column="target"]')));
    expect(await centre(cells.getByRole('rowheader'))).toBeGreaterThan(await centre(cells.locator('[data-column="source"]')));
    expect(await cells.locator('[data-column="target"] .text').first().evaluate((text) => { const { direction, textAlign } = getComputedStyle(text); return [direction, textAlign]; })).toEqual(['ltr', 'left']);
    await page.keyboard.press('Shift+M');
    const cut = page.getByRole('slider', { name: t('mine.chart.label') });
    await cut.waitFor();
    const before = { at: await centre(cut), value: Number(await cut.getAttribute('aria-valuenow')) };
    await cut.focus();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift+ArrowRight');
    expect(Number(await cut.getAttribute('aria-valuenow'))).toBeGreaterThan(before.value);
    await expect.poll(() => centre(cut), patience).toBeGreaterThan(before.at);
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });

  test.each(['ar', 'de'] as const)('the rooms speak %s and nothing else, without a fault that axe can find', async (language) => {
    if ((await html('lang')) !== language) await choose(language);
    for (const [chord, seen] of [['Shift+M', page.getByRole('slider', { name: t('mine.chart.label') })], ['v', page.getByRole('grid', { name: t('review.grid') })], ['Shift+C', page.getByRole('heading', { name: t('corpora.heading') })]] as const) {
      await page.keyboard.press(chord);
      await seen.first().waitFor();
      expect([chord, await englishLeft(page, language)]).toEqual([chord, []]);
      expect([chord, await accessibilityFaults(page)]).toEqual([chord, []]);
    }
    await page.evaluate(() => { location.hash = '#/models'; });
    await page.getByText(t('models.heading')).first().waitFor();
    expect(await englishLeft(page, language)).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    for (const chord of ['Shift+J', '?', 'Control+,', 'Shift+E']) {
      await page.keyboard.press(chord);
      await page.getByRole('dialog').first().waitFor();
      expect([chord, await englishLeft(page, language)]).toEqual([chord, []]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });

  test('the choice is kept: the next visit starts in it', async () => {
    await page.reload();
    await page.getByText(t('models.heading')).first().waitFor();
    expect(await html('lang')).toBe('de');
    expect(opened.faults).toEqual([]);
  });
});

/** Numbers that no one project shows side by side: projects made up for the list on the start page. */
describe('numbers of the other languages', () => {
  let host: Host;
  let browser: Browser;
  let opened: Opened;

  beforeAll(async () => {
    host = await startHost();
    browser = await launchBrowser();
    opened = await openPage(browser, host.url);
  });
  afterEach(() => speak('en'));
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  test.each([
    ['de', ['0 Sätze, noch ohne Mining', '1 Paar', '2 Paare', '3 Paare', '11 Paare', '100 Paare']],
    ['ar', ['0 جملة بلا تنقيب بعد', 'زوج واحد', 'زوجان', '3 أزواج', '11 زوجًا', '100 زوج']],
  ] as const)('0, 1, 2, 3, 11 and 100 have their words in %s', async (language, words) => {
    const page = await opened.context.newPage();
    await page.addInitScript((choice) => localStorage.setItem('dragoman.page', JSON.stringify({ language: choice })), language);
    const answers = fakeProject(fakeRun());
    await fakeWorkbench(page, {
      ...answers,
      'project.status': () => ({ path: null, name: null, sample: false, warnings: [], undo: null, redo: null, pairs: 0, sentences: 0 }),
      'project.specimen': () => ({ rows: [], cut: null }),
      'project.recent': () => [0, 1, 2, 3, 11, 100].map((pairs) => ({ path: `/tmp/p${pairs}.dragoman`, name: `P${pairs}`, openedAt: Date.now(), languages: ['de', 'en'], sentences: 0, pairs, missing: false })),
    });
    await page.goto(`${new URL(host.url).origin}/`);
    for (const each of words) await page.getByText(each, { exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('dir')).toBe(locales[language].direction);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.close();
  });
});
