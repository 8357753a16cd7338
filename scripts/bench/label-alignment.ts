/**
 * Speed of word links for carrying labels: the encoder's graph cut at the chosen layer against the whole graph, and everything after the encoder.
 *
 *     node scripts/bench/label-alignment.ts [--pairs 256] [--rounds 3] [--target de] [--threads N]
 *
 * Both graphs are asked for the same layer, with the same batches, turn by turn; their states must be equal, or the script fails.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { labelWords } from '../../main/domain/label/label-words.ts';
import { projectByLinks } from '../../main/domain/label/project-labels.ts';
import { linksOfStates, type TextStates } from '../../main/domain/label/state-links.ts';
import { cutGraphFile } from '../../main/engine/graph-cut.ts';
import { readBundledModel } from '../../main/engine/model-bundled.ts';
import { graphFile } from '../../main/engine/model-files.ts';
import { openSession, tokenTensor } from '../../main/engine/provider.ts';
import { labelDepth, stateOutput } from '../../main/engine/token-outputs.ts';
import { openTokenizer, type WordTokens } from '../../main/engine/tokenizer.ts';
import { readGold } from './bible-gold.ts';

const { values } = parseArgs({ options: { pairs: { type: 'string', default: '256' }, rounds: { type: 'string', default: '3' }, target: { type: 'string', default: 'de' }, threads: { type: 'string', default: String(availableParallelism()) } } });
const pairs = readGold('en', values.target, 'test').slice(0, Number(values.pairs));
const encoder = await readBundledModel(fileURLToPath(new URL('../../resources/models/multilingual-e5-small', import.meta.url)));
if (encoder === undefined) throw new Error('The bundled encoder is not there.');
const work = mkdtempSync(join(tmpdir(), 'dragoman-label-alignment-'));
const settings = { provider: 'cpu', threads: Number(values.threads) } as const;
const cut = await cutGraphFile(encoder.folder, encoder.graph, work, (outputs) => stateOutput(outputs, encoder, labelDepth));
const sessions = { whole: await openSession(await graphFile(encoder.folder, encoder.graph, work), settings), cut: await openSession(cut.graph, settings) };

const tokenizer = await openTokenizer(encoder);
const words = pairs.map(({ source, target }) => ({ source: labelWords(source.text, 'en'), target: labelWords(target.text, values.target) }));
const tokens = await Promise.all(pairs.flatMap(({ source, target }, at) => [tokenizer.tokeniseWords(source.text, words[at]?.source ?? []), tokenizer.tokeniseWords(target.text, words[at]?.target ?? [])]));

const sentencesABatch = 16;
const order = [...tokens.keys()].sort((left, right) => (tokens[left]?.ids.length ?? 0) - (tokens[right]?.ids.length ?? 0));
const batches = Array.from({ length: Math.ceil(order.length / sentencesABatch) }, (_, at) => order.slice(at * sentencesABatch, (at + 1) * sentencesABatch));

/** All states, by number of the text. */
const encode = async (which: keyof typeof sessions): Promise<Map<number, TextStates>> => {
  const states = new Map<number, TextStates>();
  for (const batch of batches) {
    const texts = batch.flatMap((index): readonly WordTokens[] => { const one = tokens[index]; return one === undefined ? [] : [one]; });
    const width = Math.max(...texts.map(({ ids }) => ids.length));
    const [ids, mask] = [new Int32Array(texts.length * width).fill(encoder.padId), new Int32Array(texts.length * width)];
    for (const [row, text] of texts.entries()) { ids.set(text.ids, row * width); mask.fill(1, row * width, row * width + text.ids.length); }
    const result = await sessions[which].run({ input_ids: tokenTensor('int64', ids, [texts.length, width]), attention_mask: tokenTensor('int64', mask, [texts.length, width]) }, [cut.output]);
    const data = result[cut.output]?.data;
    if (!(data instanceof Float32Array)) throw new Error('The graph gave no states.');
    const dimension = data.length / texts.length / width;
    for (const [row, index] of batch.entries()) states.set(index, { states: data.subarray(row * width * dimension, (row + 1) * width * dimension), dimension, words: tokens[index]?.tokens ?? [] });
  }
  return states;
};

/** Seconds by the clock, and of processor time: on a busy machine the second is what a quiet one would take, for work of one thread. */
const timed = async <T>(work: () => Promise<T> | T): Promise<{ readonly value: T; readonly seconds: number; readonly processor: number }> => {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, seconds: (performance.now() - begun) / 1000, processor: (user + system) / 1e6 };
};
const median = (all: readonly number[]): number => all.toSorted((left, right) => left - right)[Math.floor(all.length / 2)] ?? Number.NaN;

await encode('cut');
const rates: Record<'whole' | 'cut' | 'after', number[]> = { whole: [], cut: [], after: [] };
const processorRates: Record<'whole' | 'cut' | 'after', number[]> = { whole: [], cut: [], after: [] };
let spans = 0;
for (let round = 0; round < Number(values.rounds); round += 1) {
  const whole = await timed(() => encode('whole'));
  const short = await timed(() => encode('cut'));
  for (const [index, { states }] of short.value) {
    const other = whole.value.get(index)?.states ?? new Float32Array();
    if (!states.every((value, at) => Math.abs(value - (other[at] ?? Number.NaN)) < 1e-4)) throw new Error(`The cut graph gives other states for text ${index}.`);
  }
  const after = await timed(() => {
    for (const [at, { source }] of pairs.entries()) {
      const [left, right] = [short.value.get(2 * at), short.value.get(2 * at + 1)];
      if (left === undefined || right === undefined) throw new Error('A text has no states.');
      const links = linksOfStates(left, right, { rule: 'match', unit: 'word' });
      spans += projectByLinks({ spans: source.spans, sourceWords: words[at]?.source ?? [], targetWords: words[at]?.target ?? [] }, links).length;
    }
  });
  for (const [name, one] of [['whole', whole], ['cut', short], ['after', after]] as const) {
    rates[name].push(pairs.length / one.seconds);
    processorRates[name].push(pairs.length / one.processor);
  }
}
process.stdout.write(`${pairs.length} pairs, ${spans / Number(values.rounds)} spans, cut at ${cut.output}, ${values.threads} threads; pairs/s, median of ${values.rounds}\n`);
for (const [what, { whole, cut: short, after }] of [['by the clock', rates], ['a second of processor time', processorRates]] as const) {
  process.stdout.write(`${what}: whole graph ${median(whole).toFixed(1)}, cut graph ${median(short).toFixed(1)} (${(median(short) / median(whole)).toFixed(2)} times), everything after the encoder ${median(after).toFixed(0)}\n`);
}
await Promise.all(Object.values(sessions).map((session) => session.release()));
rmSync(work, { recursive: true, force: true });
