import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProjectionResult } from '../../main/contract/projection.ts';
import { runDragoman, type Outcome } from '../run-dragoman.ts';
import { describeWithShared } from '../shared-data.ts';

let folder: string;
const write = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

const conll = (...sentences: readonly string[]): string => sentences.map((sentence) => `${sentence.split(' ').map((token) => { const [word = '', tag = 'O'] = token.split('/'); return `${word}\t${tag}`; }).join('\n')}\n`).join('\n');
const labelled = conll('Mary/B-PER went to New/B-LOC York/I-LOC yesterday .', 'The harbour is quiet today .', 'Tom/B-PER lives in Boston/B-LOC .');
const translations = 'Maria ging gestern nach New York.\nDer Hafen ist heute ruhig.\nTom wohnt in Boston.\n';
const gold = conll('Maria/B-PER ging gestern nach New/B-LOC York/I-LOC .', 'Der Hafen ist heute ruhig .', 'Tom/B-PER wohnt in Boston/B-LOC .');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-label-'));
  write('en.conll', labelled);
  write('de.txt', translations);
  write('gold.conll', gold);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const label = (...more: readonly string[]): Promise<Outcome> => runDragoman(folder, ['label', '--in', 'en.conll', '--translations', 'de.txt', '--source-language', 'en', '--target-language', 'de', '--out', 'out.conll', '--json', ...more]);
const summary = ({ out }: Outcome): ProjectionResult => JSON.parse(out) as ProjectionResult;

describe('dragoman label', () => {
  it('carries spans by alignment, and says how well they fit a gold', async () => {
    const outcome = await label('--gold', 'gold.conll');
    expect(outcome.error).toContain('exact F1 100.0');
    expect(outcome.code).toBe(0);
    const { sentences, spans, written, methods, aligner, agreement, gold: judged } = summary(outcome);
    expect({ sentences, spans, written, methods, aligner, agreement }).toEqual({ sentences: 3, spans: 4, written: 4, methods: [{ method: 'alignment', placed: 4, abstained: {} }], aligner: { kind: 'encoder', encoder: 'multilingual-e5-small' }, agreement: null });
    expect(judged?.find(({ method }) => method === 'alignment')).toMatchObject({ gold: 4, predicted: 4, exact: { f1: 1 }, overlap: { f1: 1 }, exactLabelFree: { f1: 1 } });
    expect(read('out.conll')).toBe(gold);
  }, 120_000);

  it('writes JSONL with offsets and scores', async () => {
    expect((await label('--to', 'jsonl', '--out', 'out.jsonl')).code).toBe(0);
    const [first] = read('out.jsonl').split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({ text: 'Maria ging gestern nach New York.' });
    expect(first).toContain('LOC');
  }, 120_000);

  it('learns word links from the sentences where no encoder knows the language, and says so', async () => {
    const outcome = await label('--target-language', 'x-mine');
    expect(outcome.code).toBe(0);
    expect(outcome.error).toContain('The statistical aligner was used');
    expect(summary(outcome).aligner).toEqual({ kind: 'statistical', encoder: null });
  }, 120_000);

  it.each([
    ['as many translations as sentences', ['--translations', 'short.txt'], 'has 3 sentences, and'],
    ['a model for markers', ['--method', 'both'], '--method both needs --model'],
    ['a method that it knows', ['--method', 'magic'], 'one of alignment, constrained, both'],
    ['a gold of the same sentences', ['--gold', 'en.conll'], 'another text than line 1'],
    ['a number of candidates', ['--candidates', '0'], 'a whole number from 1 to 20'],
  ] as const)('wants %s', async (_, options, message) => {
    write('short.txt', 'Maria ging.\n');
    const outcome = await label(...options);
    expect(outcome.error).toContain(message);
    expect(outcome.code).toBe(2);
  }, 60_000);
});

describeWithShared('models/tiny-m2m-en-de', 'dragoman label with a translation model', (model) => {
  it('runs both methods side by side', async () => {
    const outcome = await label('--method', 'both', '--model', model, '--gold', 'gold.conll', '--out', 'both.conll');
    expect(outcome.error).toContain('Both methods: same');
    expect(outcome.code).toBe(0);
    const { methods, agreement, constrained, gold: judged } = summary(outcome);
    expect(methods.map(({ method }) => method)).toEqual(['alignment', 'constrained']);
    expect(Object.values(agreement ?? {}).reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(constrained?.rows).toBeGreaterThan(0);
    expect(judged?.find(({ method }) => method === 'agreed')?.exact.precision).toBe(1);
    expect(read('both.conll')).toBe(gold);
  }, 180_000);

  it('finds the same by each search, constrained alone', async () => {
    const outcomes = [];
    for (const search of ['table', 'breadth', 'depth']) outcomes.push(await label('--method', 'constrained', '--model', model, '--search', search, '--out', `${search}.conll`));
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(read('breadth.conll')).toBe(read('table.conll'));
    expect(read('depth.conll')).toBe(read('table.conll'));
  }, 300_000);
});
