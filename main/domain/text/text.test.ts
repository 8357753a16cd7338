import { expect, test } from 'vitest';
import { languageTag } from '../../contract/language.ts';
import { safeParse } from 'valibot';
import { guessLanguages } from './detect-language.ts';
import { languagesOfFileName } from './file-language.ts';
import { baseLanguage, isKnownLanguage, normaliseLanguage } from './language-code.ts';
import { scriptOf, scriptShares, textDirection } from './script.ts';

test('ISO 639-3, ISO 639-2, FLORES and BCP-47 codes become tags that the contract accepts', () => {
  const expected: Readonly<Record<string, string | null>> = {
    de: 'de', deu: 'de', ger: 'de', deu_Latn: 'de', cmn: 'zh', zho_Hans: 'zh', zho_Hant: 'zh-Hant', 'zh-TW': 'zh-TW', srp_Cyrl: 'sr', srp_Latn: 'sr-Latn', arb_Arab: 'ar', arb_Latn: 'ar-Latn',
    pt_BR: 'pt-BR', swh: 'sw', tgl: 'tl', prs: 'prs', chr: 'chr', und: 'und', 'x-klingon': 'x-klingon', 'X-Foo-Bar': 'x-foo-bar', iw: 'he',
    '': null, e: null, english: null, 'de--': null, 'x-': null, 'x-waytoolongtag': null, '../de': null,
  };
  for (const [code, tag] of Object.entries(expected)) {
    expect(normaliseLanguage(code), code).toBe(tag);
    if (tag !== null) expect(safeParse(languageTag, tag).success, tag).toBe(true);
  }
});

test('a known language has a name; backups and private tags have none', () => {
  expect(['de', 'deu', 'zho_Hant', 'chr'].map(isKnownLanguage)).toEqual([true, true, true, true]);
  expect(['qqq', 'x-klingon', 'und', 'txt'].map(isKnownLanguage)).toEqual([false, false, false, false]);
  expect([baseLanguage('zh-Hant-TW'), baseLanguage('x-foo-bar')]).toEqual(['zh', 'x-foo-bar']);
});

test('direction follows the script of the tag', () => {
  for (const tag of ['ar', 'fa', 'he', 'ur', 'ps', 'sd', 'ug', 'yi', 'dv', 'ckb', 'syr', 'nqo', 'pa-Arab', 'az-Arab', 'ff-Adlm']) expect(textDirection(tag), tag).toBe('rtl');
  for (const tag of ['de', 'zh', 'hi', 'pa', 'ku', 'az', 'ar-Latn', 'x-foo', 'und']) expect(textDirection(tag), tag).toBe('ltr');
  expect([scriptOf('sr'), scriptOf('sr-Latn'), scriptOf('x-foo')]).toEqual(['Cyrl', 'Latn', null]);
});

test('script shares count letters only', () => {
  expect(scriptShares('abc, где? 123')).toEqual([{ script: 'Cyrl', share: 0.5 }, { script: 'Latn', share: 0.5 }]);
  expect(scriptShares('12 %')).toEqual([]);
});

test('file names hint at languages', () => {
  const expected: Readonly<Record<string, readonly [string | null, string | null]>> = {
    'x.de.txt.gz': ['de', null], 'de.tsv': ['de', null], 'news.de-en.de': ['de', null], 'a/b/de-en.en.tsv.gz': ['en', null], 'corpus.de-en.tsv': ['de', 'en'], 'crawl_deu_Latn.txt': ['de', null],
    'C:\\data\\crawl.zh_Hant': ['zh-Hant', null], 'wmt22_de-en.tsv.zst': ['de', 'en'], 'x.bak': [null, null], 'readme.md': [null, null], 'data.txt': [null, null], 'list-of.txt': [null, null], 'news.old': [null, null],
  };
  for (const [name, [language, targetLanguage]] of Object.entries(expected)) expect(languagesOfFileName(name), name).toEqual({ language, targetLanguage });
});

const best = (...lines: string[]): string | undefined => guessLanguages(lines)[0]?.language;

test('languages with detectors, with own scripts, and with telling letters', () => {
  expect(best('Das Wetter ist heute schön, und wir gehen in den Garten.')).toBe('de');
  expect(best('يتكلم هذا الرجل اللغة العربية بطلاقة كبيرة.')).toBe('ar');
  expect(best('من می‌خواهم فارسی یاد بگیرم و با شما صحبت کنم.')).toBe('fa');
  expect(best('ᏓᏂᏍᏓᏩᏗᏙᎯ ᎠᎴ ᎤᏂᏣᏘ')).toBe('chr');
  expect(best('မြန်မာဘာသာစကားကို ပြောတတ်ပါသလား')).toBe('my');
  expect(best('Қазақстан Республикасы Орталық Азияда орналасқан мемлекет.')).toBe('kk');
  expect(best('زه غواړم چې پښتو زده کړم او تاسو سره خبرې وکړم.')).toBe('ps');
  expect(best('私は毎日学校に行きます。')).toBe('ja');
  expect(best('這是一個用繁體中文寫的句子，我們來看看。')).toBe('zh-Hant');
  expect(best('这是一个用简体中文写的句子，我们来看看。')).toBe('zh');
});

test('a language that the n-gram detector lacks is told from its relatives', () => {
  expect(best('Ek wil graag Afrikaans leer en met jou praat oor die weer vandag.', 'Die kinders speel in die tuin.', 'Ons het gister na die winkel toe gegaan om brood te koop.')).toBe('af');
  expect(best('Het weer is vandag erg mooi.', 'De kinderen spelen in de tuin van het huis.', 'Wij zijn gisteren naar de winkel gegaan om brood te kopen.', 'Ik wil graag Nederlands leren.')).toBe('nl');
  expect(best('Habari ya asubuhi, rafiki yangu. Ninaenda sokoni leo.', 'Watoto wanacheza mpira uwanjani.', 'Serikali imetangaza mpango mpya wa elimu kwa shule zote.')).toBe('sw');
});

test('shares tell a mixed sample, and lines without letters have no vote', () => {
  const german = 'Das ist ein ganz gewöhnlicher deutscher Satz über das Wetter.';
  const russian = 'Это совершенно обычное русское предложение о погоде.';
  expect(guessLanguages([german, german, german, russian, '12:30', ''])).toEqual([{ language: 'de', share: 0.75 }, { language: 'ru', share: 0.25 }]);
  expect(guessLanguages(['1', '—', ''])).toEqual([]);
});
