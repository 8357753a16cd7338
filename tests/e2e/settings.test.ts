import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from './support/axe.ts';
import { launchBrowser, openPage, type Opened } from './support/browser.ts';
import { startHost, type Host } from './support/host.ts';

/** Settings and About in a real browser over the sample project. */
describe('the settings', () => {
  let host: Host;
  let browser: Browser;
  let opened: Opened;
  let page: Page;

  const openSettings = async (section: string): Promise<Locator> => {
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: section }).click();
    return page.getByRole('tabpanel', { name: section });
  };
  const close = (): Promise<void> => page.keyboard.press('Escape');
  const fontSize = (): Promise<number> => page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
  const choose = async (label: string, option: string | RegExp): Promise<void> => {
    await page.getByRole('button', { name: label }).click();
    await page.getByRole('option', { name: option }).click();
  };

  beforeAll(async () => {
    [host, browser] = await Promise.all([startHost(), launchBrowser()]);
    opened = await openPage(browser, host.url);
    page = opened.page;
    await page.getByRole('button', { name: 'Open the sample project' }).first().click();
    await page.getByRole('grid').waitFor({ timeout: 150_000 });
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  test('every section is reached by keyboard and axe finds nothing wrong in any theme', async () => {
    for (const theme of ['Light', 'Dark', 'Contrast']) {
      await page.keyboard.press('Control+,');
      await page.getByRole('radiogroup', { name: 'Theme' }).getByText(theme).click();
      await page.getByRole('tab', { name: 'Look' }).focus();
      for (const section of ['Look', 'Text faces', 'Keys', 'Computing', 'Storage', 'Privacy']) {
        expect(await page.getByRole('tab', { name: section }).getAttribute('aria-selected')).toBe('true');
        expect(await accessibilityFaults(page), `${theme}, ${section}`).toEqual([]);
        await page.keyboard.press('ArrowDown');
      }
      await close();
    }
    await openSettings('Look');
    await page.getByRole('radiogroup', { name: 'Theme' }).getByText('Light').click();
    await close();
  });

  test('zoom goes by keys from anywhere, scales letters, rows and the frame, and is kept', async () => {
    const barHeight = (): Promise<number> => page.locator('header').first().evaluate((element) => element.getBoundingClientRect().height);
    const rowHeight = (): Promise<number> => page.locator('[data-position]').nth(1).evaluate((element) => element.getBoundingClientRect().height);
    const before = { bar: await barHeight(), row: await rowHeight() };
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Control+=');
    expect(await fontSize()).toBe(24);
    expect(await barHeight()).toBeCloseTo(before.bar * 1.5, 0);
    expect(await rowHeight()).toBe(before.row * 1.5);
    await page.reload();
    await page.getByRole('grid').waitFor();
    expect(await fontSize()).toBe(24);
    await page.keyboard.press('Control+-');
    expect(await fontSize()).toBe(20);
    await page.keyboard.press('Control+0');
    expect([await fontSize(), await barHeight()]).toEqual([16, before.bar]);
  });

  test.each([0.8, 1.25, 1.5, 2])('at %d the frame stays inside the window and is free of faults', async (zoom) => {
    await page.evaluate((value) => localStorage.setItem('dragoman.page', JSON.stringify({ ...JSON.parse(localStorage.getItem('dragoman.page') ?? '{}') as object, zoom: value })), zoom);
    await page.reload();
    await page.getByRole('grid').waitFor();
    const outside = await page.evaluate(() => [...document.querySelectorAll('header, main, header > *, [role="status"]')].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > window.innerWidth + 1 || box.left < -1 || box.bottom > window.innerHeight + 1);
    }).map((element) => element.outerHTML.slice(0, 120)));
    expect(outside).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Control+0');
  });

  test('a face and a size hold for the texts of their script only, at once and after a reload', async () => {
    const panel = await openSettings('Text faces');
    const row = (script: string): Locator => panel.locator(`tr[data-script="${script}"]`);
    const style = (script: string): Promise<{ readonly family: string; readonly size: number }> => row(script).locator('.text').evaluate((element) => ({ family: getComputedStyle(element).fontFamily, size: Number.parseFloat(getComputedStyle(element).fontSize) }));
    const before = { Latn: await style('Latn'), Cyrl: await style('Cyrl') };
    await row('Latn').getByRole('button', { name: /As usual: Source Serif 4/u }).click();
    await page.getByRole('option', { name: 'Source Sans 3' }).click();
    await row('Latn').getByRole('button', { name: /Size of Latin/u }).click();
    await page.getByRole('option', { name: /^120/u }).click();
    expect((await style('Latn')).family).toMatch(/^"Source Sans 3 Variable"/u);
    expect((await style('Latn')).size).toBeCloseTo(before.Latn.size * 1.2, 1);
    expect(await style('Cyrl')).toEqual(before.Cyrl);
    await close();
    const inGrid = (): Promise<string> => page.locator('[data-position] .text[data-script="Latn"]').first().evaluate((element) => getComputedStyle(element).fontFamily);
    expect(await inGrid()).toMatch(/^"Source Sans 3 Variable"/u);
    await page.reload();
    await page.getByRole('grid').waitFor();
    expect(await inGrid()).toMatch(/^"Source Sans 3 Variable"/u);
    await (await openSettings('Text faces')).getByRole('button', { name: 'All faces as usual' }).click();
    await close();
    expect(await inGrid()).toMatch(/^"Source Serif 4 Variable"/u);
  });

  test('a face that is not here is refused by its name', async () => {
    const panel = await openSettings('Text faces');
    await panel.locator('tr[data-script="Arab"]').getByRole('button', { name: /Face of Arabic/u }).click();
    await page.getByRole('option', { name: 'By its name…' }).click();
    await page.getByRole('textbox', { name: 'Name of the face for Arabic' }).fill('No Such Face At All');
    await page.keyboard.press('Enter');
    const fault = page.getByText('No face of this name here has these signs.');
    await fault.waitFor();
    expect(await page.evaluate(() => JSON.parse(localStorage.getItem('dragoman.page') ?? '{}') as { readonly faces?: unknown })).toMatchObject({ faces: {} });
    await close();
    await close();
  });

  test('providers are shown as measured, and another choice and number of threads hold for the next plan', async () => {
    const panel = await openSettings('Computing');
    const table = panel.getByRole('table', { name: 'Measured on this machine' });
    await table.locator('tr[data-provider="cpu"]').getByText('available').waitFor();
    expect(await table.locator('tr[data-provider="coreml"]').textContent()).toContain(process.platform === 'darwin' ? '' : 'not on this system');
    expect(await table.locator('tr[data-chosen]').count()).toBe(1);
    await choose('Threads', /^1$/u);
    await choose('Computed on', /^CPU/u);
    await panel.getByText('Measured with another number of threads than is set now.').waitFor();
    await panel.getByRole('button', { name: 'Measure again' }).first().click();
    await panel.getByText('with 1 thread').waitFor({ timeout: 60_000 });
    const kept = JSON.parse(readFileSync(join(host.folder, '..', 'data', 'settings.json'), 'utf8')) as { readonly settings: unknown };
    expect(kept.settings).toEqual({ provider: 'cpu', threads: 1, cacheFolder: null });
    expect(await accessibilityFaults(page)).toEqual([]);
    await close();
  });

  test('a clean-up shows what it would free, frees that, and says so', async () => {
    const panel = await openSettings('Storage');
    const vectors = panel.locator('tr[data-kind="vectors"]');
    await vectors.waitFor();
    const [size, free] = await vectors.locator('td').allTextContents();
    expect(free).toBe(size);
    expect(await panel.locator('tr[data-kind="results"] td').last().textContent()).toBe('Nothing');
    expect(await panel.getByRole('button', { name: 'Nothing chosen' }).isDisabled()).toBe(true);
    await vectors.getByText('Vectors of runs').click();
    await panel.getByRole('button', { name: `Free ${size ?? ''}` }).click();
    await panel.getByText(`Freed ${size ?? ''}: Vectors of runs, ${size ?? ''}.`).waitFor();
    await vectors.waitFor({ state: 'detached' });
    const side = join(host.folder, '..', 'data', 'Sample.dragoman.d');
    expect(readdirSync(join(side, 'vectors'))).toEqual([]);
    expect(existsSync(join(side, 'runs', '1', 'forward.bin'))).toBe(true);
    await close();
  });

  test('about says version, no telemetry, no updates, and finds the licence of a part', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('About');
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: 'About Dragoman' });
    await sheet.getByText('by hand only').waitFor();
    await sheet.getByRole('textbox', { name: /Find a name/u }).fill('onnxruntime-node');
    await sheet.getByRole('option', { name: /onnxruntime-node/u }).first().click();
    await sheet.getByRole('article', { name: /onnxruntime-node/u }).getByText(/Permission is hereby granted/u).first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await close();
  });

  test('settings that cannot be read are put aside, said at once, and everything is as at first', async () => {
    const file = join(host.folder, '..', 'data', 'settings.json');
    writeFileSync(file, '{"version": 1, "settings": {"provider": "abacus"}}');
    await page.reload();
    await page.getByText(/settings in .*could not be used/u).first().waitFor();
    expect(existsSync(file)).toBe(false);
    expect(readFileSync(`${file}.unreadable`, 'utf8')).toContain('abacus');
  });

  test('nothing went wrong inside the page', () => expect(opened.faults).toEqual([]));
});
