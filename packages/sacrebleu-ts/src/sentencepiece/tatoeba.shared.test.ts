import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { describeWithShared } from '../../fixtures/golden.ts';
import expected from '../../fixtures/sentencepiece/tatoeba.json' with { type: 'json' };
import { createProcessor } from './processor.ts';
import { readSentencePiece } from './tokenizer.ts';

const textsOf = (path: string): string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1).flatMap((line) => line.split('\t').slice(1, 3));

describeWithShared('models', 'pieces of all Tatoeba lines', (models) => {
  const folder = join(models, '..', 'data', 'tatoeba');
  const files = Object.entries(expected.texts).map(([file, count]) => ({ file, count, texts: textsOf(join(folder, file)) }));

  it('are of every line, both languages', () => {
    for (const { file, count, texts } of files) expect(texts.length, file).toBe(count);
    expect(files.reduce((sum, { count }) => sum + count, 0)).toBe(20_608);
    expect(Object.keys(expected.models).length).toBe(7);
  });

  for (const [name, hashes] of Object.entries(expected.models)) {
    it(`are those of the sentencepiece library with ${name}`, () => {
      const bytes = readFileSync(join(models, name));
      const processor = createProcessor(readSentencePiece(new Uint8Array(name.endsWith('.gz') ? gunzipSync(bytes) : bytes)));
      const found = files.map(({ file, texts }) => {
        const pieces = texts.map((text) => processor.encodeAsPieces(text).join(' ')).join('\n');
        return [file, createHash('sha256').update(pieces).digest('hex')];
      });
      expect(Object.fromEntries(found)).toEqual(hashes);
    });
  }
});
