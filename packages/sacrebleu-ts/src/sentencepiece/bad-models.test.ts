import { describe, expect, it } from 'vitest';
import fixture from '../../fixtures/sentencepiece/models.json' with { type: 'json' };
import { createProcessor } from './processor.ts';
import { readSentencePiece } from './tokenizer.ts';
import { encodeUtf8 } from './utf8.ts';

const load = (file: Uint8Array): void => void createProcessor(readSentencePiece(file)).encodeAsPieces('The ferry, ① ﬁsh');
const refused = (file: Uint8Array | string, message: RegExp): void => {
  expect(() => load(typeof file === 'string' ? encodeUtf8(file) : file)).toThrow(expect.objectContaining({ code: 'bad-model', message: expect.stringMatching(message) }));
};
const models = fixture.models.map(({ model }) => new Uint8Array(Buffer.from(model, 'base64')));
const json = JSON.stringify({
  added_tokens: [], normalizer: null, pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
  model: { type: 'Unigram', unk_id: 0, vocab: [['<unk>', 0], ['▁a', -1]] },
});
const changed = (change: (file: Record<string, unknown> & { model: Record<string, unknown> }) => void): string => {
  const file = JSON.parse(json) as Parameters<typeof change>[0];
  change(file);
  return JSON.stringify(file);
};
/** One field with bytes in it; short enough for a one-byte length. */
const field = (number: number, content: Uint8Array): Uint8Array => Uint8Array.of((number << 3) | 2, content.length, ...content);
const piece = (text: string, type: number): Uint8Array => field(1, Uint8Array.of(...field(1, encodeUtf8(text)), 0x18, type));

describe('a .model file is refused', () => {
  it('when empty or something else', () => {
    refused(new Uint8Array(), /empty/);
    refused('This is a text file.', /not a SentencePiece model/);
    refused(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0), /not a SentencePiece model/);
  });

  it('when cut off anywhere, or it works: never another error', () => {
    for (const model of models.slice(0, 2)) {
      for (let length = 1; length < model.length; length += 97) {
        try {
          load(model.subarray(0, length));
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-model' });
        }
      }
    }
  });

  it('when bytes in it are wrong, or it works: never another error, and it ends', () => {
    const [model = new Uint8Array()] = models;
    for (let at = 0; at < model.length; at += 7) {
      const damaged = model.slice();
      damaged[at] = 0xff - (damaged[at] ?? 0);
      try {
        load(damaged);
      } catch (error) {
        expect(error).toMatchObject({ code: 'bad-model' });
      }
    }
  });

  it('when a length promises more than the file has', () => {
    refused(Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x7f, 1), /cut off/);
    refused(Uint8Array.of(0x0a, ...Array.from({ length: 12 }, () => 0xff)), /no end/);
  });

  it('when its vocabulary makes no sense', () => {
    refused(piece('a', 1), /0$|one piece for what is unknown; this one has 0/);
    refused(Uint8Array.of(...piece('u', 2), ...piece('v', 2), ...piece('a', 1)), /this one has 2/);
    refused(Uint8Array.of(...piece('u', 2), ...piece('a', 1), ...piece('a', 1)), /"a" twice/);
    refused(Uint8Array.of(...piece('u', 2), ...piece('', 1)), /empty piece/);
    refused(Uint8Array.of(...piece('u', 2), ...piece('a', 9)), /unknown type 9/);
    refused(Uint8Array.of(...piece('u', 2), ...piece('<0x41>', 6)), /byte piece/);
    refused(piece('u', 2), /no pieces/);
    refused(Uint8Array.of(...piece('u', 2), ...piece('a', 1), ...field(2, Uint8Array.of(0x18, 3))), /unigram and BPE/);
    refused(Uint8Array.of(...piece('u', 2), ...field(1, field(1, Uint8Array.of(0xc0, 0x80)))), /not UTF-8/);
  });

  it('when its map of characters is damaged', () => {
    refused(Uint8Array.of(...piece('u', 2), ...piece('a', 1), ...field(3, field(2, Uint8Array.of(255, 255, 0, 0, 1)))), /map of characters/);
  });
});

describe('a tokenizer.json is refused', () => {
  it('when it is not JSON or not such a file', () => {
    refused(json.slice(0, -4), /not JSON/);
    refused('{}', /model is not an object/);
    refused(`{"model":${'['.repeat(200_000)}`, /not JSON/);
    refused(changed((file) => { file.model['vocab'] = { a: 1 }; }), /not a list/);
    refused(changed((file) => { file.model['vocab'] = [['a']]; }), /not a piece with its score/);
    refused(changed((file) => { file.model['type'] = 'WordPiece'; }), /"WordPiece"/);
    refused(changed((file) => { file.model = { type: 'BPE', vocab: { '<unk>': 0, a: 1 }, unk_token: '<unk>', merges: ['a'] }; }), /not a pair/);
  });

  it('when its steps are not SentencePiece’s', () => {
    refused(changed((file) => { file['normalizer'] = { type: 'Lowercase' }; }), /"Lowercase"/);
    refused(changed((file) => { file['pre_tokenizer'] = { type: 'ByteLevel' }; }), /"ByteLevel"/);
    refused(changed((file) => { file['pre_tokenizer'] = null; }), /where words begin/);
    refused(changed((file) => { file['normalizer'] = { type: 'Precompiled', precompiled_charsmap: '????' }; }), /damaged/);
  });

  it('and read when all is well', () => {
    expect(() => load(encodeUtf8(json))).not.toThrow();
    const prepended = changed((file) => {
      file['pre_tokenizer'] = null;
      file['normalizer'] = { type: 'Sequence', normalizers: [{ type: 'Prepend', prepend: '▁' }, { type: 'Replace', pattern: { String: ' ' }, content: '▁' }] };
    });
    expect(createProcessor(readSentencePiece(encodeUtf8(prepended))).encodeAsPieces('a b')).toEqual(['▁a', '▁b']);
  });
});
