import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { t, tIfAny, type Message } from './catalogue.ts';
import { en } from './en.ts';

const renderer = fileURLToPath(new URL('..', import.meta.url));
const sources = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/u.test(name) && !name.includes('.test.') && !/strings[\\/](?:en|de|ar)/u.test(name))
  .map((name) => readFileSync(join(renderer, name), 'utf8'));
const text = sources.join('\n');
const keys = Object.keys(en);

describe('the catalogue', () => {
  test('reads the sources it judges', () => {
    expect(sources.length).toBeGreaterThan(40);
    expect(keys.length).toBeGreaterThan(200);
  });

  test('has no key that nobody says', () => {
    const prefixes = [...text.matchAll(/`([a-z][\w-]*(?:\.[\w-]+)*\.)\$\{/gu)].map((match) => match[1] ?? '');
    expect(prefixes.length).toBeGreaterThan(5);
    const unused = keys.filter((key) => !text.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)));
    expect(unused).toEqual([]);
  });

  test('has every key that is said', () => {
    const said = [...text.matchAll(/\b(?:t|rich)\('([^']+)'/gu)].map((match) => match[1] ?? '');
    expect(said.length).toBeGreaterThan(100);
    expect(said.filter((key) => !(key in en))).toEqual([]);
  });

  test('gives every plural its form for one and for others', () => {
    const plurals = Object.entries<Message>(en).filter((entry): entry is [string, Exclude<Message, string>] => typeof entry[1] !== 'string');
    expect(plurals.length).toBeGreaterThan(10);
    expect(plurals.filter(([, forms]) => forms.one === undefined || forms.other === '')).toEqual([]);
  });

  test('is written without exclamation marks, first person and "please"', () => {
    const messages = Object.values<Message>(en).flatMap((message) => (typeof message === 'string' ? [message] : Object.values(message)));
    expect(messages.filter((message) => /!|\b(?:I|we|my|our|please|oops|sorry)\b/u.test(message))).toEqual([]);
  });

  test('leaves no words in the components', () => {
    const literal = /<(?:span|p|h[1-4]|th|td|button|b|div|li|dt|dd)\b[^>]*>\s*[A-Z][a-z]+[^<{]*</gu;
    expect([...text.matchAll(literal)].map((match) => match[0])).toEqual([]);
  });
});

describe('saying a message', () => {
  test('picks the form by the count and groups its digits', () => {
    expect(t('start.pairs', { count: 1 })).toBe('1 pair');
    expect(t('start.pairs', { count: 41207 })).toBe('41\u00A0207 pairs');
  });

  test('keeps words that are not numbers as they are', () => {
    expect(t('status.undo', { title: 'Remove crawl-de' })).toBe('Undo: Remove crawl-de');
  });

  test('falls back where a name from outside has no message', () => {
    expect(tIfAny('stage.unheard-of', 'unheard-of')).toBe('unheard-of');
    expect(tIfAny('stage.neighbours', 'x')).toBe('Neighbours');
  });
});
