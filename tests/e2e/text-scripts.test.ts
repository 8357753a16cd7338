import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PairRow } from '../../main/contract/pairs.ts';
import { textAttributes } from '../../renderer/text/languages.ts';
import { sharedPath } from '../shared-data.ts';
import { accessibilityFaults } from './support/axe.ts';
import { launchBrowser, openPage, type Opened } from './support/browser.ts';
import { fakeReview, knowAnnotator } from './support/fake-review.ts';
import { fakeRow } from './support/fake-run.ts';
import { fakeWorkbench } from './support/fake-workbench.ts';
import { startHost, type Host } from './support/host.ts';
import { openSample } from './support/review.ts';

/** Polls with the patience that a loaded machine needs. */
const eventually = <T>(ask: () => Promise<T>) => expect.poll(ask, { timeout: 15_000 });

/** A line of each script, with marks, joins and clusters; written for this test. */
const lines: Readonly<Record<string, string>> = {
  ar: 'يحفظ التطبيق نسخةً من كلّ ملفٍّ قبل تعديله، ويمكن استعادتها خلال ٣٠ يومًا.',
  fa: 'پنجره را ببند، می‌خواهم چراغ را روشن کنم؛ گچ و ژاکت کجاست؟',
  he: 'הַשּׁוּק נפתח בכל בוקר בשעה שמונה, חוץ מיום שישי.',
  hi: 'क्षमा कीजिए, पुस्तकालय हर शुक्रवार को बंद रहता है; डॉक्टर ज्ञानेश्वर यहीं हैं।',
  am: 'ገበያው በየቀኑ ጠዋት ሁለት ሰዓት ይከፈታል፤ እሑድ ግን ዝግ ነው።',
  ka: 'ბაზარი ყოველ დილით რვა საათზე იხსნება, კვირის გარდა.',
  my: 'ဈေးကို မနက်တိုင်း ရှစ်နာရီမှာ ဖွင့်ပါတယ်၊ တနင်္ဂနွေနေ့ ပိတ်တယ်။',
  chr: 'ᎣᏏᏲ, ᏙᎯᏧ? ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ ᏓᏆᏕᎶᏆᎠ.',
  th: 'ตลาดเปิดทุกเช้าเวลาแปดโมง ยกเว้นวันอาทิตย์ น้ำแข็งอยู่ที่นี่',
  km: 'ផ្សារបើករៀងរាល់ព្រឹកនៅម៉ោងប្រាំបី លើកលែងតែថ្ងៃអាទិត្យ។',
  zh: '市场每天早上八点开门，星期日除外；请把旧地图放回抽屉里。',
  ja: '市場は日曜日を除いて毎朝八時に開きます。古い地図を引き出しに戻してください。',
};

/** Real lines of the published data, where it is here: file, column of the text, and how it is packed. */
const published: Readonly<Record<string, readonly [file: string, column: number]>> = {
  ar: ['data/tatoeba/ar-en.tsv', 1], hi: ['data/tatoeba/hi-en.tsv', 1], am: ['data/tatoeba/am-en.tsv', 1], ka: ['data/tatoeba/ka-en.tsv', 1],
  zh: ['data/tatoeba/zh-en.tsv', 1], ja: ['data/tatoeba/ja-en.tsv', 1], my: ['data/bible/my.tsv.gz', 1], chr: ['data/bible/chr.tsv.gz', 1],
};

const publishedLines = (language: string): string => {
  const place = published[language];
  const folder = place === undefined ? null : sharedPath('data');
  if (place === undefined || folder === null) return '';
  const [file, column] = place;
  const bytes = readFileSync(join(folder, '..', file));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').slice(0, 1_000).map((line) => line.split('\t')[column] ?? '').join(' ');
};

let host: Host;
let browser: Browser;
let opened: Opened;
beforeAll(async () => {
  host = await startHost();
  browser = await launchBrowser();
  opened = await openPage(browser, host.url);
});
afterAll(async () => {
  await browser?.close();
  await host?.close();
});

