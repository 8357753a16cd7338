import { describe, expect, it } from 'vitest';
import { seededRandom } from '../review/seeded-random.ts';
import { detectLabelFormat, labelFormat, labelFormatNames, type LabelFile, type LabelFormatName, type LabelledDocument, type LabelledSentence, type LabelledSpan, type WriteLabelOptions } from './index.ts';
import { bySpanOrder } from './labelled-sentence.ts';

/** Sentences in scripts with and without spaces, capitals and marks, with characters beyond 16 bits and signs that formats give a meaning. */
const texts = [
  'Die Fähre nach Helgoland legt um 7:30 Uhr ab, sagt Frau O’Neill.',
  'L’église Saint-Étienne & l’hôtel “Zum <Anker>” sont fermés.',
  'وصلت السفينة إلى ميناء الإسكندرية صباح الثلاثاء.',
  '港の市場は北海道大学の近くにあります。',
  '王小明昨天从上海坐船到了青岛。',
  'नई दिल्ली में श्रीमती गांधी से मिलने गए।',
  'เรือออกจากกรุงเทพมหานครไปเกาะช้าง',
  'Η Αθήνα και η Θεσσαλονίκη έχουν λιμάνι.',
  'נמל חיפה נמצא בצפון ישראל.',
  'Капитан Иванов приплыл из Санкт-Петербурга 🚢🌊 вчера.',
  'Cafe\u0301 Zürich 👩\u200d👧 opened in São Paulo; {"text": [0, 4]} \\ # O',
  'ንግሥት ዘውዲቱ በአዲስ አበባ ተወለዱ።',
];
const labels = ['PER', 'LOC', 'ORG', 'Ereignis'];

/** Sentences with spans drawn from a seed. `disjoint`: as a tagger gives them; else they overlap and nest, and may begin and end anywhere. */
const drawn = (seed: number, disjoint: boolean): LabelledDocument => {
  const random = seededRandom(seed);
  const pick = (count: number): number => Math.floor(random() * count);
  const sentences = Array.from({ length: 1 + pick(6) }, (): LabelledSentence => {
    const text = texts[pick(texts.length)] ?? '';
    const edges = [...text].reduce<number[]>((places, character) => [...places, (places.at(-1) ?? 0) + character.length], [0]);
    const words = Array.from(text.matchAll(/[\p{L}\p{M}]+/gu), (match) => ({ start: match.index, end: match.index + match[0].length }));
    const spans = Array.from({ length: pick(5) }, (): LabelledSpan => {
      const label = labels[pick(labels.length)] ?? '';
      if (disjoint) return { label, ...(words[pick(words.length)] ?? { start: 0, end: 1 }) };
      const from = pick(edges.length - 1);
      return { label, start: edges[from] ?? 0, end: edges[from + 1 + pick(Math.min(12, edges.length - from - 1))] ?? text.length };
    });
    const apart = disjoint ? spans.filter((span, at) => spans.findIndex(({ start }) => start === span.start) === at) : spans;
    return { text, spans: apart.sort(bySpanOrder) };
  });
  return { sentences, losses: [] };
};

const filesOf = (name: LabelFormatName, document: Pick<LabelledDocument, 'sentences' | 'origin'>, options?: WriteLabelOptions) => {
  const written = labelFormat(name).write(document, options);
  return { files: written.files.map(({ suffix, text }): LabelFile => ({ name: `file${suffix}`, text })), losses: written.losses };
};
const plain = (sentences: readonly LabelledSentence[]) => sentences.map(({ text, spans }) => ({ text, spans: spans.map(({ label, start, end }) => ({ label, start, end })) }));
const withoutOrigin = ({ sentences }: LabelledDocument): Pick<LabelledDocument, 'sentences'> => ({ sentences: sentences.map(({ origin: _origin, ...sentence }) => sentence) });

describe.each(labelFormatNames)('%s', (name) => {
  const format = labelFormat(name);
  const options: WriteLabelOptions = { spaceColumn: true, language: 'en' };

  it('brings spans back as they were, in every script', () => {
    for (let seed = 0; seed < 150; seed += 1) {
      const document = drawn(seed, true);
      const { files, losses } = filesOf(name, document, options);
      expect(losses).toEqual([]);
      expect(plain(format.read(files).sentences)).toEqual(plain(document.sentences));
    }
  });

  it('of spans that overlap or nest lists what it cannot hold, and brings the others back', () => {
    let lost = 0;
    for (let seed = 0; seed < 150; seed += 1) {
      const document = drawn(seed, false);
      const { files, losses } = filesOf(name, document, options);
      const read = format.read(files);
      expect(read.sentences.map(({ text }) => text)).toEqual(document.sentences.map(({ text }) => text));
      for (const [at, sentence] of document.sentences.entries()) {
        const own = losses.filter((loss) => loss.sentence === at + 1);
        const missing = sentence.spans.length - (read.sentences[at]?.spans.length ?? 0);
        expect(missing).toBe(own.filter(({ kind }) => kind === 'overlap' || kind === 'empty-span').length);
        if (own.length === 0) expect(plain(read.sentences)[at]).toEqual(plain([sentence])[0]);
        lost += missing;
      }
    }
    expect(lost > 0).toBe(name === 'conll' || name === 'xml' || name === 'tmx');
  });

  it('writes the same bytes again, with what it kept of the file and without', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const { files } = filesOf(name, drawn(seed, false), options);
      const read = format.read(files);
      expect(filesOf(name, read).files).toEqual(files);
      if (name === 'conll') continue;
      expect(filesOf(name, withoutOrigin(read), options).files).toEqual(files);
    }
  });

  it('writes what is changed, and the rest as it was', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const { files } = filesOf(name, drawn(seed, true), options);
      const read = format.read(files);
      const changed = read.sentences.map((sentence, at) => (at === 0 ? { ...sentence, spans: [{ label: 'NEW', start: 0, end: [...sentence.text][0]?.length ?? 1 }] } : sentence));
      const again = filesOf(name, { ...read, sentences: changed });
      const [first, ...others] = plain(format.read(again.files).sentences);
      expect(first?.spans.map(({ label }) => label)).toEqual(['NEW']);
      expect(others).toEqual(plain(read.sentences).slice(1));
    }
  });

  it('leaves no doubt what it is', () => {
    const { files } = filesOf(name, { sentences: [{ text: 'Anna lebt in Köln.', spans: [{ label: 'PER', start: 0, end: 4 }] }] });
    for (const ending of ['', '.dat']) expect(detectLabelFormat({ name: `${files.at(-1)?.name ?? ''}${ending}`, text: files.at(-1)?.text ?? '' }).name).toBe(name);
  });
});

it('what one format reads every other one writes', () => {
  const document = drawn(7, true);
  for (const from of labelFormatNames) {
    const read = labelFormat(from).read(filesOf(from, document, { spaceColumn: true }).files);
    for (const to of labelFormatNames) expect(plain(labelFormat(to).read(filesOf(to, read, { spaceColumn: true }).files).sentences), `${from} to ${to}`).toEqual(plain(document.sentences));
  }
});
