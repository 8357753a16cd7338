/**
 * How well labels are carried: span F1 on names of the New Testament (bible-gold.ts), with intervals.
 *
 *     node scripts/bench/label-quality.ts [--targets de,es,fr] [--part test] [--aligner encoder]
 *     node scripts/bench/label-quality.ts --targets de --model FOLDER --spans 150 [--seed 1] [--reverse] [--search table]
 *
 * The first line measures the alignment on all spans; the second draws sentences by a seed until there are so many spans and runs both methods on them,
 * through the same code as `dragoman label`. Matthew to John (--part develop) were used for every choice; --part test is the rest.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { engineContract } from '../../main/contract/engine.ts';
import type { FoundSpans } from '../../main/contract/label.ts';
import type { ProjectionSettings } from '../../main/contract/projection.ts';
import { agreementOf, preferred } from '../../main/domain/label/method-agreement.ts';
import { evaluateSpans } from '../../main/domain/label-evaluation/evaluate-spans.ts';
import { createEngine } from '../../main/engine/implementation.ts';
import { createMiningMethods } from '../../main/engine/mining/methods.ts';
import { readBundledModel } from '../../main/engine/model-bundled.ts';
import { connect } from '../../main/rpc/client.ts';
import { pipe } from '../../main/rpc/pipe.ts';
import { serve } from '../../main/rpc/server.ts';
import { findPlaces } from '../../main/services/projection/index.ts';
import { finish } from '../../packages/sacrebleu-ts/src/index.ts';
import { readGold, type GoldPair } from './bible-gold.ts';

const { values } = parseArgs({ options: {
  targets: { type: 'string', default: 'de,es,fr' }, part: { type: 'string', default: 'test' }, aligner: { type: 'string', default: 'encoder' },
  model: { type: 'string' }, spans: { type: 'string', default: '150' }, seed: { type: 'string', default: '1' }, reverse: { type: 'boolean', default: false }, search: { type: 'string', default: 'auto' },
  threads: { type: 'string', default: String(availableParallelism()) }, dump: { type: 'string' },
} });

/** Park and Miller's generator: the same sample everywhere. */
const randomFrom = (seed: number) => {
  let state = (seed % 2147483646) + 1;
  return (): number => { state = (state * 48271) % 2147483647; return state / 2147483647; };
};

const shuffled = <T>(all: readonly T[], seed: number): T[] => {
  const random = randomFrom(seed);
  return all.map((one) => ({ one, key: random() })).sort((left, right) => left.key - right.key).map(({ one }) => one);
};

const sampled = (all: readonly GoldPair[], spans: number, seed: number): GoldPair[] => {
  let count = 0;
  return shuffled(all, seed).filter(({ source }) => { const wanted = count < spans; if (wanted) count += source.spans.length; return wanted; });
};

const encoder = await readBundledModel(fileURLToPath(new URL('../../resources/models/multilingual-e5-small', import.meta.url)));
if (encoder === undefined) throw new Error('The bundled encoder is not there.');
const work = mkdtempSync(join(tmpdir(), 'dragoman-label-quality-'));
const engine = createEngine({ cacheFolder: work, warn: (line) => { process.stderr.write(`${line}\n`); }, mining: createMiningMethods });
const [near, far] = pipe();
serve(far, engineContract, engine.implementation);
const client = connect(near, engineContract);

const oneOf = <const T extends string>(known: readonly T[], given: string): T => { const found = known.find((one) => one === given); if (found === undefined) throw new Error(`${given}: one of ${known.join(', ')}`); return found; };

const run = (pairs: readonly GoldPair[], target: string) => {
  const settings: ProjectionSettings = {
    sourceLanguage: 'en', targetLanguage: target, method: values.model === undefined ? 'alignment' : 'both', aligner: oneOf(['encoder', 'statistical'], values.aligner),
    model: values.model === undefined ? null : { folder: resolve(values.model), precision: 'auto' }, search: oneOf(['auto', 'table', 'breadth', 'depth'], values.search), count: 3, reverse: values.reverse,
  };
  return findPlaces(pairs.map(({ source, target: { text } }) => ({ source: source.text, spans: source.spans, target: text })), {
    engine: client, models: { candidates: () => [{ encoder, bundled: true, measures: [] }] }, settings, provider: 'cpu', threads: Number(values.threads), signal: new AbortController().signal,
    progress: (stage, done, total) => { if (stage === 'place' && done % 10 === 0) process.stderr.write(`${done} of ${total} spans\n`); }, note: (text) => { process.stderr.write(`${text}\n`); },
  });
};

type Choose = (answers: readonly FoundSpans[]) => { readonly from: number; readonly to: number } | null | undefined;

const score = (name: string, pairs: readonly GoldPair[], found: readonly (readonly (readonly FoundSpans[])[])[], choose: Choose): void => {
  const sentences = pairs.map(({ target, source }, at) => ({
    language: name, words: 0, gold: target.spans,
    predicted: source.spans.flatMap(({ label }, span) => { const place = choose(found[at]?.[span] ?? []); return place === null || place === undefined ? [] : [{ label, start: place.from, end: place.to }]; }),
  }));
  const { all: { counts, scores, intervals } } = finish(evaluateSpans(sentences));
  const shown = (measure: 'exact' | 'overlap' | 'exactAnyLabel'): string => `${scores[measure].f1.toFixed(4)} [${(intervals?.[measure].lower ?? Number.NaN).toFixed(4)}, ${(intervals?.[measure].upper ?? Number.NaN).toFixed(4)}]`;
  process.stdout.write([name, counts.gold, counts.predicted, shown('exact'), shown('overlap'), shown('exactAnyLabel'), scores.exact.precision.toFixed(4), (counts.predicted / counts.gold).toFixed(3)].join('\t') + '\n');
};

process.stdout.write('pair, method\tgold\tfound\texact F1\toverlap F1\texact F1 without labels\tprecision\tcoverage\n');
for (const target of values.targets.split(',')) {
  const all = readGold('en', target, oneOf(['develop', 'test'], values.part));
  const pairs = values.model === undefined ? all : sampled(all, Number(values.spans), Number(values.seed));
  const begun = performance.now();
  const { found, effort } = await run(pairs, target);
  const seconds = (performance.now() - begun) / 1000;
  const by = (method: FoundSpans['method']): Choose => (answers) => answers.find((one) => one.method === method)?.best[0];
  score(`en-${target}, alignment`, pairs, found, by('alignment'));
  if (values.model !== undefined) {
    score(`en-${target}, constrained`, pairs, found, by('constrained'));
    score(`en-${target}, both agree`, pairs, found, ([left, right]) => (left !== undefined && right !== undefined && agreementOf(left, right) === 'same' ? left.best[0] : null));
    score(`en-${target}, written`, pairs, found, preferred);
  }
  process.stdout.write(`${pairs.length} sentences, ${seconds.toFixed(1)} s, ${effort.rows} rows in ${effort.calls} calls\n`);
  if (values.dump !== undefined) writeFileSync(values.dump, pairs.flatMap(({ verse, source, target: { text, spans } }, at) => source.spans.map((span, index) => JSON.stringify({ verse, span: source.text.slice(span.start, span.end), gold: text.slice(spans[index]?.start, spans[index]?.end), found: (found[at]?.[index] ?? []).map((one) => ({ ...one, best: one.best.map((place) => ({ ...place, text: text.slice(place.from, place.to) })) })) }))).join('\n'));
}
await engine.close();
rmSync(work, { recursive: true, force: true });
process.exit(0);
