import { expect, test } from 'vitest';
import { answersOf } from './model-answers.ts';

test('only what was asked is answered', () => expect(answersOf({})).toEqual({}));

test('answers become what the contract wants', () => {
  expect(answersOf({ pooling: 'cls', prefix: '', normalise: 'false', maximumTokens: '512', languages: 'de, en  fr', licence: 'MIT' }))
    .toEqual({ pooling: 'cls', prefix: '', normalise: false, maximumTokens: 512, languages: ['de', 'en', 'fr'], licence: 'MIT' });
});

test('what is no answer is left to the folder', () => expect(answersOf({ pooling: 'sum', maximumTokens: 'many', licence: '' })).toEqual({}));
