import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Call, ended, type Ended, expectAsUpstream, type Files, withFiles } from '../fixtures/command-line.ts';

type Fixture = { readonly files: Readonly<Record<string, string>>; readonly latin1: readonly string[]; readonly calls: readonly Call[] };
const fixture = JSON.parse(readFileSync(new URL('../fixtures/command-line.json', import.meta.url), 'utf8')) as Fixture;
const files: Files = Object.fromEntries(Object.entries(fixture.files).map(([name, text]) => [name, Buffer.from(text, fixture.latin1.includes(name) ? 'latin1' : 'utf8')]));

let folder = '';
let release = (): void => {};
let removed: Promise<void>;
beforeAll(async () => {
  await new Promise<void>((ready) => {
    removed = withFiles({ ...files, 'lines.txt': Buffer.from('The ferry was late .\n'.repeat(120)) }, (made) => {
      folder = made;
      ready();
      return new Promise((done) => { release = done; });
    });
  });
});
afterAll(async () => {
  release();
  await removed;
});

const call = (argv: string, environment: Readonly<Record<string, string>> = {}): Promise<Ended> => ended({ argv: argv.split(' '), environment }, folder, files);

describe('sacrebleu-ts', () => {
  it.each(fixture.calls)('ends and prints as sacreBLEU: $argv $environment', async (upstream) => {
    expectAsUpstream(await ended(upstream, folder, files), upstream);
  });

  it('answers where sacreBLEU dies: JSON of a paired bootstrap with chrF and TER', async () => {
    const { rc, stdout } = await call('ref.txt -i one.txt two.txt -pbs -pbsn 50 -m chrf ter');
    expect(rc).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ system: 'Baseline: one.txt', chrF2: { p_value: null } }, { system: 'two.txt', TER: { p_value: expect.any(Number) } }]);
  });

  it('signs with the release it follows and its own version', async () => {
    const { stdout } = await call('--version');
    expect(stdout).toBe('sacrebleu-ts 2.6.0\n');
    expect((await call('ref.txt -i one.txt -f text')).stdout).toContain('|version:2.6.0 =');
  });

  it('lists every option', async () => {
    const { rc, stdout } = await call('-h');
    expect(rc).toBe(0);
    for (const name of ['--input, -i', '--tokenize, -tok', '--paired-bs, -pbs', '--sentencepiece-model']) expect(stdout).toContain(name);
  });

  it.each([
    ['ref.txt -t wmt22 -l en-de -i one.txt', 'downloads nothing'],
    ['--list', 'downloads nothing'],
    ['--download wmt22', 'downloads nothing'],
    ['ref.txt -i one.txt -tok ja-mecab', 'not available, because'],
    ['ref.txt -i one.txt -l en-ko', 'not available, because'],
    ['ref.txt -i one.txt -tok flores200', 'name its file with --sentencepiece-model'],
    ['ref.txt -i one.txt -tok flores200 --sentencepiece-model ref.txt', 'model'],
    ['ref.txt -i one.txt --sentencepiece-model ref.txt', 'not for 13a'],
    ['ref.txt -i .', 'it is a folder'],
    ['ref.txt.gz -i one.txt -e klingon', 'encoding "klingon" is not known'],
    ['ref.txt -i short.txt', '1 hypotheses but 7 lines'],
    ['ref.txt -i one.txt -w -1', 'from 0 to 100'],
    ['ref.txt -i one.txt -m chrf -cc 0 -cw 0', 'chrF'],
    ['ref.txt -i', 'no system'],
  ])('refuses in one line: %s', async (argv, says) => {
    const { rc, stdout, notes } = await call(argv);
    expect({ rc, stdout, lines: notes.length }).toEqual({ rc: 1, stdout: '', lines: 1 });
    expect(notes[0]).toContain(says);
  });

  it.each(['soon', '-3', '1.5'])('refuses the seed %s', async (seed) => {
    expect(await call('ref.txt -i one.txt -ci', { SACREBLEU_SEED: seed })).toMatchObject({ rc: 1, notes: [expect.stringContaining('SACREBLEU_SEED')] });
  });

  it('draws another sample each time where the seed is none', async () => {
    const { stdout } = await call('ref.txt -i one.txt -ci -cin 50 -f text', { SACREBLEU_SEED: 'None' });
    expect(stdout).toContain('seed:none');
  });

  it('warns of text that was left tokenised, and not when told to trust it', async () => {
    expect((await call('lines.txt -i lines.txt')).notes.join()).toContain('forgot to detokenize');
    expect((await call('lines.txt -i lines.txt --force')).notes).toEqual([]);
  });
});
