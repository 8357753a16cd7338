/**
 * Label projection by constrained decoding: rows, calls and time of the three exact searches, against scoring every candidate by a call of its own.
 *
 *     node scripts/bench/marker-search.ts [--model tiny-m2m-en-de] [--items 30] [--rows 16]
 *
 * Sentences, markers and targets: golden.json of the shared model. All searches must find the same best spans, or the script fails. One thread.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { betterSpan, type ScoredSpan } from '../../main/domain/label/best-spans.ts';
import { markedTemplate, type MarkerAnswer, type MarkerQuestion } from '../../main/domain/label/marker-search.ts';
import { searchBreadth } from '../../main/domain/label/marker-search-breadth.ts';
import { searchDepth } from '../../main/domain/label/marker-search-depth.ts';
import { searchTable } from '../../main/domain/label/marker-search-table.ts';
import { controlsFor, familyOf } from '../../main/domain/translate/model-family.ts';
import { targetRow } from '../../main/domain/translate/seq2seq-scorer.ts';
import { readSeq2SeqFiles } from '../../main/engine/seq2seq/model-files.ts';
import { openOnnxModel } from '../../main/engine/seq2seq/onnx-scorer.ts';
import { familyFacts, openTranslationTokenizer } from '../../main/engine/seq2seq/translation-tokenizer.ts';
import { sharedPath } from '../../tests/shared-data.ts';

const { values } = parseArgs({ options: { model: { type: 'string', default: 'tiny-m2m-en-de' }, items: { type: 'string', default: '30' }, rows: { type: 'string', default: '16' } } });
const folder = sharedPath(`models/${values.model}`);
if (folder === null) throw new Error('The shared model is not here.');
type Item = { readonly src_lang: string; readonly tgt_lang: string; readonly marked_input_ids: readonly number[]; readonly target_ids: readonly number[]; readonly projection: unknown };
const golden: { readonly open_marker_id: number; readonly close_marker_id: number; readonly items: readonly Item[] } = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8'));
const items = golden.items.filter((item) => item.projection !== null).slice(0, Number(values.items));

const cacheFolder = mkdtempSync(join(tmpdir(), 'dragoman-bench-marker-'));
const files = await readSeq2SeqFiles(folder);
const model = await openOnnxModel(files, { provider: 'cpu', threads: 1, cacheFolder });
const facts = familyFacts(files, await openTranslationTokenizer(files));

/** Every span in a call of its own: what a scorer without a search does. */
const oneByOne = async (question: MarkerQuestion): Promise<MarkerAnswer> => {
  const n = question.template.length;
  const spans: ScoredSpan[] = [];
  for (let from = 0; from < n; from += 1) for (let to = from + 1; to <= n; to += 1) {
    const [scores = new Float64Array()] = await question.encoded.force([targetRow(0, markedTemplate(question, from, to), question.end)]);
    spans.push({ from, to, score: scores.reduce((sum, score) => sum + score, 0) });
  }
  return { spans: spans.sort(betterSpan).slice(0, question.count), share: 0, counters: { rows: spans.length, calls: spans.length, pruned: 0, tree: 0 } };
};

const ways: Readonly<Record<string, (question: MarkerQuestion) => Promise<MarkerAnswer>>> = { 'a call a candidate': oneByOne, table: searchTable, breadth: searchBreadth, depth: (question) => searchDepth(question) };
const totals = new Map(Object.keys(ways).map((name) => [name, { seconds: 0, rows: 0, calls: 0 }]));
for (const item of items) {
  const { prompt } = controlsFor(familyOf(facts), facts, item.src_lang, item.tgt_lang);
  const encoded = await model.scorer(prompt).encode([Int32Array.from(item.marked_input_ids)]);
  const question: MarkerQuestion = {
    encoded, source: 0, template: Int32Array.from(item.target_ids.slice(prompt.length - 1, -1)), end: files.end,
    open: golden.open_marker_id, close: golden.close_marker_id, count: 5, rows: Number(values.rows),
  };
  let expected: string | undefined;
  for (const [name, search] of Object.entries(ways)) {
    const start = performance.now();
    const { spans, counters } = await search(question);
    const total = totals.get(name);
    if (total !== undefined) { total.seconds += (performance.now() - start) / 1000; total.rows += counters.rows; total.calls += counters.calls; }
    const found = spans.map(({ from, to }) => `${from}-${to}`).join(' ');
    expected ??= found;
    if (found !== expected) throw new Error(`${name} finds ${found}, not ${expected}.`);
  }
}
const slowest = totals.get('a call a candidate')?.seconds ?? 0;
console.log(`${values.model}, ${items.length} spans, ${(items.reduce((sum, item) => sum + item.target_ids.length, 0) / items.length).toFixed(1)} tokens a template, K 5, ${values.rows} rows a call, one thread\n`);
console.log('| search | ms a span | rows | calls | times faster |\n|---|---|---|---|---|');
for (const [name, { seconds, rows, calls }] of totals) console.log(`| ${name} | ${(seconds / items.length * 1000).toFixed(1)} | ${(rows / items.length).toFixed(0)} | ${(calls / items.length).toFixed(1)} | ${(slowest / seconds).toFixed(1)} |`);
await model.release();
rmSync(cacheFolder, { recursive: true });