describe('text in scripts that a system may lack', () => {
  let page: Page;

  beforeAll(async () => {
    page = opened.page;
    await page.getByRole('heading', { name: 'Start' }).waitFor();
  });
  /**
   * Signs for which the browser draws the box of a missing glyph, with the faces that the page's style sheets give a language.
   *
   * Each is drawn alone and compared, pixel by pixel, with signs that Unicode has assigned to nothing: no face has them, so that what is drawn for them are the boxes.
   */
  const boxed = async (language: string, text: string, read: boolean): Promise<{ readonly signs: readonly string[]; readonly compared: number }> => page.evaluate(async ({ attributes, sample, isRead }) => {
    const probe = document.createElement('div');
    probe.className = isRead ? 'text read' : 'text';
    for (const [name, value] of Object.entries(attributes)) probe.setAttribute(name, value);
    probe.textContent = sample;
    document.body.append(probe);
    const font = `40px ${getComputedStyle(probe).fontFamily}`;
    probe.remove();
    const signs = [...new Set(Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(sample), ({ segment }) => segment))].filter((sign) => /[\p{L}\p{N}\p{P}]/u.test(sign));
    // Assigned to nothing, in the ranges of several faces: each face has a box of its own.
    const unassigned = ['\u0378', '\u0530', '\u2FE0', '\u0E5C', '\u1249'];
    await document.fonts.load(font, [...signs, ...unassigned].join(''));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [240, 120];
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const draw = (sign: string): string => {
      context?.clearRect(0, 0, canvas.width, canvas.height);
      if (context !== null) context.font = font;
      context?.fillText(sign, 60, 75);
      return String(context?.getImageData(0, 0, canvas.width, canvas.height).data);
    };
    const boxes = new Set([...unassigned, ''].map(draw));
    return { signs: signs.filter((sign) => boxes.has(draw(sign))), compared: signs.length };
  }, { attributes: textAttributes(language), sample: text, isRead: read });

  test.each(Object.keys(lines))('%s shows no box, in rows and on the desk', async (language) => {
    const text = `${lines[language] ?? ''} ${publishedLines(language)}`;
    for (const read of [false, true]) {
      const { signs, compared } = await boxed(language, text, read);
      expect(compared).toBeGreaterThan(10);
      expect(signs).toEqual([]);
    }
  });

  test('a sign that no face has is found out: Sunuwar, which came with Unicode 16', async () => expect((await boxed('de', 'Apfel \u{11BC0}', true)).signs).toEqual(['\u{11BC0}']));

  test('a text of one language shows signs of another script, too', async () => expect((await boxed('de', `Sie sagte: ${Object.values(lines).join(' ')}`, true)).signs).toEqual([]));

  test.each(['th', 'km', 'my', 'zh', 'ja'])('%s breaks between words or signs, never inside one, and stays in its column', async (language) => {
    const found = await page.evaluate(({ attributes, text }) => {
      const box = document.createElement('div');
      box.className = 'text read';
      for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);
      box.style.inlineSize = '160px';
      box.textContent = text;
      document.body.append(box);
      const node = box.firstChild;
      const range = document.createRange();
      const tops = new Set<number>();
      let isTorn = false;
      for (const { index, segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
        if (node === null || segment.trim() === '') continue;
        range.setStart(node, index);
        range.setEnd(node, index + segment.length);
        const rects = [...range.getClientRects()].filter((rect) => rect.width > 0);
        for (const rect of rects) tops.add(Math.round(rect.top));
        if (new Set(rects.map((rect) => Math.round(rect.top))).size > 1) isTorn = true;
      }
      const isWider = box.scrollWidth > box.clientWidth;
      box.remove();
      return { rows: tops.size, isTorn, isWider };
    }, { attributes: textAttributes(language), text: (lines[language] ?? '').repeat(2) });
    expect(found.rows).toBeGreaterThan(2);
    expect(found).toMatchObject({ isTorn: false, isWider: false });
  });

  test('the settings tell which face each language of the project really gets', async () => {
    await openSample(page);
    await page.keyboard.press('Control+,');
    const sheet = page.getByRole('dialog', { name: 'Settings' });
    await sheet.getByRole('tab', { name: 'Text faces' }).click();
    for (const script of ['Arab', 'Deva', 'Hans']) await eventually(async () => sheet.locator(`[data-script="${script}"]`).getByRole('button').first().textContent()).toMatch(/\S/u);
    expect(await sheet.getByText(/No face here/u).count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(opened.faults).toEqual([]);
  });
});

