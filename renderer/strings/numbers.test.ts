import { expect, test } from 'vitest';
import { bytes, count, decimal, margin, percent, rate, signed, tiny, readNumber } from './numbers.ts';

const space = '\u00A0';

test('thousands are grouped with a no-break space', () => {
  expect(count(41_207)).toBe(`41${space}207`);
  expect(count(1_284_000)).toBe(`1${space}284${space}000`);
  expect(count(999)).toBe('999');
});

test('minus is the sign, not the hyphen, and a difference always has a sign', () => {
  expect(count(-5)).toBe('\u22125');
  expect(signed(-0.2)).toBe('\u22120.200');
  expect(signed(0.012)).toBe('+0.012');
  expect(signed(0)).toBe('0.000');
});

test('margins have three decimals, other decimals as many as asked for', () => {
  expect(margin(1.0621)).toBe('1.062');
  expect(decimal(0.87, 1)).toBe('0.9');
});

test('shares are written in percent', () => {
  expect(percent(0.634)).toBe(`63${space}%`);
  expect(percent(1)).toBe(`100${space}%`);
  expect(percent(0.0123, 1)).toBe(`1.2${space}%`);
});

test('sizes go up in powers of 1000 with one decimal below ten', () => {
  expect(bytes(0)).toBe(`0${space}B`);
  expect(bytes(999)).toBe(`999${space}B`);
  expect(bytes(1_000)).toBe(`1.0${space}kB`);
  expect(bytes(118_400_000)).toBe(`118${space}MB`);
  expect(bytes(1_800_000_000)).toBe(`1.8${space}GB`);
  expect(bytes(999_900_000)).toBe(`1.0${space}GB`);
});

test('rates lose their decimals where they say nothing', () => {
  expect(rate(405.4)).toBe('405');
  expect(rate(2.34)).toBe('2.3');
  expect(rate(0)).toBe('0');
});

test('tiny differences are powers of ten', () => {
  expect(tiny(2.2e-6)).toBe('2e\u22126');
  expect(tiny(0)).toBe('0');
});

test('numbers are read with a comma and a true minus too; words and nothing are none', () => {
  expect([readNumber('1,05'), readNumber('−0.2'), readNumber(' 3 ')]).toEqual([1.05, -0.2, 3]);
  expect([readNumber(''), readNumber('high')]).toEqual([undefined, undefined]);
});
