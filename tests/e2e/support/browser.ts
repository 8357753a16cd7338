import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findChromium, howToGetChromium } from '../../../scripts/find-chromium.ts';

export type Size = { readonly width: number; readonly height: number };
export const laptop: Size = { width: 1280, height: 800 };
export const desktop: Size = { width: 1920, height: 1080 };

/** A real Chromium without a window. */
export const launchBrowser = (): Promise<Browser> => {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error(`There is no Chromium for the browser tests. ${howToGetChromium}`);
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
};

export type Opened = { readonly context: BrowserContext; readonly page: Page; /** What went wrong inside the page: errors thrown and errors logged. */ readonly faults: readonly string[] };

/** `from`: a profile that has logged in already; an address with its token works once. */
export type Look = { readonly size?: Size; readonly dark?: boolean; readonly contrast?: boolean; /** The system's own few colours, as in Windows' contrast themes. */ readonly forced?: boolean; readonly from?: BrowserContext };

/** A browser profile of its own on an address. */
export const openPage = async (browser: Browser, url: string, { size = laptop, dark = false, contrast = false, forced = false, from }: Look = {}): Promise<Opened> => {
  const context = await browser.newContext({ ...(from === undefined ? {} : { storageState: await from.storageState() }), viewport: size, colorScheme: dark ? 'dark' : 'light', contrast: contrast ? 'more' : 'no-preference', forcedColors: forced ? 'active' : 'none', reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  await page.goto(url);
  return { context, page, faults };
};
