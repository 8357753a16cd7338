import { expect, test } from 'vitest';
import { samplingOf, samplingWords, type QueueDraft } from './queue-draft.ts';

const draft = (part: Partial<QueueDraft>): QueueDraft => ({ kind: 'all', column: 'margin', count: '100', bands: '5', value: '1,062', seed: '7', order: 'none', name: '', ...part });

test('each kind asks for what it needs', () => {
  expect(samplingOf(draft({}))).toEqual({ kind: 'all', sort: null });
  expect(samplingOf(draft({ order: 'down' }))).toEqual({ kind: 'all', sort: { column: 'margin', descending: true } });
  expect(samplingOf(draft({ kind: 'random' }))).toEqual({ kind: 'random', count: 100, seed: 7 });
  expect(samplingOf(draft({ kind: 'stratified' }))).toEqual({ kind: 'stratified', column: 'margin', bands: 5, count: 100, seed: 7 });
  expect(samplingOf(draft({ kind: 'around' }))).toEqual({ kind: 'around', column: 'margin', value: 1.062, count: 100 });
  expect(samplingOf(draft({ kind: 'uncertainty' }))).toEqual({ kind: 'uncertainty', column: 'margin', count: 100 });
});

test('what cannot be read is missing', () => {
  expect(samplingOf(draft({ kind: 'random', count: 'many' }))).toBeUndefined();
  expect(samplingOf(draft({ kind: 'random', count: '0.5' }))).toBeUndefined();
  expect(samplingOf(draft({ kind: 'around', value: '' }))).toBeUndefined();
  expect(samplingOf(draft({ kind: 'around', column: '' }))).toBeUndefined();
});

test('a queue without a name says how it was taken', () => {
  expect(samplingWords(draft({ kind: 'random' }))).toBe('100 at random, seed 7');
  expect(samplingWords(draft({ kind: 'around' }))).toBe('100 around Margin 1.062');
});
