import { expect, it } from 'vitest';
import { createLanguageTest } from './language-of-text.ts';

it('a text is in the language that is expected unless its script or two detectors say otherwise', () => {
  const german = createLanguageTest('de');
  expect(german('Das Boot fährt um acht Uhr aus dem Hafen.')).toBe('de');
  // One detector alone calls this Portuguese.
  expect(german('Das Boot fährt um acht')).toBe('de');
  expect(german('The boat leaves the harbour at eight o’clock.')).toBe('en');
  expect(german('Лодка отходит в восемь часов.')).toBe('ru');
  expect(german('船は八時に出ます。')).toBe('ja');
});

it('says nothing where there is too little to say', () => {
  const german = createLanguageTest('de');
  for (const text of ['', '12:30', 'John Smith', 'OK']) expect([text, german(text)]).toEqual([text, null]);
});

it('relatives that nobody tells apart in a sentence are one', () => {
  expect(createLanguageTest('nb')('Båten går fra havna klokka åtte i morgen tidlig.')).toBe('nb');
  expect(createLanguageTest('bs')('Brod polazi iz luke u osam sati ujutro.')).toBe('bs');
  expect(createLanguageTest('zh')('我們明天早上八點從港口出發。')).toBe('zh');
});

it('a language that the detector does not know is not mistaken for its nearest relative, but English in it is seen', () => {
  const galician = createLanguageTest('gl');
  expect(['gl', null]).toContain(galician('O barco sae do porto ás oito da mañá e non volve ata a noite.'));
  expect(galician('The boat leaves the harbour at eight in the morning and does not come back before night.')).toBe('en');
  expect(createLanguageTest('my')('船は八時に出ます。')).toBe('ja');
});

it('names and code in Latin letters do not make another language of a text in its own script; a sentence of them does', () => {
  const chinese = createLanguageTest('zh');
  expect(chinese('打开用密码保护的 Microsoft Office 文档')).toBe('zh');
  expect(chinese('使用 LibreOffice Writer')).not.toBe('en');
  expect(chinese('The boat leaves the harbour at eight in the morning.')).toBe('en');
  expect(createLanguageTest('ru')('Откройте файл в Microsoft Visual Studio Code')).toBe('ru');
});
