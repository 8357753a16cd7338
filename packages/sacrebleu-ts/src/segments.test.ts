import { describe, expect, it } from 'vitest';
import { thrownBy } from '../fixtures/thrown.ts';
import type { Metric } from './metric.ts';
import { bleu } from './metrics/bleu.ts';
import { chrf } from './metrics/chrf.ts';
import { checkSegments, fromReferenceStreams, referenceCount } from './segments.ts';
import { corpusScore } from './statistics.ts';

describe('reference streams', () => {
  it('become segments, missing references stay missing and empty ones empty', () => {
    expect(fromReferenceStreams(['a', 'b'], [['A', 'B'], [null, '']])).toEqual([
      { hypothesis: 'a', references: ['A', null] }, { hypothesis: 'b', references: ['B', ''] },
    ]);
  });

  it('of another length are refused with both counts', () => {
    const error = thrownBy(() => fromReferenceStreams(['a', 'b', 'c'], [['A', 'B', 'C'], ['A', 'B']]));
    expect([error.code, error.message]).toEqual(['unequal-lengths', expect.stringMatching(/3 hypotheses but 2 lines in reference stream 2 of 2/)]);
  });

  it('given the wrong way round are refused, with a word about it', () => {
    expect(thrownBy(() => fromReferenceStreams(['a', 'b', 'c'], [['A', 'A2'], ['B', 'B2'], ['C', 'C2']])).message).toMatch(/grouped by segment/);
  });

  it('are lists of lines, not one string', () => {
    const lines = JSON.parse('["ab"]') as readonly (readonly string[])[];
    expect(thrownBy(() => fromReferenceStreams(['a', 'b'], lines)).code).toBe('unequal-lengths');
  });

  it('must be there', () => {
    expect(thrownBy(() => fromReferenceStreams(['a'], [])).code).toBe('no-reference');
  });
});

describe.each<Metric>([bleu(), chrf()])('$name refuses', (metric) => {
  it('an empty corpus', () => {
    expect(thrownBy(() => corpusScore(metric, [])).code).toBe('empty-corpus');
  });

  it('segments without any reference, and says which', () => {
    const error = thrownBy(() => metric.extract([{ hypothesis: 'a', references: ['a'] }, { hypothesis: 'b', references: [null, null] }, { hypothesis: 'c', references: [] }]));
    expect(error.code).toBe('no-reference');
    expect(error.places).toEqual([{ segment: 1, reference: null }, { segment: 2, reference: null }]);
    expect(error.message).toBe('Segments 2 and 3 are without any reference. Give each at least one, or leave the segment out.');
    expect(thrownBy(() => metric.sentence({ hypothesis: 'a', references: [] })).code).toBe('no-reference');
  });

  it('lone surrogates, in the hypothesis or a reference, and says where', () => {
    const error = thrownBy(() => metric.extract([{ hypothesis: 'a\ud83d', references: ['a'] }, { hypothesis: 'b', references: ['b', null, '\ude00b'] }]));
    expect(error.code).toBe('lone-surrogate');
    expect(error.places).toEqual([{ segment: 0, reference: null }, { segment: 1, reference: 2 }]);
  });
});

it('names only the first few of many segments', () => {
  const error = thrownBy(() => checkSegments(Array.from({ length: 20 }, () => ({ hypothesis: 'a', references: [] }))));
  expect(error.message).toMatch(/^Segments 1, 2, 3, 4, 5 and 15 more are/);
  expect(error.places).toHaveLength(20);
});

it('counts references as signatures do', () => {
  const segment = (references: readonly (string | null)[]) => ({ hypothesis: '', references });
  expect(referenceCount([segment(['a', null]), segment(['', null])])).toBe(1);
  expect(referenceCount([segment(['a', 'b']), segment(['', null])])).toBe('var');
});
