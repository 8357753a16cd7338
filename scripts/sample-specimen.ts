/**
 * Measures the margins of the start page's specimen and writes them into `resources/sample/specimen.json`.
 *
 * `node scripts/sample-specimen.ts`: encodes the sample with multilingual-e5-small (it knows all seven languages), centres each language, and takes the
 * ratio margin on cosine + 1 with k = 4 of every specimen row, whether it is a pair or not. Nothing in the file is made up; run it again when the sample changes.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marginOf } from '../main/domain/mine/margin.ts';
import { readNpy } from './bench/mine-support.ts';
import { projectRoot } from './bench/cli-support.ts';

const neighbours = 4;
const sample = join(projectRoot, 'resources', 'sample');
const folder = mkdtempSync(join(tmpdir(), 'dragoman-specimen-'));

type Side = { readonly texts: readonly string[]; readonly vectors: readonly Float64Array[] };

const unit = (vector: Float64Array): Float64Array => {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};

const encode = (language: string): Side => {
  const out = join(folder, `${language}.npy`);
  execFileSync(process.execPath, [join(projectRoot, 'main', 'hosts', 'cli', 'index.ts'), 'embed', '--source', join(sample, `${language}.tsv`), '--language', language, '--encoder', 'multilingual-e5-small', '--out', out, '--quiet']);
  const { rows, dimension, values } = readNpy(out);
  const plain = Array.from({ length: rows }, (_, row) => unit(Float64Array.from(values.subarray(row * dimension, (row + 1) * dimension))));
  const mean = new Float64Array(dimension);
  for (const vector of plain) for (const [i, value] of vector.entries()) mean[i] = (mean[i] ?? 0) + value / rows;
  const texts = readFileSync(join(sample, `${language}.tsv`), 'utf8').trimEnd().split('\n').map((line) => line.split('\t')[1] ?? '');
  return { texts, vectors: plain.map((vector) => unit(vector.map((value, i) => value - (mean[i] ?? 0)))) };
};

const cosine = (left: Float64Array, right: Float64Array): number => left.reduce((sum, value, i) => sum + value * (right[i] ?? 0), 0);

const meanOfNearest = (vector: Float64Array, others: readonly Float64Array[]): number => others.map((other) => cosine(vector, other)).sort((a, b) => b - a).slice(0, neighbours).reduce((sum, value) => sum + value / neighbours, 0);

type Text = { readonly language: string; readonly text: string };
type Row = { readonly source: Text; readonly target: Text; readonly kept: boolean };

try {
  const path = join(sample, 'specimen.json');
  const read = JSON.parse(readFileSync(path, 'utf8')) as { rows: Row[] } | Row[];
  const rows = Array.isArray(read) ? read : read.rows;
  const sides = new Map<string, Side>();
  const sideOf = (language: string): Side => {
    const known = sides.get(language) ?? encode(language);
    sides.set(language, known);
    return known;
  };
  const vectorOf = ({ language, text }: Text): Float64Array => {
    const side = sideOf(language);
    const vector = side.vectors[side.texts.indexOf(text)];
    if (vector === undefined) throw new Error(`not in the sample: ${text}`);
    return vector;
  };
  const measured = rows.map((row) => {
    const [source, target] = [vectorOf(row.source), vectorOf(row.target)];
    const margin = marginOf('ratio', cosine(source, target), meanOfNearest(source, sideOf(row.target.language).vectors), meanOfNearest(target, sideOf(row.source.language).vectors), 1);
    return { source: row.source, target: row.target, kept: row.kept, margin: Number(margin.toFixed(3)) };
  }).sort((a, b) => b.margin - a.margin);
  const lowestKept = Math.min(...measured.filter((row) => row.kept).map((row) => row.margin));
  const highestDropped = Math.max(...measured.filter((row) => !row.kept).map((row) => row.margin));
  if (lowestKept <= highestDropped) throw new Error('a pair that is no translation has the higher margin: choose another specimen');
  writeFileSync(path, `${JSON.stringify({ cut: Number(((lowestKept + highestDropped) / 2).toFixed(3)), rows: measured }, undefined, 2)}\n`);
  for (const row of measured) console.log(row.margin, row.kept, row.source.text, '|', row.target.text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
