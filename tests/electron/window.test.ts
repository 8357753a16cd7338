import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * The real window: Electron's own binary on the built program (`npm test -- electron` builds it, and skips all of this where there is no binary).
 *
 * Playwright speaks with Electron through Node's inspector: the binary needs the fuse EnableNodeCliInspectArguments, which npm's has and a shipped one has not.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = process.env['ELECTRON_PATH'];

describe.skipIf(binary === undefined)('the window', () => {
  const home = mkdtempSync(join(tmpdir(), 'dragoman-window-'));
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    app = await _electron.launch({ executablePath: binary ?? '', args: [root], env: { ...process.env, DRAGOMAN_HOME: home } as Record<string, string> });
    page = await app.firstWindow();
    await page.getByRole('heading', { name: 'Start' }).waitFor();
  });
  afterAll(() => { rmSync(home, { recursive: true, force: true }); });

  const processIds = (name: string): Promise<number[]> => app.evaluate(({ app: electron }, wanted) => electron.getAppMetrics().filter((each) => each.name === wanted).map((each) => each.pid), name);

  it('shows the page under app://, without Node and with one function of the preload', async () => {
    expect(page.url()).toMatch(/^app:\/\/dragoman\/index\.html/u);
    expect(await page.evaluate('[typeof require, typeof process, Object.keys(dragoman).join()]')).toEqual(['undefined', 'undefined', 'pathOf']);
  });

  it('stays on its page and opens no other', async () => {
    await page.evaluate('location.href = "https://example.org/"; window.open("https://example.org/"); null');
    await page.waitForTimeout(500);
    expect(page.url()).toMatch(/^app:/u);
    expect(app.windows()).toHaveLength(1);
  });

  it('has the menus of its actions', async () => {
    const labels = (): Promise<string[]> => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label) ?? []);
    await expect.poll(labels, { timeout: 5000 }).toContain('Edit');
  });

  it('mines the sample project in its engine', async () => {
    await page.getByRole('button', { name: 'Open the sample project' }).first().click();
    await page.getByText('No jobs running').waitFor({ timeout: 150_000 });
    expect(await processIds('dragoman engine')).toHaveLength(1);
  });

  it('survives the end of its workbench: said, started again, the project open', async () => {
    const [before] = await processIds('dragoman workbench');
    if (before === undefined) throw new Error('There is no workbench process.');
    process.kill(before, 'SIGKILL');
    await page.getByText('The workbench stopped').first().waitFor();
    await expect.poll(async () => (await processIds('dragoman workbench'))[0] ?? before, { timeout: 20_000 }).not.toBe(before);
    await page.getByRole('link', { name: 'Corpora' }).waitFor();
  });

  it('survives the end of its page', async () => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
    await expect.poll(() => page.getByText('The page stopped and was loaded again').count().catch(() => 0), { timeout: 20_000 }).toBeGreaterThan(0);
  });

  it('quits in order: the project is let go', async () => {
    await app.close();
    expect(readdirSync(home).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });
});
