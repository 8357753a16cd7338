import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keyOfSettings, keyOfText, openKeptTranslations } from './kept-translations.ts';

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'dragoman-kept-')); });
afterAll(() => rmSync(folder, { recursive: true }));

const made = (text: string) => ({ hypotheses: [{ text, score: -0.5, logProbability: -2.25, ended: true, unmet: [] }], tokens: 7, tooLong: false });
const key = (text: string): string => keyOfText({ text, terms: [] });

it('gives back what was kept, after a restart too, and the first translation of a text stays', () => {
  const kept = openKeptTranslations(folder, 'a');
  kept.add([[key('one'), made('eins')], [key('one'), made('ein')], [key('long'), made('ü'.repeat(5000))]]);
  kept.add([[key('one'), made('anders')]]);
  kept.close();
  const again = openKeptTranslations(folder, 'a');
  expect(again.count).toBe(2);
  expect(again.get(key('one'))).toEqual(made('eins'));
  expect(again.get(key('long'))).toEqual(made('ü'.repeat(5000)));
  expect(again.get(key('two'))).toBeNull();
  again.close();
});

it('cuts off a line that a kill has torn, and goes on after it', () => {
  const kept = openKeptTranslations(folder, 'torn');
  kept.add([[key('one'), made('eins')]]);
  kept.close();
  appendFileSync(join(folder, 'torn.jsonl'), `["${key('two')}",{"hypoth`);
  const again = openKeptTranslations(folder, 'torn');
  expect([again.has(key('one')), again.has(key('two'))]).toEqual([true, false]);
  again.add([[key('two'), made('zwei')]]);
  again.close();
  const last = openKeptTranslations(folder, 'torn');
  expect(last.get(key('two'))).toEqual(made('zwei'));
  last.close();
});

it('tells settings and texts with other terms apart', () => {
  expect(keyOfSettings([1, 'hash', 'en', 'de'])).not.toBe(keyOfSettings([1, 'hash', 'en', 'fr']));
  expect(keyOfText({ text: 'one', terms: [{ forms: ['eins'], times: 1 }] })).not.toBe(key('one'));
});
