import { expect, it } from 'vitest';
import { createKeyTable, isTruncated, keysOf, markTruncated } from './vectors-keys.ts';

it('finds every text again, among hundreds of thousands, and no other', () => {
  const texts = Array.from({ length: 200_000 }, (_, index) => `sentence ${index}`);
  const keys = keysOf('query: ', texts);
  const table = createKeyTable();
  expect(texts.every((_, index) => table.find(keys, index) < 0 && table.append(keys, index) === index)).toBe(true);
  expect(texts.every((_, index) => table.find(keys, index) === index)).toBe(true);
  const strangers = keysOf('query: ', Array.from({ length: 1000 }, (_, index) => `stranger ${index}`));
  expect(Array.from({ length: 1000 }, (_, index) => table.find(strangers, index)).every((row) => row === -1)).toBe(true);
  expect(table.size()).toBe(200_000);
});

it('keeps texts under different prefixes apart', () => {
  const table = createKeyTable();
  table.append(keysOf('', ['one']), 0);
  expect(table.find(keysOf('query: ', ['one']), 0)).toBe(-1);
  expect(table.find(keysOf('', ['one']), 0)).toBe(0);
});

it('remembers that a sentence was cut, without that making it another sentence', () => {
  const [keys, plain] = [keysOf('', ['long', 'short']), keysOf('', ['long', 'short'])];
  markTruncated(keys, 0);
  const table = createKeyTable();
  table.append(keys, 0);
  table.append(keys, 1);
  expect([isTruncated(keys, 0), isTruncated(keys, 1)]).toEqual([true, false]);
  expect([table.find(plain, 0), table.find(plain, 1)]).toEqual([0, 1]);
  expect([table.truncated(0), table.truncated(1)]).toEqual([true, false]);
});
