import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const renderer = fileURLToPath(new URL('..', import.meta.url));
const sheets = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css')).map((name) => ({ name, text: readFileSync(join(renderer, name), 'utf8').replace(/\/\*[\s\S]*?\*\//gu, '') }));

const findings = (pattern: RegExp, except: readonly string[]): readonly string[] =>
  sheets.filter((sheet) => !except.some((name) => sheet.name.endsWith(name))).flatMap((sheet) => [...sheet.text.matchAll(pattern)].map((match) => `${sheet.name}: ${match[0].trim()}`));

test('the style sheets are found', () => expect(sheets.length).toBeGreaterThan(20));

test('positions are logical, so that the frame can be mirrored for an interface that runs from right to left', () => {
  const physical = /(?:^|[;{\s])(?:(?:margin|padding|border)-(?:left|right)[\w-]*|left|right|float)\s*:[^;}]*|text-align:\s*(?:left|right)/gu;
  // The material keeps its own direction whatever the interface does.
  expect(findings(physical, ['theme/text.css', 'theme\\text.css'])).toEqual([]);
});

test('colours come from the tokens', () => {
  expect(findings(/#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab)\([^)]*\)/giu, ['tokens.css'])).toEqual([]);
});
