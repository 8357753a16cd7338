/**
 * Finds a Chromium for the browser tests: the one named in CHROMIUM_PATH, the system's, or one that Playwright downloaded.
 */
import { accessSync, constants, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const commands = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'msedge'];

const places: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
};

/** Where Playwright keeps its downloads, and the program inside one of them. */
const playwrightFolders: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: '.cache/ms-playwright',
  darwin: 'Library/Caches/ms-playwright',
  win32: 'AppData/Local/ms-playwright',
};
const playwrightPrograms = ['chrome-linux64/chrome', 'chrome-linux/chrome', 'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium', 'chrome-win64/chrome.exe', 'chrome-win/chrome.exe'];

export const howToGetChromium =
  'Install Chromium or Chrome with your system\'s package manager (Debian: apt-get install chromium), or run "npx playwright-core install chromium", or set CHROMIUM_PATH to one that is already there.';

/**
 * The path of a Chromium that can be run, or null.
 *
 * @throws when CHROMIUM_PATH names a file that cannot be run: a wrong setting must not silently become another browser.
 */
export function findChromium(environment: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const named = environment['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (!isProgram(named)) throw new Error(`CHROMIUM_PATH is "${named}", which cannot be run. ${howToGetChromium}`);
    return named;
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const onPath = (environment['PATH'] ?? '').split(delimiter).flatMap(folder => commands.map(command => join(folder, command + suffix)));
  return [...onPath, ...(places[process.platform] ?? []), ...playwrightDownloads(environment)].find(isProgram) ?? null;
}

function playwrightDownloads(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const folder = environment['PLAYWRIGHT_BROWSERS_PATH'] ?? join(environment['HOME'] ?? homedir(), playwrightFolders[process.platform] ?? '.cache/ms-playwright');
  return namesIn(folder)
    .filter(name => /^chromium-\d+$/.test(name))
    .toSorted((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
    .flatMap(name => playwrightPrograms.map(program => join(folder, name, program)));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
