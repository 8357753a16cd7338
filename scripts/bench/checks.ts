import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkIdsOf, checks, type CheckId } from '../../main/domain/review/checks/check-ids.ts';
import { createPairChecks } from '../../main/domain/review/checks/check-pair.ts';
import { detectStrangers, isInOtherLanguage } from '../../main/services/review/checks-language.ts';

/**
 * The checks against planted noise and against clean text: recall of each for the faults that are its business, and its share of clean pairs.
 * node scripts/bench/checks.ts DATA [CHECK [COUNT]] with DATA/noisy and DATA/tatoeba; with CHECK: the first clean pairs it tells, to be read.
 */
const [data = '', shown, most = '25'] = process.argv.slice(2);

/** The faults each check ought to see. What a row of planted kinds reads as is in the data's own description. */
const business: Readonly<Partial<Record<CheckId, readonly string[]>>> = {
  empty: ['empty_side'], copied: ['copied_source'], corrupted: ['mojibake', 'noise_chars'], 'wrong-script': ['zh_hant', 'code_switched', 'wrong_lang_src', 'wrong_lang_trg', 'swapped'],
  numbers: ['number_changed'], tags: ['html'], 'length-ratio': ['length_ratio', 'truncated'], language: ['wrong_lang_src', 'wrong_lang_trg', 'swapped'], 'doubled-words': ['repeated_ngram'],
};

type Row = { readonly source: string; readonly target: string; readonly planted: readonly string[] };

const linesOf = (path: string): string[] => {
  const bytes = readFileSync(join(data, path));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n').filter((line) => line !== '');
};

const noisy = (pair: string): Row[] => {
  const planted = new Map(linesOf(`noisy/${pair}.answers.tsv.gz`).slice(1).map((line) => line.split('\t')).map(([row, kinds = '']) => [Number(row), kinds.split(',')]));
  return linesOf(`noisy/${pair}.tsv.gz`).slice(1).map((line, at) => {
    const [, , source = '', target = ''] = line.split('\t');
    return { source, target, planted: planted.get(at + 1) ?? [] };
  });
};
const tatoeba = (pair: string): Row[] => linesOf(`tatoeba/${pair}.tsv`).map((line) => line.split('\t')).map(([, source = '', target = '']) => ({ source, target, planted: [] }));

const percent = (part: number, all: number): string => (all === 0 ? '-' : `${(100 * part / all).toFixed(2)} %`);

const report = async (name: string, rows: readonly Row[]): Promise<void> => {
  const [source = '', target = ''] = name.split(' ').at(-1)?.split('-') ?? [];
  const checker = createPairChecks({ source, target });
  const start = performance.now();
  const bits = rows.map((row) => checker.bits(row.source, row.target));
  const microseconds = 1000 * (performance.now() - start) / rows.length;
  const strangers = await detectStrangers({ source, target }, { source: rows.map((row) => row.source), target: rows.map((row) => row.target) });
  const told = bits.map((found, at) => new Set([...checkIdsOf(found), ...(isInOtherLanguage(found, strangers, at) ? ['language' as const] : [])]));
  const clean = rows.flatMap((row, at) => (row.planted.length === 0 ? [at] : []));
  console.log(`\n${name}: ${rows.length} pairs, ${clean.length} clean, ${microseconds.toFixed(0)} µs a pair; any error on clean ${percent(clean.filter((at) => checks.some(({ id, severity }) => severity === 'error' && told[at]?.has(id))).length, clean.length)}, anything ${percent(clean.filter((at) => (told[at]?.size ?? 0) > 0).length, clean.length)}`);
  for (const { id } of checks) {
    const inClean = clean.filter((at) => told[at]?.has(id));
    const seen = (business[id] ?? []).map((kind) => {
      const of = rows.flatMap((row, at) => (row.planted.includes(kind) ? [at] : []));
      return of.length === 0 ? '' : `  ${kind} ${percent(of.filter((at) => told[at]?.has(id)).length, of.length)} of ${of.length}`;
    });
    const right = rows.filter((row, at) => told[at]?.has(id) === true && business[id]?.some((kind) => row.planted.includes(kind)) === true).length;
    console.log(`  ${id.padEnd(16)} clean ${percent(inClean.length, clean.length).padStart(7)}${right + inClean.length > 0 && business[id] !== undefined ? `  precision ${percent(right, right + inClean.length)}` : ''}${seen.join('')}`);
    if (id !== shown) continue;
    for (const at of inClean.slice(0, Number(most))) console.log(`    ${checker.find(rows[at]?.source ?? '', rows[at]?.target ?? '').find(({ check }) => check === id)?.text ?? ''}\n      ${rows[at]?.source ?? ''}\n      ${rows[at]?.target ?? ''}`);
  }
};

for (const pair of ['de-en', 'zh-en']) await report(`noisy ${pair}`, noisy(pair));
for (const language of ['am', 'ar', 'de', 'es', 'fr', 'hi', 'ja', 'ka', 'ru', 'sw', 'tr', 'zh']) await report(`tatoeba ${language}-en`, tatoeba(`${language}-en`));
