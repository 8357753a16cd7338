import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDesk, type Desk } from './testing.ts';

let desk: Desk;
beforeEach(() => { desk = openDesk(); });
afterEach(() => { desk.close(); });

const call = { signal: new AbortController().signal };
const german = ['Heute scheint die Sonne über dem See.', 'Wir gehen morgen in die Stadt, um Brot zu kaufen.', 'Die Kinder spielen im Garten mit ihrem Ball.'];
const lines = (...texts: readonly string[]): string => `${texts.join('\n')}\n`;
const counts = (id: number): readonly number[] => { const { lines: all, empty, malformed, merged, size } = desk.get(id); return [all, empty, malformed, merged, size]; };

describe('what cannot be imported says why', () => {
  const refusal = async (...paths: string[]): Promise<unknown> => desk.inspect(...paths).then(() => null, (thrown: unknown) => (thrown instanceof Error && 'data' in thrown ? thrown.data : thrown));

  test('empty, missing, folder, picture, archive, spreadsheet', async () => {
    expect(await refusal(desk.write('empty.txt', ''))).toMatchObject({ code: 'empty-input', message: 'The file "empty.txt" is empty.' });
    expect(await refusal(desk.write('empty.gz', gzipSync('')))).toMatchObject({ code: 'empty-input' });
    expect(await refusal(`${desk.folder}/nothing.txt`)).toMatchObject({ code: 'file-missing' });
    expect(await refusal(desk.folder)).toMatchObject({ code: 'file-unreadable', hint: 'Choose the files in it.' });
    const noise = Buffer.from(Uint8Array.from({ length: 4096 }, (_, i) => (Math.imul(i + 1, 2_654_435_761) >>> 24) & 0xff)).map((byte) => (byte === 0 ? 1 : byte));
    expect(await refusal(desk.write('noise.txt', Buffer.from(noise)))).toMatchObject({ code: 'file-unreadable', message: expect.stringContaining('not text') as string });
    expect(await refusal(desk.write('a.txt', Buffer.from('PK\u0003\u0004\u0014\u0000rest of it')))).toMatchObject({ code: 'malformed-input', message: '"a.txt" is a ZIP archive (or a DOCX, XLSX or ODT document), not a text file.' });
    expect(await refusal(desk.write('a.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])))).toMatchObject({ code: 'malformed-input', message: '"a.png" is a PNG picture, not a text file.' });
    expect(await refusal(desk.write('a.parquet', 'PAR1....'))).toMatchObject({ message: '"a.parquet" is a Parquet file, not a text file.' });
    expect(await refusal(desk.write('a.tar.gz', gzipSync(Buffer.concat([Buffer.alloc(257), Buffer.from('ustar'), Buffer.alloc(250)]))))).toMatchObject({ message: '"a.tar.gz" is a tar archive, not a text file.' });
    expect(await refusal(desk.write('a.bin', randomBytes(5000).map((byte) => (byte % 5 === 0 ? 0 : byte))))).toMatchObject({ code: 'malformed-input' });
  });

  test('a file in which nothing can be read leaves no collection', async () => {
    for (const [name, content, code] of [['blank.txt', '\n \n\n', 'empty-input'], ['nul.txt', 'a\0b\nc\0d\n', 'malformed-input']] as const) {
      const { job } = await desk.bring([desk.write(name, content)], { encoding: 'utf-8' });
      expect(job).toMatchObject({ state: 'failed', failure: { code } });
      expect(desk.project.collections.list()).toEqual([]);
    }
  });

  test('options and files that do not fit together are refused before the job', async () => {
    const [one] = await desk.inspect(desk.write('one.txt', lines(...german)));
    const [two] = await desk.inspect(desk.write('two.txt', lines('The sun is shining over the lake today.', 'We are going to town tomorrow to buy some bread.')));
    if (one === undefined || two === undefined) throw new Error('no preview');
    const start = async (...files: (typeof one.file)[]): Promise<unknown> => desk.corpora['corpora.import']({ name: 'test', files }, call);
    await expect(start(one.file, two.file)).rejects.toMatchObject({ data: { code: 'bad-input', message: expect.stringContaining('is in de') } });
    await expect(start({ ...one.file, options: { ...one.file.options, layout: 'columns', columns: [{ index: 0, name: 'a', role: 'source' }] } })).rejects.toMatchObject({ data: { code: 'bad-input' } });
    await expect(start({ ...one.file, options: { ...one.file.options, encoding: 'nonsense' } })).rejects.toMatchObject({ data: { code: 'wrong-encoding' } });
    const packed = { ...one.file, path: desk.write('packed.txt', gzipSync(lines(...german))) };
    await expect(desk.corpora['corpora.preview']({ file: packed }, call)).rejects.toMatchObject({ data: { code: 'malformed-input', hint: 'Choose "gz" as its compression.' } });
    await expect(start({ ...one.file, path: `${desk.folder}/gone.txt` })).rejects.toMatchObject({ data: { code: 'file-missing' } });
    expect(desk.project.collections.list()).toEqual([]);
    expect(desk.jobs.part['jobs.list']({}, call)).toEqual([]);
  });
});

describe('as a job', () => {
  const manyLines = (count: number): string => Array.from({ length: count }, (_, at) => `Zeile ${at}: ${german[at % 3] ?? ''}\n`).join('');

  test('cancelling half-way ends within a second and leaves no collection', async () => {
    const [preview] = await desk.inspect(desk.write('many.txt', manyLines(200_000)));
    if (preview === undefined) throw new Error('no preview');
    const { job, collection } = await desk.corpora['corpora.import']({ name: 'many', files: [preview.file] }, call);
    while (!desk.told.some(({ id, stages }) => id === job && (stages[0]?.done ?? 0) > 0)) await new Promise((resolve) => { setTimeout(resolve, 5); });
    expect(desk.project.collections.list().map(({ id, state }) => [id, state])).toEqual([[collection, 'importing']]);
    const asked = performance.now();
    await desk.jobs.cancel(job);
    const ended = await desk.jobs.settled(job);
    expect(performance.now() - asked).toBeLessThan(1000);
    expect(ended.state).toBe('cancelled');
    expect(desk.project.collections.list()).toEqual([]);
    expect(desk.project.operations.history(null, 10)).toEqual([]);
  });

  test('progress is told in bytes of the file, and no slice blocks the event loop', async () => {
    const path = desk.write('many.txt.gz', gzipSync(manyLines(100_000)));
    await desk.inspect(path);
    let longest = 0;
    // Time of this thread on the processor: what other programs take away is no slice of ours.
    const busy = (): number => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1000; };
    let last = busy();
    const beat = setInterval(() => { const now = busy(); longest = Math.max(longest, now - last); last = now; }, 1);
    const { job, collection } = await desk.bring([path]);
    clearInterval(beat);
    expect(job).toMatchObject({ state: 'done', progress: 1 });
    const [file] = desk.get(collection).files;
    expect(job.stages[0]).toMatchObject({ name: 'read', unit: 'bytes', total: file?.bytes, state: 'done' });
    expect(desk.get(collection).size).toBe(100_000);
    // 50 ms is the promise on a quiet machine; one with slower cores is granted more.
    expect(longest).toBeLessThan(200);
  });

  test('an import that failed is tried again from its beginning, and the partial collection makes way', async () => {
    const whole = gzipSync(manyLines(20_000));
    const path = desk.write('many.txt.gz', whole.subarray(0, whole.length >> 1));
    const { job, collection } = await desk.bring([path]);
    expect(job.state).toBe('failed');
    expect(desk.get(collection).state).toBe('partial');
    desk.write('many.txt.gz', whole);
    desk.jobs.resume(job.id);
    const again = await desk.jobs.settled(job.id);
    expect(again.state).toBe('done');
    expect(desk.project.collections.list().map(({ id, state, size }) => [id, state, size])).toEqual([[again.collection, 'ready', 20_000]]);
  });

  test('one import is one entry of the history: undo removes the collection, redo brings it back', async () => {
    const { collection } = await desk.bring([desk.write('text.txt', lines(...german))]);
    expect(desk.project.operations.history(null, 10).map(({ title }) => title)).toEqual(['Imported test']);
    await desk.project.operations.undo();
    expect(desk.project.collections.list()).toEqual([]);
    await desk.project.operations.redo();
    expect(desk.texts(collection)).toEqual(german);
  });

  test('renaming and removing are undone too', async () => {
    const { collection } = await desk.bring([desk.write('text.txt', lines(...german))]);
    expect(await desk.corpora['corpora.rename']({ collection, name: 'other' }, call)).toMatchObject({ name: 'other' });
    await desk.project.operations.undo();
    expect(desk.get(collection).name).toBe('test');
    expect(await desk.corpora['corpora.remove']({ collection }, call)).toEqual({ removed: 3 });
    expect(desk.project.collections.list()).toEqual([]);
    await desk.project.operations.undo();
    expect(desk.get(collection).size).toBe(3);
  });

  test('a collection is extended by files: old sentences keep their ordinals, and undo takes the new collection away', async () => {
    const { collection } = await desk.bring([desk.write('a.txt', lines(...german)), desk.write('b.txt', lines('Noch ein Satz.'))]);
    const [more] = await desk.inspect(desk.write('c.txt', lines('Ein neuer Satz.', german[0] ?? '', 'Und noch ein neuer.')));
    if (more === undefined) throw new Error('no preview');
    const file = { ...more.file, options: { ...more.file.options, language: desk.get(collection).language } };
    const started = await desk.corpora['corpora.extend']({ collection, name: 'second crawl', files: [file] }, call);
    const { collection: second } = await desk.jobs.settled(started.job);
    if (second === null) throw new Error('no collection');
    expect(desk.texts(second)).toEqual([...german, 'Noch ein Satz.', 'Ein neuer Satz.', 'Und noch ein neuer.']);
    expect(desk.get(second)).toMatchObject({ name: 'second crawl', merged: 1, state: 'ready' });
    await desk.project.operations.undo();
    expect(desk.project.collections.list().map(({ id }) => id)).toEqual([collection]);
    await desk.project.operations.redo();
    expect(desk.get(second).size).toBe(6);
  });

  test('a collection is not extended when one of its files has changed', async () => {
    const path = desk.write('a.txt', lines(...german));
    const { collection } = await desk.bring([path]);
    const [more] = await desk.inspect(desk.write('c.txt', lines('Ein neuer Satz.')));
    if (more === undefined) throw new Error('no preview');
    desk.write('a.txt', lines(...[...german].reverse()));
    await expect(desk.corpora['corpora.extend']({ collection, name: 'x', files: [more.file] }, call)).rejects.toMatchObject({ data: { code: 'conflict' } });
    expect(desk.project.collections.list()).toHaveLength(1);
  });

  test('the same files give the same sentences, ids and counts', async () => {
    const paths = [desk.write('a.txt', manyLines(3000)), desk.write('b.txt', lines(...german, ...german))];
    const one = await desk.bring(paths);
    const two = await desk.bring(paths);
    expect(desk.texts(two.collection)).toEqual(desk.texts(one.collection));
    expect(counts(two.collection)).toEqual(counts(one.collection));
    expect(desk.project.sentences.idsByOrdinals(one.collection, [2999, 3000])).toEqual(['1:3000', '2:1']);
  });
});
