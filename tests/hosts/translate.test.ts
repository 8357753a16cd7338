import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TranslateResult } from '../../main/contract/translate.ts';
import { projectRoot, runDragoman, type Outcome } from '../run-dragoman.ts';
import { describeWithShared } from '../shared-data.ts';

type Golden = { readonly items: readonly { readonly src_lang: string; readonly tgt_lang: string; readonly source: string; readonly greedy_text: string; readonly beam4_text: string }[] };

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'dragoman-translate-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const lines = (name: string): readonly string[] => read(name).replace(/\n$/u, '').split('\n');

const translate = (model: string, input: string, out: string, ...more: readonly string[]): Promise<Outcome> =>
  runDragoman(folder, ['translate', '--in', input, '--model', model, '--source-language', 'en', '--target-language', 'de', '--out', join(folder, out), '--json', ...more]);
const summary = (outcome: Outcome): TranslateResult => JSON.parse(outcome.out) as TranslateResult;

/** Lines whose int8 translation is the reference's: as the README of each model says. */
for (const [name, leastSame] of [['tiny-m2m-en-de', 34], ['tiny-marian-en-de', 30]] as const) {
  describeWithShared(`models/${name}`, `dragoman translate with ${name}`, (model) => {
    const golden = JSON.parse(readFileSync(join(model, 'golden.json'), 'utf8')) as Golden;
    const pairs = [...new Set(golden.items.map((item) => `${item.src_lang} ${item.tgt_lang}`))].map((pair) => {
      const [source = '', target = ''] = pair.split(' ');
      const items = golden.items.filter((item) => item.src_lang === source && item.tgt_lang === target);
      return { source, target, items, languages: ['--source-language', source, '--target-language', target] as const };
    });
    const sources = (items: Golden['items']): string => items.map(({ source }) => `${source}\n`).join('');

    it('writes the reference\'s translations, greedy and with four beams', async () => {
      for (const { items, source, languages } of pairs) {
        const input = write(`${name}.${source}`, sources(items));
        expect((await translate(model, input, 'greedy.txt', ...languages, '--beam', '1')).code).toBe(0);
        expect(lines('greedy.txt')).toEqual(items.map(({ greedy_text }) => greedy_text));
        expect((await translate(model, input, 'beam.txt', ...languages, '--beam', '4')).code).toBe(0);
        expect(lines('beam.txt')).toEqual(items.map(({ beam4_text }) => beam4_text));
      }
    }, 120_000);

    it('with int8 weights differs from the reference in no more lines than the model says, whatever is translated beside', async () => {
      const differences: string[] = [];
      for (const { items, source, languages } of pairs) {
        const input = write(`${name}.${source}`, sources(items));
        expect(summary(await translate(model, input, 'q8.txt', ...languages, '--beam', '1', '--precision', 'q8')).model.precision).toBe('q8');
        expect((await translate(model, write('few.txt', sources(items.slice(3, 7))), 'few-q8.txt', ...languages, '--beam', '1', '--precision', 'q8')).code).toBe(0);
        expect(lines('few-q8.txt')).toEqual(lines('q8.txt').slice(3, 7));
        differences.push(...items.flatMap(({ greedy_text }, at) => (lines('q8.txt')[at] === greedy_text ? [] : [`${greedy_text}\n  ${lines('q8.txt')[at] ?? ''}`])));
      }
      console.log(`${name} in int8, ${differences.length} of ${golden.items.length} lines differ:\n${differences.join('\n')}`);
      expect(golden.items.length - differences.length).toBeGreaterThanOrEqual(leastSame);
    }, 120_000);
  });
}

