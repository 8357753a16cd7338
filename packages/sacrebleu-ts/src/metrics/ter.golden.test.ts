import { expect, it } from 'vitest';
import { describeWithGolden } from '../../fixtures/golden.ts';
import type { Segment } from '../metric.ts';
import { signature } from '../signature.ts';
import { type TerTokenizerOptions, terWords } from '../tokenizers/ter.ts';
import { ter } from './ter.ts';
import { EditCounter } from './translation-edit-rate.ts';

type PythonOptions = { readonly normalized?: boolean; readonly no_punct?: boolean; readonly asian_support?: boolean; readonly case_sensitive?: boolean };
type TerRow = readonly [score: number, text: string, edits: number, referenceLength: number];
type Sentences = {
  readonly settings: Readonly<Record<string, PythonOptions>>;
  readonly signatures_one_ref: Readonly<Record<string, readonly [string, string]>>;
  readonly cases: readonly ({ readonly hyp: string; readonly refs: readonly (string | null)[] } & Readonly<Record<string, unknown>>)[];
  readonly ter_raw: readonly { readonly hyp: string; readonly ref: string; readonly edits: number; readonly shifts: number; readonly candidates: number }[];
};
type Corpora = {
  readonly settings: Readonly<Record<string, PythonOptions>>;
  readonly corpora: readonly {
    readonly hyps: readonly string[];
    readonly refs: readonly (readonly (string | null)[])[];
    readonly scores: Readonly<Record<string, TerRow>>;
    readonly segment_statistics: Readonly<Record<string, readonly (readonly number[])[]>>;
  }[];
};
type Tokenized = { readonly ter_settings: Readonly<Record<string, PythonOptions>>; readonly cases: readonly Readonly<Record<string, string>>[] };

const camelCase = (options: PythonOptions): TerTokenizerOptions => ({
  normalized: options.normalized ?? false,
  noPunctuation: options.no_punct ?? false,
  asianSupport: options.asian_support ?? false,
  caseSensitive: options.case_sensitive ?? false,
});

const terSettings = (settings: Readonly<Record<string, PythonOptions>>): readonly (readonly [string, TerTokenizerOptions])[] =>
  Object.entries(settings).filter(([name]) => name.startsWith('ter')).map(([name, options]) => [name, camelCase(options)]);

/** sacreBLEU's version where ours stands, so that the rest can be compared. */
const upstreamVersion = (text: string): string => text.replace(/2\.6\.0\+ts\.[\d.]+/, '2.6.0');

describeWithGolden<Tokenized>('tokenizers', 'TER words of every golden string', (golden) => {
  it('are sacreBLEU’s under every setting', () => {
    let compared = 0;
    for (const [name, options] of terSettings(golden.ter_settings)) {
      for (const row of golden.cases) {
        expect(terWords(row['input'] ?? '', options).join(' '), `${name} of ${JSON.stringify(row['input'])}`).toBe(row[name]);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(854 * 7);
  });
});

describeWithGolden<Sentences>('sentence', 'TER of every golden sentence', (golden) => {
  it('is the same double, text, edits and length under every setting', () => {
    let compared = 0;
    for (const [name, options] of terSettings(golden.settings)) {
      const metric = ter(options);
      for (const row of golden.cases) {
        const score = metric.sentence({ hypothesis: row.hyp, references: row.refs });
        expect([score.value, score.format(), score.edits, score.referenceLength], `${name} of ${JSON.stringify(row.hyp)}`).toEqual(row[name]);
        compared += 1;
      }
      expect([signature(metric, { references: 1 }), signature(metric, { references: 1 }, true)].map(upstreamVersion)).toEqual(golden.signatures_one_ref[name]);
    }
    expect(compared).toBeGreaterThanOrEqual(249 * 16);
  });

  it('counts edits, shifts and candidates as upstream in the stress cases, and says where the candidate limit stopped it', () => {
    expect(golden.ter_raw.length).toBeGreaterThanOrEqual(200);
    const counter = new EditCounter();
    const stopped = golden.ter_raw.filter((row) => {
      const [words, reference] = numbered(row.hyp, row.ref);
      const { edits, shifts, candidates, stop } = counter.count(words, reference);
      expect({ edits, shifts, candidates, stop }).toEqual({ edits: row.edits, shifts: row.shifts, candidates: row.candidates, stop: row.candidates >= 1000 ? 'candidates' : null });
      return stop !== null;
    });
    expect(stopped.length).toBeGreaterThan(20);
  });
});

describeWithGolden<Corpora>('corpus', 'TER of every golden corpus', (golden) => {
  it('is the same double, text, edits and length under every setting', () => {
    let compared = 0;
    for (const [name, options] of terSettings(golden.settings)) {
      const metric = ter(options);
      for (const { hyps, refs, scores, segment_statistics } of golden.corpora) {
        const segments: readonly Segment[] = hyps.map((hypothesis, at) => ({ hypothesis, references: refs.map((stream) => stream[at] ?? null) }));
        const { values } = metric.extract(segments);
        const score = metric.score(sumOfPairs(values));
        expect([score.value, score.format(), score.edits, score.referenceLength], name).toEqual(scores[name]);
        const rows = segment_statistics[name];
        if (rows !== undefined) expect([...values]).toEqual(rows.flat());
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(21 * 8);
  });
});

const numbered = (hypothesis: string, reference: string): readonly [Int32Array<ArrayBuffer>, Int32Array<ArrayBuffer>] => {
  const words = [...new Set(`${hypothesis} ${reference}`.split(' '))];
  const numbers = (text: string): Int32Array<ArrayBuffer> => Int32Array.from(text === '' ? [] : text.split(' '), (word) => words.indexOf(word));
  return [numbers(hypothesis), numbers(reference)];
};

const sumOfPairs = (values: Float64Array): readonly [number, number] => {
  let edits = 0;
  let length = 0;
  for (let at = 0; at < values.length; at += 2) {
    edits += values[at] ?? 0;
    length += values[at + 1] ?? 0;
  }
  return [edits, length];
};
