import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { betterSpan } from '../../domain/label/best-spans.ts';
import { markedTemplate, type MarkerQuestion, type MarkerSearch } from '../../domain/label/marker-search.ts';
import { searchBreadth } from '../../domain/label/marker-search-breadth.ts';
import { searchDepth } from '../../domain/label/marker-search-depth.ts';
import { searchTable } from '../../domain/label/marker-search-table.ts';
import { controlsFor, familyOf } from '../../domain/translate/model-family.ts';
import { beamSearch, type BeamSettings } from '../../domain/translate/beam-search.ts';
import { targetRow } from '../../domain/translate/seq2seq-scorer.ts';
import { describeWithShared } from '../../../tests/shared-data.ts';
import { readSeq2SeqFiles, type Seq2SeqFiles } from './model-files.ts';
import { openOnnxModel, type OnnxModel } from './onnx-scorer.ts';
import { familyFacts, openTranslationTokenizer, type TranslationTokenizer } from './translation-tokenizer.ts';

/** Reference outputs of transformers and torch in fp32: `golden.json` of the shared models. */
type Golden = {
  readonly open_marker_id: number; readonly close_marker_id: number;
  readonly items: readonly {
    readonly src_lang: string; readonly tgt_lang: string; readonly source: string; readonly input_ids: readonly number[];
    readonly greedy_ids: readonly number[]; readonly greedy_text: string; readonly beam4_ids: readonly number[]; readonly beam4_text: string; readonly beam4_score: number;
    readonly target: string; readonly target_ids: readonly number[]; readonly target_logprobs: readonly number[];
    readonly marked_input_ids: readonly number[]; readonly target_given_marked_source_logprobs: readonly number[];
    readonly projection: { readonly max_span_tokens: number; readonly best_span: readonly [number, number]; readonly best_score: number; readonly second_score: number } | null;
  }[];
};

