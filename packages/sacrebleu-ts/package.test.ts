import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from './src/signature.ts';

const source = fileURLToPath(new URL('.', import.meta.url));
const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { readonly version: string; readonly bin: Readonly<Record<string, string>>; readonly dependencies?: object };

let folder = '';
let installed = '';

/** Builds as `npm run build` does, but into a folder that stands for another project's node_modules. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sacrebleu-ts-package-'));
  installed = join(folder, 'node_modules', 'sacrebleu-ts');
  mkdirSync(installed, { recursive: true });
  for (const file of ['package.json', 'README.md', 'LICENSE']) cpSync(join(source, file), join(installed, file));
  node(compiler, '-p', join(source, 'tsconfig.build.json'), '--outDir', join(installed, 'dist'));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = (...argv: readonly string[]): string => execFileSync(process.execPath, argv, { cwd: folder, encoding: 'utf8' });

const npm = (...argv: readonly string[]): string => {
  const path = process.env['npm_execpath'];
  const [command, ...first] = path === undefined ? ['npm'] : [process.execPath, path];
  const { stdout, stderr, status } = spawnSync(command ?? 'npm', [...first, ...argv], { cwd: installed, encoding: 'utf8', shell: path === undefined && process.platform === 'win32' });
  expect(status, stderr).toBe(0);
  return stdout;
};

describe('the package', () => {
  it('signs scores with its own version', () => {
    expect(version).toBe(`2.6.0+ts.${manifest.version}`);
  });

  it('needs no other package', () => {
    expect(manifest.dependencies).toBeUndefined();
  });

  it('packs the build, its types, licence and README, and neither tests nor sources', () => {
    const listed = JSON.parse(npm('pack', '--dry-run', '--json', '--ignore-scripts')) as unknown;
    const paths = packedPaths(listed);
    expect(paths).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'dist/src/index.js', 'dist/src/index.d.ts', manifest.bin['sacrebleu-ts']]));
    expect(paths.filter((path) => path.includes('.test.') || path.includes('fixtures') || (path.endsWith('.ts') && !path.endsWith('.d.ts')))).toEqual([]);
  });

  it('is imported by its name under plain Node', () => {
    writeFileSync(join(folder, 'score.mjs'), `
      import { bleu, chrf, corpusScore, ter } from 'sacrebleu-ts';
      const segments = [{ hypothesis: 'the cat sat on the mat today', references: ['the cat sat on a mat today', null] }];
      console.log([bleu(), chrf({ wordOrder: 2 }), ter()].map((metric) => corpusScore(metric, segments).format()).join('\\n'));
    `);
    expect(node('score.mjs')).toMatch(/^BLEU = 48\.89 .*\nchrF2\+\+ = [\d.]+\nTER = 14\.29\n$/);
  });

  it('brings types that a strict project can use', () => {
    writeFileSync(join(folder, 'use.ts'), `
      import { bleu, corpusScore, type Segment, ter } from 'sacrebleu-ts';
      const segments: readonly Segment[] = [{ hypothesis: 'a', references: ['b'] }];
      export const precisions: readonly number[] = corpusScore(bleu(), segments).precisions;
      export const stopped: number = ter().extract(segments).limits.candidates;
      // @ts-expect-error a reference is a list
      bleu().sentence({ hypothesis: 'a', references: 'b' });
    `);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { strict: true, noEmit: true, module: 'nodenext', target: 'es2022', lib: ['es2023'], types: [], skipLibCheck: false }, files: ['use.ts'] }));
    expect(node(compiler, '-p', folder)).toBe('');
  });

  it('has a command that runs from the build', () => {
    writeFileSync(join(folder, 'ref.txt'), 'the cat sat on the mat\n');
    const command = join(installed, manifest.bin['sacrebleu-ts'] ?? '');
    expect(readFileSync(command, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(node(command, 'ref.txt', '-i', 'ref.txt', '-m', 'bleu', 'ter', '-b', '-f', 'text')).toBe('100.0\n0.0\n');
    const piped = spawnSync(process.execPath, [command, 'ref.txt', '-b'], { cwd: folder, input: 'the cat sat on the mat\n', encoding: 'utf8' });
    expect(piped).toMatchObject({ status: 0, stdout: '100.0\n', stderr: '' });
    const refused = spawnSync(process.execPath, [command, 'absent.txt', '-b'], { cwd: folder, input: '', encoding: 'utf8' });
    expect(refused).toMatchObject({ status: 1, stdout: '', stderr: 'sacrebleu-ts: "absent.txt" cannot be read: there is no such file.\n' });
  });
});

/** npm writes a list, newer ones an object by package name. */
const packedPaths = (listed: unknown): readonly string[] => {
  const [packed] = Array.isArray(listed) ? listed : Object.values(listed as object);
  return (packed as { readonly files: readonly { readonly path: string }[] }).files.map(({ path }) => path);
};
