import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDesk, type Desk } from './testing.ts';

let desk: Desk;
beforeEach(() => { desk = openDesk(); });
afterEach(() => { desk.close(); });

const call = { signal: new AbortController().signal };
const fixture = (name: string): Buffer => readFileSync(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)));
const german = ['Heute scheint die Sonne über dem See.', 'Wir gehen morgen in die Stadt, um Brot zu kaufen.', 'Die Kinder spielen im Garten mit ihrem Ball.'];
const lines = (...texts: readonly string[]): string => `${texts.join('\n')}\n`;
const counts = (id: number): readonly number[] => { const { lines: all, empty, malformed, merged, size } = desk.get(id); return [all, empty, malformed, merged, size]; };
const malformed = (id: number) => desk.project.malformed.page(id, 0, 100).rows.map(({ line, column, reason }) => [line, column, reason]);
const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('encodings', () => {
  const text = lines(...german, 'Größe: 12 m² — schön!');
  const cases: ReadonlyArray<readonly [name: string, bytes: Buffer, encoding: string, bom: string | null]> = [
    ['utf-8', Buffer.from(text), 'utf-8', null],
    ['utf-8 with BOM', Buffer.from(`\uFEFF${text}`), 'utf-8', 'utf-8'],
    ['utf-16le with BOM', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le', 'utf-16le'],
    ['utf-16be with BOM', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(), 'utf-16be', 'utf-16be'],
    ['utf-16le without BOM', Buffer.from(text, 'utf16le'), 'utf-16le', null],
  ];
  for (const [name, bytes, encoding, bom] of cases) {
    test(name, async () => {
      const path = desk.write('text.txt', bytes);
      const [preview] = await desk.inspect(path);
      expect(preview).toMatchObject({ bom, file: { options: { encoding, language: 'de', layout: 'lines' } }, lineEnd: 'lf' });
      const { job, collection } = await desk.bring([path]);
      expect(job.state).toBe('done');
      expect(desk.texts(collection)).toEqual(text.trimEnd().split('\n'));
    });
  }

  test('legacy encodings are told by their statistics, with a warning and a confidence', async () => {
    const many = Array.from({ length: 40 }, (_, at) => `Größe und Übermaß prüfen wir später, schöne Grüße ${at}.`);
    const [preview] = await desk.inspect(desk.write('latin.txt', latin(lines(...many))));
    expect(preview?.file.options.encoding).toBe('windows-1252');
    expect(preview?.encodingConfidence).toBeGreaterThan(0.3);
    expect(preview?.encodingConfidence).toBeLessThan(1);
    expect(preview?.warnings.join(' ')).toContain('not UTF-8');
    expect(preview?.sample.flat()).toContain('Größe und Übermaß prüfen wir später, schöne Grüße 7.');
  });

  test('another encoding can be tried on the sample before the import', async () => {
    const path = desk.write('ru.txt', Buffer.from([...Buffer.from('Text\n'), 0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x0a]));
    const [preview] = await desk.inspect(path);
    if (preview === undefined) throw new Error('no preview');
    const changed = await desk.corpora['corpora.preview']({ file: { ...preview.file, options: { ...preview.file.options, encoding: 'windows-1251' } } }, call);
    expect(changed.sample).toEqual([['Text'], ['Привет']]);
    const wrong = { ...preview.file, options: { ...preview.file.options, encoding: 'klingon-8' } };
    await expect(desk.corpora['corpora.preview']({ file: wrong }, call)).rejects.toMatchObject({ data: { code: 'wrong-encoding' } });
  });

  test('invalid UTF-8 is listed with file, line and column, and its neighbours are kept', async () => {
    const path = desk.write('bad.txt', Buffer.concat([Buffer.from(lines(...german)), latin('Schöne Grüße\n'), Buffer.from('Der letzte Satz ist wieder schön und gut.\n')]));
    const { job, collection } = await desk.bring([path], { encoding: 'utf-8' });
    expect(job.state).toBe('done');
    expect(counts(collection)).toEqual([5, 0, 1, 0, 4]);
    expect(desk.project.malformed.page(collection, 0, 10).rows).toEqual([{ file: path, line: 4, column: 4, reason: 'byte 0xF6 is not valid UTF-8 here', excerpt: 'Sch\uFFFDne Gr\uFFFD\uFFFDe' }]);
  });
});

describe('compression', () => {
  const text = lines(...german);
  const cases: ReadonlyArray<readonly [string, () => Buffer, string, readonly string[]]> = [
    ['gz', () => gzipSync(text), 'gz', german],
    ['gz of several members', () => Buffer.concat([gzipSync(lines(...german.slice(0, 2))), gzipSync(lines(...german.slice(2)))]), 'gz', german],
    ['zst', () => zstdCompressSync(text), 'zst', german],
    ['zst of several frames', () => Buffer.concat([zstdCompressSync(lines(...german.slice(0, 2))), zstdCompressSync(lines(...german.slice(2)))]), 'zst', german],
    ['xz', () => fixture('zwei.txt.xz'), 'xz', ['Erster Satz aus der xz-Datei.', 'Zweiter Satz aus der xz-Datei.']],
    ['xz of several streams', () => Buffer.concat([fixture('zwei.txt.xz'), Buffer.alloc(4), fixture('drei.txt.xz')]), 'xz', ['Erster Satz aus der xz-Datei.', 'Zweiter Satz aus der xz-Datei.', 'Dritter Satz aus der xz-Datei.']],
  ];
  for (const [name, bytes, compression, expected] of cases) {
    test(`${name}, whatever the file is called`, async () => {
      const path = desk.write('text.dat', bytes());
      const [preview] = await desk.inspect(path);
      expect(preview?.file.options.compression).toBe(compression);
      const { job, collection } = await desk.bring([path]);
      expect(job.failure).toBeNull();
      expect(desk.texts(collection)).toEqual(expected);
      expect(desk.get(collection).files[0]).toMatchObject({ path, bytes: bytes().length, lines: expected.length, sha256: createHash('sha256').update(bytes()).digest('hex') });
    });
  }

  test('two xz halves of a Moses pair are read side by side', async () => {
    const { job, collection } = await desk.bring([desk.write('x.de.xz', fixture('zwei.txt.xz')), desk.write('x.en.xz', fixture('zwei.txt.xz'))]);
    expect(job.failure).toBeNull();
    expect(counts(collection)).toEqual([2, 0, 0, 0, 2]);
  });

  test('a truncated file fails with its place, and what stood before is kept as a partial collection', async () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `${german[at % 3] ?? ''} ${randomBytes(8).toString('hex')} ${at}`);
    for (const [name, whole] of [['a.txt.gz', gzipSync(lines(...many))], ['a.txt.zst', zstdCompressSync(lines(...many))]] as const) {
      const { job, collection } = await desk.bring([desk.write(name, whole.subarray(0, Math.floor(whole.length * 0.6)))]);
      expect(job.state).toBe('failed');
      expect(job.failure?.code).toBe('malformed-input');
      expect(job.failure?.message).toMatch(new RegExp(`"${name}" breaks off in the middle of its compressed data after line \\d+\\.`));
      expect(job.failure?.hint).toContain('again');
      const kept = desk.get(collection);
      expect(kept.state).toBe('partial');
      expect(kept.size).toBeGreaterThan(5_000);
      // The last line is cut in its middle; all before it are whole.
      expect(desk.texts(collection).slice(0, -1)).toEqual(many.slice(0, kept.size - 1));
    }
  });

  test('a corrupt file says damaged; one that is damaged from its first byte imports nothing', async () => {
    const whole = gzipSync(lines(...Array.from({ length: 20_000 }, () => randomBytes(30).toString('hex'))));
    const bad = Buffer.from(whole);
    bad.fill(0x55, bad.length >> 1, (bad.length >> 1) + 64);
    const { job } = await desk.bring([desk.write('bad.gz', bad)]);
    expect(job.failure?.message).toContain('is damaged at or before line');
    await expect(desk.inspect(desk.write('cut.xz', fixture('zwei.txt.xz').subarray(0, 40)))).rejects.toMatchObject({ data: { code: 'malformed-input', message: '"cut.xz" cannot be decompressed: it is cut off at its beginning.' } });
    await expect(desk.inspect(desk.write('worse.gz', whole.subarray(0, 12)))).rejects.toMatchObject({ data: { code: 'malformed-input' } });
  });
});

