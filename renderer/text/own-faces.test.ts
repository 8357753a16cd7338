import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scriptOf } from '../../main/domain/text/script.ts';
import { faceScripts } from './face-scripts.ts';
import { checkOwnFaces, ownFacesCss } from './own-faces.ts';

const tokens = readFileSync(fileURLToPath(new URL('../theme/tokens.css', import.meta.url)), 'utf8');

test('every script that can be chosen has its stacks and its size among the tokens, and a sample in it', () => {
  for (const { script, stack, size, language } of faceScripts) {
    expect(tokens).toContain(`--row-${stack}:`);
    expect(tokens).toContain(`--read-${stack}:`);
    expect(tokens).toContain(`--size-adjust-${size}:`);
    if (script !== 'Aran') expect(scriptOf(language)).toBe(script);
  }
  const named = [...tokens.matchAll(/--row-([a-z]{4}):/gu)].map((match) => match[1] ?? '');
  expect(named.filter((stack) => !faceScripts.some((each) => each.stack === stack))).toEqual([]);
});

test('a chosen face stands before the usual ones, on the desk and in rows', () => {
  const css = ownFacesCss({ Deva: { family: 'Mangal', size: 1.2 } });
  expect(css.split('\n')).toEqual([
    '.text[data-script="Deva"] { font-family: "Mangal", var(--row-deva), var(--face-others); font-size: calc(var(--text-row) * var(--size-adjust-deva) * 1.2); }',
    '.text.read[data-script="Deva"] { font-family: "Mangal", var(--read-deva), var(--face-others); font-size: calc(var(--text-read) * var(--size-adjust-deva) * 1.2); }',
  ]);
});

test('a name cannot leave its quotes', () => {
  expect(ownFacesCss({ Latn: { family: 'a"; } body { color: red', size: 1 } })).toContain('"a\\"; } body { color: red", var(--row-latn)');
});

test('choices of another version are left out', () => {
  expect(checkOwnFaces({ Latn: { family: 'Georgia', size: 1 }, Arab: { family: 3, size: 1 }, Hebr: { family: null, size: 7 }, Xxxx: { family: null, size: 1 } })).toEqual({ Latn: { family: 'Georgia', size: 1 } });
  expect(checkOwnFaces('no')).toEqual({});
});
