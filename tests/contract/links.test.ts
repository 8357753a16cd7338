import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultMineSettings } from '../../main/contract/mine.ts';
import { openBench, settled, type Bench } from '../support.ts';

/** Word links and similar pairs with the real encoder in the real engine. */
let bench: Bench;
beforeAll(async () => { bench = await openBench(); });
afterAll(() => bench.close());

type Text = { readonly text: string; readonly language: string };
const linked = async (source: Text, target: Text): Promise<string[]> => {
  const found = await bench.client.call('review.wordLinks', { source, target });
  const word = (text: string, span: readonly [number, number] | undefined): string => (span === undefined ? '?' : text.slice(...span));
  return found.links.map((link) => `${word(source.text, found.source[link.source])}=${word(target.text, found.target[link.target])}`);
};

describe('word links', () => {
  const english: Text = { language: 'en', text: 'Yesterday my brother bought three red apples.' };
  test.each<[Text, string[]]>([
    [{ language: 'de', text: 'Mein Bruder kaufte gestern drei rote Äpfel.' }, ['Mein=my', 'Bruder=brother', 'kaufte=bought', 'gestern=Yesterday', 'drei=three', 'rote=red', 'Äpfel=apples']],
    [{ language: 'zh', text: '昨天我弟弟买了三个红苹果。' }, ['昨天=Yesterday', '弟弟=brother', '买=bought', '红=red', '苹果=apples']],
    [{ language: 'ru', text: 'Вчера мой брат купил три красных яблока.' }, ['Вчера=Yesterday', 'мой=my', 'брат=brother', 'купил=bought', 'три=three', 'красных=red', 'яблока=apples']],
    [{ language: 'ar', text: 'اشترى أخي أمس ثلاث تفاحات حمراء.' }, ['اشترى=bought', 'أخي=brother', 'أمس=Yesterday', 'ثلاث=three', 'تفاحات=apples', 'حمراء=red']],
    [{ language: 'ja', text: '昨日、弟が赤いりんごを三つ買いました。' }, ['昨日=Yesterday', '弟=brother', '赤い=red']],
  ])('$text', async (source, expected) => {
    expect(await linked(source, english)).toEqual(expect.arrayContaining(expected));
  });

  test('decomposed letters and emoji do not move the words', async () => {
    const links = await linked({ language: 'de', text: 'Die 🍎 Äpfel 🍎 kosten heute zwei Euro.'.normalize('NFD') }, { language: 'en', text: '🍎 The apples 🍎 cost two euros today.' });
    expect(links.map((link) => link.normalize('NFC'))).toEqual(expect.arrayContaining(['Äpfel=apples', 'kosten=cost', 'heute=today', 'zwei=two', 'Euro=euros']));
  });

  test('an empty text has no words, and one beyond the encoder keeps the links of its beginning', async () => {
    expect(await bench.client.call('review.wordLinks', { source: { text: ' … ', language: 'de' }, target: english })).toMatchObject({ source: [], links: [] });
    const long = await bench.client.call('review.wordLinks', { source: { text: `Mein Bruder kaufte Äpfel. ${'Und dann noch viele andere Dinge. '.repeat(1_000)}`, language: 'de' }, target: english });
    expect(long.links.length).toBeGreaterThan(2);
  });
});

describe('similar pairs', () => {
  const rows = [
    'Der Zug fährt um acht Uhr ab.\tThe train leaves at eight o’clock.', 'Die Bahn fährt um neun Uhr ab.\tThe train departs at nine.', 'Ich mag Äpfel und Birnen.\tI like apples and pears.',
    'Sie isst gern Obst.\tShe likes eating fruit.', 'Das Parlament hat das Gesetz beschlossen.\tParliament passed the law.', 'Der Zug fährt um acht Uhr ab.\tThe train goes at eight.',
  ];
  test('are found by the vectors that scoring has left, and missed with a reason before', async () => {
    const client = bench.client;
    await client.call('project.create', { path: join(bench.folder, 'similar') });
    const path = join(bench.folder, 'trains.de-en.tsv');
    writeFileSync(path, `${rows.join('\n')}\n`);
    const [preview] = await client.call('corpora.inspect', { paths: [path] });
    if (preview === undefined) throw new Error('no preview');
    const { collection, job } = await client.call('corpora.import', { name: 'trains', files: [{ ...preview.file, options: { ...preview.file.options, language: 'de', targetLanguage: 'en' } }] });
    await settled(client, job);
    const origin = { collection };
    const { view } = await client.call('pairs.view', { origin, predicate: null, sort: null });
    const pairs = (await client.call('pairs.page', { view, from: 0, count: 10 })).rows.map(({ id }) => id);
    const ask = (at: number, side: 'source' | 'target', count = 3) => client.call('review.similar', { origin, pair: pairs[at] ?? 0, side, count });
    expect(await ask(0, 'source')).toMatchObject({ encoder: null, rows: [], missing: expect.stringContaining('no vectors') });

    const scored = await client.call('mine.scoreBitext', { collection, settings: defaultMineSettings });
    expect(await settled(client, scored.job)).toMatchObject({ state: 'done' });
    const bySource = await ask(0, 'source');
    expect(bySource.missing).toBeNull();
    expect(bySource.rows.map(({ pair }) => pairs.indexOf(pair)).slice(0, 2)).toEqual([5, 1]);
    expect(bySource.rows[0]?.cosine).toBeCloseTo(1, 6);
    expect((await ask(2, 'target', 1)).rows.map(({ pair }) => pairs.indexOf(pair))).toEqual([3]);
    // Of an edited pair the text is meant that stands there now.
    const { id: anna } = await client.call('review.addAnnotator', { name: 'anna' });
    await client.call('review.edit', { origin, pair: pairs[2] ?? 0, annotator: anna, side: 'target', text: 'The parliament has decided on a law.' });
    expect((await ask(2, 'target', 1)).rows.map(({ pair }) => pairs.indexOf(pair))).toEqual([4]);
    // Others are ranked as they were imported, and say so.
    expect((await ask(3, 'target', 5)).rows.map(({ pair, edited }) => [pairs.indexOf(pair), edited])).toEqual(expect.arrayContaining([[2, true], [4, false]]));
    expect((await ask(3, 'source', 1)).rows.map(({ pair, edited }) => [pairs.indexOf(pair), edited])).toEqual([[2, false]]);
    await client.call('review.edit', { origin, pair: pairs[2] ?? 0, annotator: anna, side: 'target', text: null });
    expect((await ask(2, 'target', 1)).rows.map(({ pair }) => pairs.indexOf(pair))).toEqual([3]);
  });
});