describe('lines', () => {
  test('CR LF, lone CR, mixed ends, a missing last end', async () => {
    for (const [end, name] of [['\r\n', 'crlf'], ['\r', 'cr'], ['\n', 'lf']] as const) {
      const path = desk.write(`${name}.txt`, german.join(end));
      expect((await desk.inspect(path))[0]?.lineEnd).toBe(name);
      expect(desk.texts((await desk.bring([path])).collection)).toEqual(german);
    }
    const path = desk.write('mixed.txt', `${german[0]}\r\n${german[1]}\nEin Wagenrücklauf\rmitten im Satz bleibt stehen.\n`);
    expect((await desk.inspect(path))[0]).toMatchObject({ lineEnd: 'mixed' });
    expect(desk.texts((await desk.bring([path])).collection)).toEqual([german[0], german[1], 'Ein Wagenrücklauf\rmitten im Satz bleibt stehen.']);
  });

  test('NUL, empty lines and repeated lines are each counted once', async () => {
    const path = desk.write('mixed.txt', lines(german[0] ?? '', '', german[1] ?? '', 'ein\0Satz', '  ', german[0] ?? '', german[0] ?? ''));
    const { collection } = await desk.bring([path]);
    expect(counts(collection)).toEqual([7, 2, 1, 2, 2]);
    expect(malformed(collection)).toEqual([[4, 4, 'NUL character']]);
    expect(desk.corpora['corpora.sentences']({ collection, from: 0, count: 10 }, call)).toMatchObject({ rows: [{ text: german[0], count: 3, line: 1, id: '1' }, { text: german[1], count: 1, line: 3, id: '3' }], total: 2 });
    expect(desk.corpora['corpora.occurrences']({ collection, ordinal: 0, from: 0, count: 10 }, call)).toMatchObject({ rows: [{ file: path, line: 1 }, { line: 6 }, { line: 7 }], total: 3 });
  });

  test('a line of 50 MB is listed and skipped without being held', async () => {
    const long = Buffer.alloc(50 * 1024 * 1024, 'Wort ');
    const path = desk.write('long.txt', Buffer.concat([Buffer.from(`${german[0]}\n`), long, Buffer.from(`\n${german[1]}\n`)]));
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => { most = Math.max(most, process.memoryUsage().rss); }, 5);
    const { job, collection } = await desk.bring([path]);
    clearInterval(watch);
    expect(job.failure).toBeNull();
    expect(counts(collection)).toEqual([3, 0, 1, 0, 2]);
    expect(malformed(collection)).toEqual([[2, 1, 'line longer than 1 MB']]);
    expect(most - before).toBeLessThan(40 * 1024 * 1024);
  });

  test('several sentences a line are proposed to be split; their ids name the line', async () => {
    const path = desk.write('absatz.txt', lines(`${german[0]} ${german[1]}`, german[2] ?? '', `${german[0]} Und Schluss. Wirklich.`));
    const [preview] = await desk.inspect(path);
    expect(preview?.sentencesPerLine).toBeCloseTo(2, 5);
    expect(preview?.file.options.split).toBe('sentences');
    expect(preview?.sample).toEqual([[german[0]], [german[1]], [german[2]], [german[0]], ['Und Schluss.'], ['Wirklich.']]);
    const { collection } = await desk.bring([path]);
    expect(counts(collection)).toEqual([6, 0, 0, 1, 5]);
    expect(desk.project.sentences.page(collection, 0, 10).map(({ text, id, line }) => [text, id, line])).toEqual([
      [german[0], '1.1', 1], [german[1], '1.2', 1], [german[2], '2', 2], ['Und Schluss.', '3.2', 3], ['Wirklich.', '3.3', 3],
    ]);
  });

  test('ids of a two-column file are kept, and split lines number them', async () => {
    const path = desk.write('ids.tsv', lines(`de-1\t${german[0]} ${german[1]}`, `de-2\t${german[2]}`, 'de-3', 'de-4\tNoch ein Satz.', 'de-5\tUnd der letzte.'));
    const [preview] = await desk.inspect(path);
    expect(preview?.file.options).toMatchObject({ layout: 'columns', header: false, split: 'none' });
    const plain = await desk.bring([path]);
    expect(desk.project.sentences.idsByOrdinals(plain.collection, [0, 1, 2])).toEqual(['de-1', 'de-2', 'de-4']);
    expect(malformed(plain.collection)).toEqual([[3, 5, '1 column instead of 2']]);
    const split = await desk.bring([path], { split: 'sentences' });
    expect(desk.project.sentences.idsByOrdinals(split.collection, [0, 1, 2])).toEqual(['de-1.1', 'de-1.2', 'de-2']);
  });
});