/** Marks over an Arabic and an English text; the workbench is played, so that findings and links are known. */
describe('marks over plain text', () => {
  let page: Page;

  const source = 'كتبت البنت ١٢ رسالة\u200F اليوم';
  const target = 'The girl wrote 13 letters today';
  const row = (position: number): PairRow => {
    const plain = fakeRow(position);
    return {
      ...plain, source: { ...plain.source, text: source, language: 'ar', original: 'كتب البنت ١٢ رسالة\u200F اليوم' }, target: { ...plain.target, text: target, language: 'en' },
      review: { ...plain.review, checks: ['numbers'] },
    };
  };

  beforeAll(async () => {
    page = await opened.context.newPage();
    const spanOf = (text: string, part: string): [number, number] => [text.indexOf(part), text.indexOf(part) + part.length];
    await page.addInitScript(knowAnnotator('/tmp/harbour.dragoman', 1));
    await fakeWorkbench(page, {
      ...fakeReview(40, row),
      'review.check': () => [{ check: 'numbers', severity: 'error', text: 'Numbers differ: 12 and 13.', source: [spanOf(source, '١٢')], target: [spanOf(target, '13')], ignored: null }],
      'review.wordLinks': () => ({ source: [spanOf(source, 'كتبت'), spanOf(source, 'البنت'), spanOf(source, 'رسالة')], target: [spanOf(target, 'girl'), spanOf(target, 'wrote'), spanOf(target, 'letters')], links: [{ source: 0, target: 1, similarity: 0.9 }, { source: 1, target: 0, similarity: 0.9 }, { source: 2, target: 2, similarity: 0.9 }] }),
      'review.similar': () => ({ encoder: 'use-multilingual-v3', missing: null, rows: [{ pair: 9, source, target, cosine: 0.91, edited: false }] }),
    });
    const filter = Buffer.from(JSON.stringify({ join: 'all', of: [{ kind: 'text', side: 'either', contains: 'letters', matchCase: false }], order: null })).toString('base64url');
    await page.goto(`${host.url.split('?')[0] ?? ''}#/review/run/12/${filter}`);
    await page.getByRole('grid').getByRole('row').nth(1).click();
  });
  /** What is painted under a name on the desk, side by side. */
  const painted = (name: string): Promise<readonly string[]> => page.evaluate((wanted) => [...(CSS.highlights.get(wanted) ?? [])].filter((range): range is Range => range instanceof Range && range.startContainer.parentElement?.closest('.read') !== null).map(String).toSorted(), name);
  const desk = () => page.getByRole('region', { name: 'Open pair' });

  test('findings, hits and changes are painted as ranges; no word has an element inside', async () => {
    await eventually(() => painted('finding-error')).toEqual(['13', '١٢']);
    await eventually(() => painted('hit')).toEqual(['letters']);
    await eventually(() => painted('added-letters')).toEqual(['ت']);
    // The old word and the new one stand whole; nothing tears an Arabic join.
    expect(await desk().locator('.read del').allTextContents()).toEqual(['كتب']);
    expect(await desk().locator('.read ins').allTextContents()).toEqual(['كتبت']);
    expect(await desk().locator('.read').last().evaluate((text) => [text.childElementCount, text.textContent])).toEqual([0, target]);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('hits are painted in the rows, too', async () => {
    const inRows = (): Promise<number> => page.evaluate(() => [...(CSS.highlights.get('hit') ?? [])].filter((range) => range.startContainer.parentElement?.closest('[role="row"]') !== null).length);
    await expect.poll(inRows, { timeout: 15_000 }).toBeGreaterThan(3);
  });

  test('words are stepped through, and what each belongs to is shown on the other side', async () => {
    await page.keyboard.press('t');
    await eventually(() => painted('linked-source')).toEqual(['كتبت']);
    expect(await painted('linked-target')).toEqual(['wrote']);
    await desk().getByText('1 word link shown').waitFor();
    await page.keyboard.press('t');
    await eventually(() => painted('linked-target')).toEqual(['girl']);
    await page.keyboard.press('Shift+T');
    await eventually(() => painted('linked-target')).toEqual(['wrote']);
  });

  test('pointing at a word shows its links; leaving the text hides them', async () => {
    const place = await desk().locator('.read').last().evaluate((text) => {
      const range = document.createRange();
      const node = text.firstChild;
      if (node === null) return { x: 0, y: 0 };
      const from = text.textContent.indexOf('letters');
      range.setStart(node, from + 2);
      range.setEnd(node, from + 3);
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    });
    await page.mouse.move(place.x, place.y);
    await eventually(() => painted('linked-source')).toEqual(['رسالة']);
    expect(await painted('linked-target')).toEqual(['letters']);
    await page.mouse.move(5, 5);
    await eventually(() => painted('linked-source')).toEqual([]);
  });

  test('invisible characters are shown over the text, which stays as it is', async () => {
    const before = await desk().locator('.read').first().innerText();
    await page.keyboard.press('p');
    await desk().locator('.signs [data-sign="RLM"]').first().waitFor({ state: 'attached' });
    expect(await desk().locator('.read').first().innerText()).toBe(before);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('p');
  });

  test('similar pairs lie beside the room, which stays usable', async () => {
    await page.keyboard.press('Shift+N');
    const sheet = page.getByRole('dialog', { name: 'Similar pairs' });
    await sheet.getByRole('button').filter({ hasText: '0.910' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('j');
    await page.getByText(/^Row 2 of/u).waitFor();
    await page.keyboard.press('Escape');
  });
});