for (const name of ['tiny-m2m-en-de', 'tiny-marian-en-de']) {
  describeWithShared(`models/${name}`, `${name} against its reference outputs`, (folder) => {
    const golden = (): Golden => JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8')) as Golden;
    const cacheFolder = mkdtempSync(join(tmpdir(), 'dragoman-seq2seq-'));
    let files: Seq2SeqFiles;
    let model: OnnxModel;
    let tokenizer: TranslationTokenizer;
    beforeAll(async () => {
      files = await readSeq2SeqFiles(folder);
      model = await openOnnxModel(files, { provider: 'cpu', threads: 1, cacheFolder });
      tokenizer = await openTranslationTokenizer(files);
    });
    afterAll(async () => {
      await model.release();
      rmSync(cacheFolder, { recursive: true });
    });
    const controls = (item: Golden['items'][number]) => {
      const facts = familyFacts(files, tokenizer);
      return controlsFor(familyOf(facts), facts, item.src_lang, item.tgt_lang);
    };
    const settings = (beams: number, promptLength: number): BeamSettings => ({ beams, lengthPenalty: 1, longest: 64 - promptLength, end: files.end, forbidden: files.forbidden, promptLength });

    it('gives the same ids for every source', async () => {
      for (const item of golden().items) expect([...await tokenizer.encodeSource(item.source, controls(item))]).toEqual(item.input_ids);
    });

    it('gives log-probabilities within 1e-3, forced and step by step', async () => {
      for (const item of golden().items) {
        const { prompt } = controls(item);
        const scorer = model.scorer(prompt);
        const encoded = await scorer.encode([Int32Array.from(item.input_ids)]);
        const target = Int32Array.from(item.target_ids.slice(prompt.length - 1, -1));
        const expected = item.target_logprobs.slice(prompt.length - 1);
        const [forced = new Float64Array()] = await encoded.force([targetRow(0, target, files.end)]);
        expect(forced).toHaveLength(expected.length);
        let frontier = await encoded.begin(Uint32Array.of(0));
        for (const [at, score] of forced.entries()) {
          expect(Math.abs(score - (expected[at] ?? 0))).toBeLessThan(1e-3);
          const token = target[at] ?? files.end;
          expect(Math.abs((frontier.scores(Int32Array.of(token))[0] ?? 0) - score)).toBeLessThan(1e-3);
          if (at < target.length) frontier = await frontier.advance(Uint32Array.of(0), Int32Array.of(token));
        }
      }
    });

    it.each([1, 4])('translates the same with %i beams', async (beams) => {
      for (const item of golden().items) {
        const { prompt } = controls(item);
        const encoded = await model.scorer(prompt).encode([Int32Array.from(item.input_ids)]);
        const [[best] = []] = await beamSearch(encoded, settings(beams, prompt.length - 1));
        const ids = [...prompt, ...(best?.tokens ?? []), ...(best?.ended === true ? [files.end] : [])];
        expect(ids).toEqual(beams === 1 ? item.greedy_ids : item.beam4_ids);
        expect(await tokenizer.decode([...best?.tokens ?? []])).toBe(beams === 1 ? item.greedy_text : item.beam4_text);
        if (beams === 4) expect(best?.score).toBeCloseTo(item.beam4_score, 3);
      }
    });

    it('translates many sources side by side as it does each alone', async () => {
      const { items } = golden();
      const [first] = items;
      if (first === undefined) throw new Error('There is no item.');
      const { prompt } = controls(first);
      const alike = items.filter((item) => item.tgt_lang === first.tgt_lang).slice(0, 24);
      const encoded = await model.scorer(prompt).encode(alike.map((item) => Int32Array.from(item.input_ids)));
      const answers = await beamSearch(encoded, settings(4, prompt.length - 1));
      expect(await Promise.all(answers.map(([best]) => tokenizer.decode([...best?.tokens ?? []])))).toEqual(alike.map((item) => item.beam4_text));
    });

    const question = async (item: Golden['items'][number], more: Partial<MarkerQuestion> = {}): Promise<MarkerQuestion> => {
      const { prompt } = controls(item);
      const encoded = await model.scorer(prompt).encode([Int32Array.from(item.marked_input_ids)]);
      return { encoded, source: 0, template: Int32Array.from(item.target_ids.slice(prompt.length - 1, -1)), end: files.end, open: golden().open_marker_id, close: golden().close_marker_id, count: 5, rows: 16, ...more };
    };
    const searches: readonly MarkerSearch[] = [searchTable, searchBreadth, (asked, signal) => searchDepth(asked, signal)];

    it('places markers where trying every span places them, whichever search', async () => {
      const short = golden().items.filter((item) => item.projection !== null && item.target_ids.length <= 13).slice(0, 8);
      expect(short).toHaveLength(8);
      for (const item of short) {
        const asked = await question(item);
        const n = asked.template.length;
        const all = Array.from({ length: n }, (_one, from) => Array.from({ length: n - from }, (_two, more) => ({ from, to: from + more + 1 }))).flat();
        const scores = await asked.encoded.force(all.map(({ from, to }) => targetRow(0, markedTemplate(asked, from, to), files.end)));
        const expected = all.map((span, at) => ({ ...span, score: scores[at]?.reduce((sum, one) => sum + one, 0) ?? 0 })).sort(betterSpan).slice(0, 5);
        for (const search of searches) {
          const { spans, counters } = await search(asked);
          for (const [at, span] of spans.entries()) expect(Math.abs(span.score - (expected[at]?.score ?? 0))).toBeLessThan(1e-4);
          expect(spans.map(({ from, to }) => [from, to])).toEqual(expected.map(({ from, to }) => [from, to]));
          expect(counters.rows).toBeLessThanOrEqual(counters.tree);
        }
      }
    });

    it('agrees with the reference where every span was tried', async () => {
      const known = golden().items.filter((item) => item.projection !== null).slice(0, 20);
      for (const item of known) {
        const asked = await question(item);
        const { spans } = await searchTable(asked);
        const shift = controls(item).prompt.length - 1;
        // The reference tried spans of at most eight tokens, and scored the language token too.
        const [best] = spans.filter(({ from, to }) => to - from <= (item.projection?.max_span_tokens ?? 0));
        expect([best?.from, best?.to]).toEqual(item.projection?.best_span.map((place) => place - shift));
        const language = shift === 0 ? 0 : item.target_given_marked_source_logprobs[0] ?? 0;
        expect(Math.abs((best?.score ?? 0) + language - (item.projection?.best_score ?? 0))).toBeLessThan(1e-3);
      }
      expect(known).toHaveLength(20);
    });
  });
}
