import { describe, expect, it } from 'vitest';
import { controlsFor, familyOf, languagesOf, type FamilyFacts } from './model-family.ts';

const facts = (modelType: string, tokens: Readonly<Record<string, number>>, more: Partial<FamilyFacts> = {}): FamilyFacts =>
  ({ modelType, tokenizerClass: null, start: 2, end: 2, tokenId: (token) => tokens[token] ?? null, specialTokens: Object.keys(tokens), ...more });

const models = {
  m2m: facts('m2m_100', { __en__: 100, __de__: 101, __zh__: 102 }),
  nllb: facts('m2m_100', { eng_Latn: 200, deu_Latn: 201, srp_Cyrl: 202, zho_Hans: 203, zho_Hant: 204, arb_Arab: 205 }, { tokenizerClass: 'NllbTokenizerFast' }),
  marian: facts('marian', {}, { start: 999, end: 0 }),
  marianMany: facts('marian', { '>>deu<<': 5, '>>nld<<': 6 }, { start: 999, end: 0 }),
  mbart: facts('mbart', { en_XX: 300, de_DE: 301 }),
  mbart50: facts('mbart', { en_XX: 300, de_DE: 301, sw_KE: 302 }, { tokenizerClass: 'MBart50Tokenizer' }),
  t5: facts('t5', {}, { start: 0, end: 1 }),
  madlad: facts('t5', { '<2en>': 400, '<2de>': 401, '<2zh_Hant>': 402 }, { start: 0, end: 1 }),
};
const controls = (model: FamilyFacts, source: string, target: string) => controlsFor(familyOf(model), model, source, target);

describe('control tokens', () => {
  it.each([
    ['M2M-100', models.m2m, { before: [100], after: [2], textPrefix: '', prompt: [2, 101] }],
    ['NLLB', models.nllb, { before: [200], after: [2], textPrefix: '', prompt: [2, 201] }],
    ['OPUS-MT of one pair', models.marian, { before: [], after: [0], textPrefix: '', prompt: [999] }],
    ['OPUS-MT into several languages', models.marianMany, { before: [5], after: [0], textPrefix: '', prompt: [999] }],
    ['mBART-25', models.mbart, { before: [], after: [2, 300], textPrefix: '', prompt: [301] }],
    ['mBART-50', models.mbart50, { before: [300], after: [2], textPrefix: '', prompt: [2, 301] }],
    ['T5', models.t5, { before: [], after: [1], textPrefix: 'translate English to German: ', prompt: [0] }],
    ['MADLAD', models.madlad, { before: [401], after: [1], textPrefix: '', prompt: [0] }],
  ] as const)('of %s stand where the model was trained with them', (_, model, expected) => {
    expect(controls(model, 'en', 'de')).toEqual(expected);
  });

  it('are found whatever the tag is written like', () => {
    expect(controls(models.nllb, 'eng', 'zh-Hant').prompt).toEqual([2, 204]);
    expect(controls(models.nllb, 'en-GB', 'zh').prompt).toEqual([2, 203]);
    expect(controls(models.nllb, 'en', 'ar').prompt).toEqual([2, 205]);
    expect(controls(models.madlad, 'en', 'zh-Hant').before).toEqual([402]);
  });

  it('never stand for another script of the language', () => {
    expect(() => controls(models.nllb, 'en', 'sr-Latn')).toThrow(/does not know the language "sr-Latn"/u);
    expect(controls(models.nllb, 'en', 'sr').prompt).toEqual([2, 202]);
  });

  it.each(['xx', 'fr', 'x-klingon', 'und', ''])('are refused for the unknown language "%s", with those that are known', (language) => {
    expect(() => controls(models.m2m, 'en', language)).toThrow(expect.objectContaining({ data: expect.objectContaining({ code: 'language-unknown', hint: expect.stringContaining('de, en, zh') }) }));
  });
});

describe('the family', () => {
  it('of a kind that cannot translate is refused', () => {
    expect(() => familyOf(facts('bert', {}))).toThrow(/of the kind "bert"/u);
  });

  it('says which languages it has, where its files say so', () => {
    expect(languagesOf('m2m_100', models.m2m.specialTokens)).toEqual(['de', 'en', 'zh']);
    expect(languagesOf('nllb', models.nllb.specialTokens)).toEqual(['ar', 'de', 'en', 'sr', 'zh', 'zh-Hant']);
    expect(languagesOf('marian', [])).toBeNull();
  });
});
