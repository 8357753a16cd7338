import { afterEach, describe, expect, test } from 'vitest';
import { ar } from './ar.ts';
import { speak, t, type Message } from './catalogue.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { bytes, count, decimal, percent, readNumber, signed } from './numbers.ts';
import { locales } from './locale.ts';
import { clock, day, duration } from './times.ts';

const english: Readonly<Record<string, Message>> = en;
const translations = [['de', de], ['ar', ar]] as const;

const formsOf = (message: Message): readonly (readonly [string, string])[] => (typeof message === 'string' ? [['other', message]] : Object.entries(message));
const namesIn = (text: string): readonly string[] => [...new Set([...text.matchAll(/\{(\w+)\}/gu)].map((match) => match[1] ?? ''))].toSorted();
const marksIn = (text: string): number => text.split(/<\/?b>/u).length - 1;
/** Forms that may say the number as a word, or not at all: "زوجان". */
const inWords: ReadonlySet<string> = new Set(['zero', 'one', 'two']);

describe.each(translations)('the catalogue in %s', (language, found) => {
  const words: Readonly<Record<string, Message | undefined>> = found;
  const both = Object.entries(english).flatMap(([key, message]) => { const other = words[key]; return other === undefined ? [] : [{ key, message, other }]; });

  test('has every key of the English one and no other', () => {
    expect(Object.keys(english).filter((key) => words[key] === undefined)).toEqual([]);
    expect(Object.keys(words).filter((key) => !(key in english))).toEqual([]);
  });

  test('says the same values and sets the same parts bold', () => {
    const wrong = both.flatMap(({ key, message, other }) => {
      const wanted = namesIn(formsOf(message).map(([, form]) => form).join(' '));
      const bold = Math.max(...formsOf(message).map(([, form]) => marksIn(form)));
      return formsOf(other).flatMap(([category, form]) => {
        const has = namesIn(form);
        const missing = wanted.filter((name) => !has.includes(name) && !(name === 'count' && (inWords.has(category) || typeof other !== 'string')));
        const unknown = has.filter((name) => !wanted.includes(name) && !(name === 'count' && typeof message !== 'string'));
        return missing.length + unknown.length === 0 && marksIn(form) === bold ? [] : [`${key} (${category}): ${form}`];
      });
    });
    expect(wrong).toEqual([]);
  });

  test('has every plural form that the language tells apart, and no other', () => {
    const categories = new Intl.PluralRules(locales[language].tag).resolvedOptions().pluralCategories.toSorted();
    const plurals = both.filter(({ message }) => typeof message !== 'string');
    expect(plurals.length).toBeGreaterThan(60);
    expect(plurals.filter(({ other }) => typeof other === 'string' || Object.keys(other).toSorted().join() !== categories.join()).map(({ key }) => key)).toEqual([]);
  });

  test('says the number in every form that stands for several numbers', () => {
    const silent = both.filter(({ message }) => formsOf(message).some(([category, form]) => category === 'other' && form.includes('{count}')))
      .flatMap(({ key, other }) => formsOf(other).filter(([category, form]) => !inWords.has(category) && !form.includes('{count}')).map(([category]) => `${key} (${category})`));
    expect(silent).toEqual([]);
  });

  test('is neutral: nobody is begged or shouted at, and nothing is left in English', () => {
    expect(both.flatMap(({ key, other }) => (formsOf(other).some(([, form]) => /!|\b(?:[Bb]itte|[Ll]eider|Ihnen)\b|فضلك|عذرًا|نأسف/u.test(form)) ? [key] : []))).toEqual([]);
    const same = both.filter(({ message, other }) => typeof message === 'string' && message === other && /\b[a-z]{3,}\b/u.test(message.replace(/\{\w+\}/gu, ''))).map(({ message }) => String(message));
    expect([...new Set(same)].filter((message) => !sameInBoth.has(message))).toEqual([]);
  });
});

/** Words of more than two small letters that German writes as English does. */
const sameInBoth: ReadonlySet<string> = new Set(['min', 'Start', 'Name', 'Version', 'System', 'Import', 'Export', 'Format', 'Index', 'Text', 'Filter', 'Tags', 'Label', 'Manifest', 'Plan', 'Bitext', 'Margin', 'Retrieval', 'Hubs', 'Encoder', 'Encoder.', 'Index.', 'Pooling', 'Auto', 'absolut', 'WebGPU', 'CoreML', 'DirectML', 'Excel', 'Status', '{name} Export']);

describe('speaking another language', () => {
  afterEach(() => speak('en'));

  test('German has its plural, its decimal sign and its dates', async () => {
    await speak('de');
    expect([0, 1, 2].map((number) => t('start.pairs', { count: number }))).toEqual(['0 Paare', '1 Paar', '2 Paare']);
    expect([count(41_207), decimal(1.0621), percent(0.0123, 1), bytes(1_800_000_000), signed(-0.2)]).toEqual(['41\u00A0207', '1,062', '1,2\u00A0%', '1,8\u00A0GB', '\u22120,200']);
    expect(readNumber('1,062')).toBe(1.062);
    expect([duration(3.14, true), clock(new Date(2026, 1, 1, 21, 5).getTime())]).toEqual(['3,1\u00A0s', '21:05']);
    expect(day(new Date(2026, 2, 12).getTime(), new Date(2026, 10, 21).getTime())).toBe('12. März');
  });

  test('Arabic has all six forms', async () => {
    await speak('ar');
    expect([0, 1, 2, 3, 11, 100].map((number) => t('start.pairs', { count: number }))).toEqual(['0 زوج', 'زوج واحد', 'زوجان', '3 أزواج', '11 زوجًا', '100 زوج']);
    expect([1, 2].map((number) => t('export.start', { count: number }))).toEqual(['تصدير زوج واحد', 'تصدير زوجين']);
  });

  test('a number that comes as a figure is counted too', async () => {
    await speak('ar');
    expect(t('start.pairs', { count: count(1103) })).toBe('1\u00A0103 أزواج');
  });

  test('Arabic figures have Latin digits and keep their sign and unit at their side', async () => {
    await speak('ar');
    expect([count(41_207), decimal(1.0621)]).toEqual(['41\u00A0207', '1.062']);
    expect([signed(-0.2), percent(0.63), bytes(118e6)]).toEqual(['\u2066\u22120.200\u2069', '\u206663\u00A0%\u2069', '\u2066118\u00A0MB\u2069']);
    expect([readNumber(signed(-0.2)), clock(new Date(2026, 1, 1, 21, 5).getTime())]).toEqual([-0.2, '21:05']);
  });

  test('what runs against the interface is isolated, what runs with it is not', async () => {
    await speak('ar');
    expect(t('status.undo', { title: 'crawl-de' })).toBe('تراجع: \u2068crawl-de\u2069');
    expect(t('status.undo', { title: 'قبول' })).toBe('تراجع: قبول');
    await speak('en');
    expect(t('status.undo', { title: 'قبول' })).toBe('Undo: \u2068قبول\u2069');
  });

  test('of two languages asked for, the newer one is spoken', async () => {
    await Promise.all([speak('ar'), speak('de')]);
    expect(t('yes')).toBe('Ja');
  });
});
