import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findChromium } from './find-chromium.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'chromium-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const program = (path: string): string => {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, '#!/bin/sh\n');
  chmodSync(full, 0o755);
  return full;
};
const search = (environment: Readonly<Record<string, string>>) => findChromium({ PATH: '', HOME: folder, PLAYWRIGHT_BROWSERS_PATH: join(folder, 'playwright'), ...environment });

it('takes the browser that CHROMIUM_PATH names before any other', () => {
  const named = program('mine/browser');
  program('bin/chromium');
  expect(search({ CHROMIUM_PATH: named, PATH: join(folder, 'bin') })).toBe(named);
});

it('refuses a CHROMIUM_PATH that cannot be run, instead of taking another', () => {
  program('bin/chromium');
  expect(() => search({ CHROMIUM_PATH: join(folder, 'nothing'), PATH: join(folder, 'bin') })).toThrow(/CHROMIUM_PATH is ".*nothing", which cannot be run/);
});

it.runIf(process.platform === 'linux')('finds the system\'s browser on the PATH', () => {
  const system = program('bin/google-chrome');
  expect(search({ PATH: `/nowhere:${join(folder, 'bin')}` })).toBe(system);
});

it.runIf(process.platform === 'linux')('finds the newest of Playwright\'s downloads', () => {
  program('playwright/chromium-999/chrome-linux/chrome');
  const newest = program('playwright/chromium-1200/chrome-linux64/chrome');
  expect(search({})).toBe(newest);
});

it.runIf(process.platform === 'linux')('says null when there is none', () => {
  expect(search({})).toBeNull();
});
