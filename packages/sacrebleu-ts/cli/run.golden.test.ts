import { expect, it } from 'vitest';
import { type Call, ended, expectAsUpstream, type Files, withFiles } from '../fixtures/command-line.ts';
import { describeWithGolden } from '../fixtures/golden.ts';

type GoldenCall = Call & { readonly stderr: string };
type Golden = {
  readonly corpora: readonly { readonly hyps: readonly string[]; readonly refs: readonly (readonly (string | null)[])[]; readonly cli?: readonly GoldenCall[] }[];
  readonly cli_files: Readonly<Record<string, string>>;
  readonly cli: readonly GoldenCall[];
};

/** Upstream dies here because NumPy 2 gives it numbers that its JSON writer does not know; we answer. */
const upstreamDies = (call: GoldenCall): boolean => call.stderr.includes('is not JSON serializable');

const compare = (calls: readonly GoldenCall[], files: Files): Promise<number> => withFiles(files, async (folder) => {
  for (const call of calls) {
    const end = await ended(call, folder, files);
    if (upstreamDies(call)) expect(end.rc, call.argv.join(' ')).toBe(0);
    else expectAsUpstream(end, call);
  }
  return calls.length;
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const asFile = (lines: readonly (string | null)[]): Uint8Array => bytes(lines.map((line) => `${line}\n`).join(''));

describeWithGolden<Golden>('corpus', 'the command line', ({ corpora, cli, cli_files }) => {
  it('prints what sacreBLEU prints for every special run, with its exit code', async () => {
    expect(cli.filter(upstreamDies)).toHaveLength(1);
    expect(await compare(cli, Object.fromEntries(Object.entries(cli_files).map(([name, text]) => [name, bytes(text)])))).toBeGreaterThanOrEqual(55);
  });

  it('prints what sacreBLEU prints for every corpus', async () => {
    let compared = 0;
    for (const { hyps, refs, cli: calls = [] } of corpora) {
      compared += await compare(calls, { 'hyp.txt': asFile(hyps), ...Object.fromEntries(refs.map((stream, at) => [`ref${at}.txt`, asFile(stream)])) });
    }
    expect(compared).toBeGreaterThanOrEqual(38);
  });
});