describeWithShared('models/tiny-m2m-en-de', 'dragoman translate', (model) => {
  it('keeps empty lines, reads CR LF and a byte order mark, and says what it could not translate', async () => {
    const long = `${'word and '.repeat(200)}\n`;
    const input = write('odd.txt', Buffer.concat([Buffer.from('\u{feff}Tom is here.\r\n\r\nDas ist schön, über alles.\r\nÄrger und Größe.\r\n'), Buffer.from([0x41, 0xff, 0x41, 0x0a]), Buffer.from(`${long}Tom is here.\n`)]));
    const outcome = await translate(model, input, 'odd.out.txt');
    expect(outcome.code).toBe(3);
    const { counts, remarks } = summary(outcome);
    expect(counts).toMatchObject({ lines: 7, translated: 4, empty: 1, malformed: 1, tooLong: 1 });
    expect(remarks.map(({ line, kind }) => [line, kind])).toEqual([[5, 'malformed'], [6, 'too-long']]);
    const out = lines('odd.out.txt');
    expect(out).toHaveLength(7);
    expect([out[1], out[4], out[5]]).toEqual(['', '', '']);
    expect(out[0]).toBe(out[6]);
    expect(outcome.error).toContain('Line 6: has');
  }, 60_000);

  it('writes the n best of each line with rank and score', async () => {
    const outcome = await translate(model, write('two.txt', 'Tom is here.\n\nMy sister bought a new car last week.\n'), 'two.tsv', '--nbest', '3');
    expect(outcome.code).toBe(0);
    const rows = lines('two.tsv').map((line) => line.split('\t'));
    expect(rows[0]).toEqual(['line', 'rank', 'score', 'text']);
    expect(rows.slice(1).map(([line, rank]) => `${line ?? ''}.${rank ?? ''}`)).toEqual(['1.1', '1.2', '1.3', '2.1', '3.1', '3.2', '3.3']);
    const scores = rows.filter(([line]) => line === '3').map(([, , score]) => Number(score));
    expect(scores).toEqual([...scores].sort((left, right) => right - left));
    expect(rows.at(-3)?.[3]).toBe('Meine Schwester hat letzte Woche ein neues Auto gekauft.');
  }, 60_000);

  it.each([
    [['--source-language', 'xx'], 1, 'does not know the language "xx"'],
    [['--source-language', '!'], 2, '--source-language ! is not a language'],
    [['--precision', 'q4'], 1, 'There is no encoder_model_q4.onnx'],
    [['--nbest', '5', '--beam', '2'], 2, '--nbest 5 needs at least as many beams'],
    [['--seed', '5'], 2, '--seed belongs to --sample'],
    [['--mbr', '--beam', '1'], 2, '--mbr chooses among several'],
    [['--model', '/nowhere'], 1, '/nowhere does not exist'],
  ] as const)('answers %j with exit code %i and a sentence', async (more, code, text) => {
    const outcome = await translate(model, write('one.txt', 'Tom is here.\n'), 'never.txt', ...more);
    expect([outcome.code, outcome.error]).toEqual([code, expect.stringContaining(text) as string]);
    expect(existsSync(join(folder, 'never.txt'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('never'))).toEqual([]);
  }, 60_000);

  it('draws the same samples for the same seed, and others for another', async () => {
    const input = write('sampled.txt', 'My sister bought a new car last week.\nTom is here.\n');
    for (const [out, seed] of [['a.tsv', '3'], ['b.tsv', '3'], ['c.tsv', '4']] as const) {
      expect((await translate(model, input, out, '--sample', '5', '--nbest', '5', '--seed', seed, '--top-p', '0.9')).code).toBe(0);
    }
    expect(read('a.tsv')).toBe(read('b.tsv'));
    expect(read('a.tsv')).not.toBe(read('c.tsv'));
    expect((await translate(model, input, 'mbr.txt', '--sample', '16', '--mbr')).code).toBe(0);
    expect(lines('mbr.txt')).toHaveLength(2);
  }, 60_000);

  it('keeps what is not prose byte for byte, and says how', async () => {
    const source = ['My sister bought {name} last week.', 'Please click <b>here</b> to read the letter from https://a.example/x?y=1.', '{"title": "My sister bought a car.", "id": 7, "note": "Hello {name}!"}', '```', 'const code = 1;', '```', '{name}'];
    const outcome = await translate(model, write('protected.txt', `${source.join('\n')}\n`), 'protected.out.txt');
    const out = lines('protected.out.txt');
    expect(out[0]).toContain('{name}');
    for (const part of ['<b>', '</b>', 'https://a.example/x?y=1']) expect(out[1]).toContain(part);
    expect(JSON.parse(out[2] ?? '')).toMatchObject({ title: expect.stringContaining('Auto') as string, id: 7, note: expect.stringContaining('{name}') as string });
    expect(out.slice(3)).toEqual(source.slice(3));
    expect(summary(outcome).counts).toMatchObject({ protectedSegments: 12, protectedLines: 7 });
    expect(outcome.error).toContain('12 protected segments in 7 lines');
  }, 60_000);

  it('says what a glossary asks for, and goes over a third language', async () => {
    const input = write('terms.txt', 'My sister bought a new car last week.\nTom is here.\n');
    const outcome = await translate(model, input, 'terms.out.txt', '--glossary', write('terms.tsv', 'car\tWagen\nsister\tSchwesterchen|Schwesterherz\n'));
    expect(lines('terms.out.txt')[0]).toMatch(/Schwester(?:chen|herz).*Wagen/u);
    expect(summary(outcome).counts).toMatchObject({ terms: 2, termsMissing: 0 });
    expect((await translate(model, input, 'never.txt', '--glossary', write('broken.tsv', 'car Wagen\n'))).error).toContain('line 1: there is no TAB');

    const german = write('german.txt', 'Wo ist das nächste Krankenhaus?\n\n');
    const over = summary(await translate(model, german, 'over.txt', '--source-language', 'de', '--pivot-model', model, '--pivot-language', 'en'));
    expect(lines('over.txt')).toEqual(['Wo ist das nächste Krankenhaus?', '']);
    expect(over.signature).toContain('pivot:en-');
  }, 60_000);

  it('keeps what it has translated in a project, and takes it from there', async () => {
    const project = join(folder, 'kept.dragoman');
    expect(summary(await translate(model, write('first.txt', 'Tom is here.\nGood morning.\n'), 'first.out.txt', '--project', project)).counts.reused).toBe(0);
    expect(summary(await translate(model, write('second.txt', 'Tom is here.\nTom is here.\nI am here.\n'), 'second.out.txt', '--project', project)).counts.reused).toBe(1);
    expect(lines('second.out.txt')[0]).toBe(lines('first.out.txt')[0]);
  }, 60_000);

  it.runIf(process.platform === 'linux')('killed in the middle goes on to the same bytes, and translates nothing twice', async () => {
    const many = Array.from({ length: 400 }, (_, at) => `My sister bought ${at} new cars last week${at % 7 === 0 ? ' in Berlin' : ''}.\n`).join('');
    const input = write('many.txt', many);
    const whole = await translate(model, input, 'whole.txt', '--beam', '2');
    expect(summary(whole).counts).toMatchObject({ lines: 400, reused: 0 });

    const out = join(folder, 'killed.txt');
    const kept = `${out}.translating`;
    const child = spawn(process.execPath, [join(projectRoot, 'main', 'hosts', 'cli', 'index.ts'), 'translate', '--in', input, '--model', model, '--source-language', 'en', '--target-language', 'de', '--beam', '2', '--out', out, '--quiet'], { cwd: folder, stdio: 'ignore', env: { ...process.env, DRAGOMAN_HOME: join(folder, 'home') } });
    const ended = new Promise((go) => { child.on('close', go); });
    await expect.poll(() => (existsSync(kept) ? readdirSync(kept).map((name) => readFileSync(join(kept, name), 'utf8').split('\n').length).reduce((sum, one) => sum + one, 0) : 0), { timeout: 60_000, interval: 20 }).toBeGreaterThan(40);
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(out)).toBe(false);

    const again = summary(await translate(model, input, 'killed.txt', '--beam', '2'));
    expect(again.counts.reused).toBeGreaterThan(39);
    expect(again.counts.reused).toBeLessThan(400);
    expect(read('killed.txt')).toBe(read('whole.txt'));
    expect(existsSync(kept)).toBe(false);
  }, 180_000);
});

describe('dragoman translate without a model', () => {
  it('names what a folder lacks', async () => {
    const outcome = await translate(folder, write('some.txt', 'Tom is here.\n'), 'never.txt');
    expect([outcome.code, outcome.error]).toEqual([1, expect.stringContaining('There is no config.json') as string]);
  });

  it('refuses a decoder that is split into two graphs', async () => {
    const split = join(folder, 'split');
    mkdirSync(join(split, 'onnx'), { recursive: true });
    writeFileSync(join(split, 'config.json'), JSON.stringify({ model_type: 'marian', d_model: 8, decoder_layers: 1, decoder_attention_heads: 1, vocab_size: 9, eos_token_id: 0, pad_token_id: 8 }));
    for (const name of ['encoder_model.onnx', 'decoder_model.onnx', 'decoder_with_past_model.onnx']) cpSync(join(split, 'config.json'), join(split, 'onnx', name));
    const outcome = await translate(split, write('some.txt', 'Tom is here.\n'), 'never.txt');
    expect([outcome.code, outcome.error]).toEqual([1, expect.stringContaining('is split into two graphs') as string]);
  });
});
