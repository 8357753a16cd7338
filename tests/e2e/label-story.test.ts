import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProject } from '../../main/store/project.ts';
import { describeWithShared } from '../shared-data.ts';
import { accessibilityFaults } from './support/axe.ts';
import { launchBrowser, openPage } from './support/browser.ts';
import { knowAnnotator } from './support/fake-review.ts';
import { startHost, type Host } from './support/host.ts';

const sentences: readonly (readonly [string, readonly string[]])[] = [
  ['Peter lives in Berlin .', ['Peter/PER', 'Berlin/LOC']], ['Maria works in Munich with Thomas .', ['Maria/PER', 'Munich/LOC', 'Thomas/PER']], ['The train from Hamburg to Vienna is late .', ['Hamburg/LOC', 'Vienna/LOC']],
  ['Anna and Paul go to Paris .', ['Anna/PER', 'Paul/PER', 'Paris/LOC']], ['John has a house in London .', ['John/PER', 'London/LOC']], ['Our friend Martin comes from Italy .', ['Martin/PER', 'Italy/LOC']],
  ['In Rome we saw Julia and Robert .', ['Rome/LOC', 'Julia/PER', 'Robert/PER']], ['Susan sent a letter to Cologne .', ['Susan/PER', 'Cologne/LOC']],
];
const conll = sentences.map(([text, labels]) => text.split(' ').map((word) => `${word} ${labels.filter((label) => label.startsWith(`${word}/`)).map((label) => `B-${label.split('/')[1] ?? ''}`)[0] ?? 'O'}`).join('\n')).join('\n\n');

describeWithShared('models/tiny-m2m-en-de', 'a person carries labels over with a real translation model', (shared) => {
  let browser: Browser;
  let host: Host;
  let page: Page;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dragoman-label-'));
    const path = join(folder, 'story.dragoman');
    const project = openProject(path, { create: true });
    const anna = project.reviews.addAnnotator('anna', 1).id;
    project.close();
    [browser, host] = await Promise.all([launchBrowser(), startHost({ project: path })]);
    writeFileSync(join(host.folder, 'names.conll'), `${conll}\n`);
    cpSync(shared, join(host.folder, 'model'), { recursive: true });
    ({ page } = await openPage(browser, host.url));
    await page.evaluate(knowAnnotator(path, anna));
    await page.goto(`${new URL(host.url).origin}/#/label`);
    await page.reload();
  });
  afterAll(async () => {
    await browser.close();
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const chooser = (title: RegExp) => page.getByRole('dialog', { name: title });
  const intoFolder = async (dialog: ReturnType<typeof chooser>): Promise<void> => {
    await dialog.getByRole('option').first().waitFor();
    if (await dialog.getByRole('option', { name: 'names.conll' }).count() > 0) return;
    await dialog.getByRole('option').first().focus();
    await page.keyboard.press('Enter');
    await dialog.getByRole('option', { name: 'names.conll' }).waitFor();
  };
  const enter = async (dialog: ReturnType<typeof chooser>, name: string, button: string): Promise<void> => {
    await intoFolder(dialog);
    await dialog.getByRole('option', { name }).click();
    await dialog.getByRole('button', { name: button }).click();
    await dialog.waitFor({ state: 'hidden' });
  };

  test('import, translate, carry over by both methods, ten decisions by keyboard, export of both languages', async () => {
    await page.getByRole('button', { name: /Carry labels over/ }).first().click();
    const sheet = page.getByRole('dialog', { name: 'Carry labels to a translation' });
    await sheet.getByRole('button', { name: 'Choose…' }).first().click();
    await enter(chooser(/Labelled sentences/), 'names.conll', 'Read');
    await sheet.getByText('by a model').click();
    await sheet.getByText('Both', { exact: true }).click();
    await sheet.getByRole('button', { name: 'Choose…' }).last().click();
    await enter(chooser(/Translation model/), 'model', 'Read');
    expect(await accessibilityFaults(page)).toEqual([]);
    await sheet.getByRole('button', { name: 'Carry over' }).click();
    await page.getByRole('link', { name: /names.conll, de/ }).click({ timeout: 240_000 });
    await page.getByRole('radio', { name: 'All', exact: true }).check({ force: true });
    await expect.poll(() => page.getByRole('option').count()).toBeGreaterThanOrEqual(10);
    const spanOf = (): Promise<string | null> => page.locator('footer').textContent();
    for (let at = 0; at < 10; at += 1) {
      await expect.poll(spanOf).toContain(`Span ${at + 1} of`);
      await page.locator('tr[aria-current="true"]').waitFor();
      await page.keyboard.press(await page.locator('[data-chosen]').count() === 0 ? 'r' : at % 3 === 2 ? 'u' : 'a');
    }
    await expect.poll(spanOf).toContain('Span 11 of');
    for (const [key, title, name] of [['e', /Export the translations/, 'names.de.conll'], [null, /Export the sources/, 'names.en.conll']] as const) {
      if (key === null) {
        await page.keyboard.press('Control+K');
        await page.getByRole('combobox').or(page.getByRole('searchbox')).or(page.getByRole('textbox')).last().fill('export the sources');
        await page.keyboard.press('Enter');
      } else await page.keyboard.press(key);
      const dialog = chooser(title);
      await intoFolder(dialog);
      await dialog.getByRole('textbox').fill(name);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByText(new RegExp(`written to .*${name.replaceAll('.', String.raw`\.`)}`)).waitFor();
    }
    const source = readFileSync(join(host.folder, 'names.en.conll'), 'utf8');
    expect(source.split('\n').filter((line) => /B-(?:PER|LOC)/.test(line)).length).toBe(sentences.reduce((sum, [, labels]) => sum + labels.length, 0));
    expect(readFileSync(join(host.folder, 'names.de.conll'), 'utf8')).toMatch(/B-(?:PER|LOC)/);
  }, 400_000);
});
