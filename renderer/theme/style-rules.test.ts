import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const renderer = fileURLToPath(new URL('..', import.meta.url));
const sheets = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css')).map((name) => ({ name, text: readFileSync(join(renderer, name), 'utf8').replace(/\/\*[\s\S]*?\*\//gu, '') }));

const findings = (pattern: RegExp, except: readonly string[]): readonly string[] =>
  sheets.filter((sheet) => !except.some((name) => sheet.name.endsWith(name))).flatMap((sheet) => [...sheet.text.matchAll(pattern)].map((match) => `${sheet.name}: ${match[0].trim()}`));

test('the style sheets are found', () => expect(sheets.length).toBeGreaterThan(20));

/** What may say left or right, and why. Everything else turns with the interface. */
const physical: Readonly<Record<string, string>> = {
  'theme/text.css': 'the material keeps its own direction whatever the interface does',
  'grid/grid-head.tsx': 'a heading stands where the texts of its column start',
};
const allowed = Object.keys(physical);
const isAllowed = (name: string): boolean => allowed.some((each) => name.replaceAll('\\', '/').endsWith(each));

test('positions are logical, so that the frame can be mirrored for an interface that runs from right to left', () => {
  const sided = /(?:^|[;{\s])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*|left|right|float|clear)\s*:[^;}]*|text-align:\s*(?:left|right)|translateX\([^;}]*|transform-origin:[^;}]*(?:left|right)|background-position:[^;}]*(?:left|right)|linear-gradient\(to (?:left|right)/gu;
  expect(findings(sided, allowed)).toEqual([]);
});

test('shorthands with four values are the same on both sides, and shadows fall straight down', () => {
  const four = /(?:^|[;{\s])(?:padding|margin|inset|border-width)\s*:\s*([^\s;()]+)\s+([^\s;()]+)\s+([^\s;()]+)\s+([^\s;()]+)\s*[;}]/gu;
  const uneven = sheets.filter((sheet) => !isAllowed(sheet.name)).flatMap((sheet) => [...sheet.text.matchAll(four)].filter((match) => match[2] !== match[4] && match[4] !== '!important').map((match) => `${sheet.name}: ${match[0].trim()}`));
  expect(uneven).toEqual([]);
  expect(findings(/box-shadow:\s*(?:inset\s+)?-?[1-9][\d.]*px[^;}]*/gu, allowed)).toEqual([]);
  expect(findings(/border-radius:\s*[^\s;/()]+\s+[^;]+/gu, allowed)).toEqual([]);
});

test('components place nothing left or right by hand', () => {
  const components = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx')).map((name) => ({ name, text: readFileSync(join(renderer, name), 'utf8') }));
  expect(components.length).toBeGreaterThan(60);
  const sided = /(?:margin|padding|border)(?:Left|Right)\w*\s*:|textAlign:[^,}]*'(?:left|right)'|style=\{\{[^}]*\b(?:left|right)\s*:/gu;
  expect(components.filter(({ name }) => !isAllowed(name)).flatMap(({ name, text }) => [...text.matchAll(sided)].map((match) => `${name}: ${match[0]}`))).toEqual([]);
});

test('colours come from the tokens', () => {
  expect(findings(/#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab)\([^)]*\)/giu, ['tokens.css'])).toEqual([]);
});
