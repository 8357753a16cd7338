import { describe, expect, it } from 'vitest';
import fixture from '../../fixtures/sentencepiece/models.json' with { type: 'json' };
import { bleu } from '../metrics/bleu.ts';
import { signature } from '../signature.ts';
import { sumOf } from '../statistics.ts';
import { createProcessor } from './processor.ts';
import { readSentencePiece, sentencePieceTokenizer } from './tokenizer.ts';
import { encodeUtf8 } from './utf8.ts';

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

describe('pieces of difficult lines', () => {
  for (const { name, model, json, pieces } of fixture.models) {
    it(`are those of the sentencepiece library: ${name}`, () => {
      const processor = createProcessor(readSentencePiece(bytesOf(model)));
      expect(fixture.lines.map((line) => processor.encodeAsPieces(line))).toEqual(pieces);
    });
    if (json === null) continue;
    it(`are the same from a tokenizer.json: ${name}`, () => {
      const processor = createProcessor(readSentencePiece(encodeUtf8(JSON.stringify(json))));
      expect(fixture.lines.map((line) => processor.encodeAsPieces(line))).toEqual(pieces);
    });
  }

  it('are of eight models', () => {
    expect(fixture.models.length).toBe(8);
  });
});

describe('a SentencePiece tokenizer for BLEU', () => {
  const [first] = fixture.models;
  const file = bytesOf(first?.model ?? '');

  it('returns the pieces joined by spaces', () => {
    const tokenizer = sentencePieceTokenizer({ name: 'flores200', file });
    expect(fixture.lines.map((line) => tokenizer.tokenize(line))).toEqual(first?.pieces.map((pieces) => pieces.join(' ')));
  });

  it.each([['spm', 'flores101'], ['flores101', 'flores101'], ['flores200', 'flores200'], ['spBLEU-1K', 'spBLEU-1K']])('%s is signed %s with the beginning of the file’s SHA-256', (name, signed) => {
    expect(sentencePieceTokenizer({ name, file }).signature).toBe(`${signed}[${first?.sha256.slice(0, 12)}]`);
  });

  it('makes BLEU count pieces, and signs it', () => {
    const tokenizer = sentencePieceTokenizer({ name: 'flores200', file });
    const metric = bleu({ tokenize: tokenizer });
    const segments = fixture.lines.filter((line) => line.trim() !== '').map((line, index, all) => ({ hypothesis: line, references: [all[index ^ 1] ?? line, [...line].slice(4).join('')] }));
    const cut = (text: string): string => tokenizer.tokenize(text.trimEnd());
    const pieces = segments.map(({ hypothesis, references }) => ({ hypothesis: cut(hypothesis), references: references.map(cut) }));
    expect(metric.extract(segments)).toEqual(bleu({ tokenize: 'none' }).extract(pieces));
    expect(metric.score(sumOf(metric.extract(segments))).value).toBeGreaterThan(0);
    expect(signature(metric, { references: 2 })).toContain(`|tok:${tokenizer.signature}|`);
  });

  it('says what is missing without a model', () => {
    expect(() => sentencePieceTokenizer({ name: 'flores200', file: null })).toThrow(expect.objectContaining({ code: 'tokenizer-unavailable' }));
    expect(() => sentencePieceTokenizer({ name: '13a', file })).toThrow(expect.objectContaining({ code: 'unknown-tokenizer' }));
  });

  it('takes a text of 330,000 letters without a space', () => {
    for (const { name, model } of fixture.models.filter(({ name }) => name.endsWith('user-defined symbols'))) {
      const pieces = createProcessor(readSentencePiece(bytesOf(model))).encodeAsPieces('harbourtide'.repeat(30_000));
      expect(pieces.join('').length, name).toBe(330_001);
    }
  });
});
