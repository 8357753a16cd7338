import { describe, expect, it } from 'vitest';
import { createTextIndex, hashText } from './text-index.ts';

describe('the text index', () => {
  it('never merges different texts, however their hashes collide', () => {
    const texts = Array.from({ length: 5_000 }, (_, at) => `text ${at % 2_500}`);
    const index = createTextIndex();
    const distinct: string[] = [];
    for (const text of texts) {
      const found = index.findOrAdd(hashText(text) & 0xf, distinct.length, (ordinal) => distinct[ordinal] === text);
      if (found < 0) distinct.push(text);
      else expect(distinct[found]).toBe(text);
    }
    expect(distinct).toEqual([...new Set(texts)]);
  });

  it('spreads short and similar texts', () => {
    const hashes = new Set(Array.from({ length: 100_000 }, (_, at) => hashText(`Satz ${at}`)));
    expect(hashes.size).toBeGreaterThan(99_990);
    expect(hashText('ab')).not.toBe(hashText('ab\u0000'));
    expect(hashText('')).not.toBe(hashText('\u0000'));
  });
});