describe('pairs', () => {
  test('Moses files of unequal length: the rest has no partner', async () => {
    const path = desk.write('x.de', lines(...german, ''));
    const partner = desk.write('x.en', lines('The sun is shining.', 'We go to town.'));
    const [preview] = await desk.inspect(path, partner);
    expect(preview).toMatchObject({ kind: 'bitext', file: { path, targetPath: partner, options: { layout: 'moses', language: 'de', targetLanguage: 'en' } } });
    const { collection } = await desk.bring([path, partner]);
    expect(counts(collection)).toEqual([4, 0, 2, 0, 2]);
    expect(malformed(collection)).toEqual([[3, 1, 'no partner: the target file has no such line'], [4, 1, 'no partner: the target file has no such line']]);
    const rows = desk.project.pairs.rows({ collection }, [1, 2]);
    expect(rows.map(({ source, target }) => [source.text, source.file, source.line, target.text, target.line])).toEqual([
      [german[0], path, 1, 'The sun is shining.', 1], [german[1], path, 2, 'We go to town.', 2],
    ]);
    const { target } = desk.project.collections.sides(collection);
    expect(desk.project.sentences.page(target, 0, 2).map(({ file, line }) => [file, line])).toEqual([[partner, 1], [partner, 2]]);
    expect(desk.get(collection).files.map(({ lines: all }) => all)).toEqual([4, 2]);
  });

  test('a fault in the target half is told in the target file', async () => {
    const path = desk.write('y.de', lines(...german));
    const partner = desk.write('y.en', lines('The sun is shining.', 'We go\0to town.', ''));
    const { collection } = await desk.bring([path, partner]);
    expect(desk.project.malformed.page(collection, 0, 9).rows.map(({ file, line, column, reason }) => [file, line, column, reason])).toEqual([
      [partner, 2, 6, 'NUL character'], [path, 3, 1, 'the target side is empty'],
    ]);
  });

  test('scores and labels of a headed table become columns of the pairs', async () => {
    const path = desk.write('laser.tsv', lines(
      'score\tdomain\tsource\ttarget', `1.25\tnews\t${german[0]}\tThe sun is shining.`, `1.10\tlaw\t${german[1]}\tWe go to town.`, `1.25\tnews\t${german[0]}\tThe sun is shining.`,
      `high\tnews\t${german[2]}\tThe children play.`, `\tnews\t${german[2]}\tThe children are playing.`,
    ));
    const { job, collection } = await desk.bring([path], { columns: [{ index: 0, name: 'score', role: 'score' }, { index: 1, name: 'domain', role: 'label' }, { index: 2, name: 'source', role: 'source' }, { index: 3, name: 'target', role: 'target' }], header: true });
    expect(job.failure).toBeNull();
    expect(counts(collection)).toEqual([5, 0, 1, 1, 3]);
    expect(malformed(collection)).toEqual([[5, 1, '"high" in the column "score" is not a number']]);
    expect(desk.get(collection).columns).toEqual([{ name: 'score', kind: 'score' }, { name: 'domain', kind: 'label' }]);
    expect(desk.project.pairs.rows({ collection }, [1, 2, 3], ['score', 'domain']).map(({ values }) => values)).toEqual([
      { score: 1.25, domain: 'news' }, { score: 1.1, domain: 'law' }, { score: null, domain: 'news' },
    ]);
  });

  test('columns of several files are joined by name', async () => {
    const one = desk.write('one.tsv', lines('margin\tde\ten', `1.5\t${german[0]}\tThe sun is shining.`));
    const two = desk.write('two.tsv', lines('de\ten\tcosine\tmargin', `${german[1]}\tWe go to town.\t0.75\t1.25`));
    const { job, collection } = await desk.bring([one, two]);
    expect(job.failure).toBeNull();
    expect(desk.project.pairs.rows({ collection }, [1, 2], ['margin', 'cosine']).map(({ values, source }) => [values, source.file, source.id])).toEqual([
      [{ margin: 1.5, cosine: null }, one, '1:2'], [{ margin: 1.25, cosine: 0.75 }, two, '2:2'],
    ]);
  });
});
