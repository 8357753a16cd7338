/**
 * Which layer of the bundled encoder, and which rule, links words best: span F1 of projected names on the Gospels (see bible-gold.ts).
 *
 *     node scripts/bench/label-layers.ts [--pairs 400] [--target de] [--layers 4,5,6,7,8,9,10]
 *
 * One pass through the encoder shows all layers; the table has a line for each layer, rule and unit (whole words, or tokens).
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { labelWords, wordsOfRange } from '../../main/domain/label/label-words.ts';
import { projectSpans, usualRules } from '../../main/domain/label/span-projection.ts';
import { linkRules, linksOfStates, type LinkRule, type TextStates } from '../../main/domain/label/state-links.ts';
import { readBundledModel } from '../../main/engine/model-bundled.ts';
import { graphFile } from '../../main/engine/model-files.ts';
import { openSession, tokenTensor } from '../../main/engine/provider.ts';
import { openTokenizer } from '../../main/engine/tokenizer.ts';
import { readGold, type GoldPair, type GoldSide } from './bible-gold.ts';

const { values } = parseArgs({ options: { pairs: { type: 'string', default: '400' }, target: { type: 'string', default: 'de' }, layers: { type: 'string', default: '4,5,6,7,8,9,10,11,12' } } });
const layers = values.layers.split(',').map(Number);
const all = readGold('en', values.target, 'develop');
const every = Math.max(1, Math.floor(all.length / Number(values.pairs)));
const pairs = all.filter((_, at) => at % every === 0);

const encoder = await readBundledModel(fileURLToPath(new URL('../../resources/models/multilingual-e5-small', import.meta.url)));
if (encoder === undefined) throw new Error('The bundled encoder is not there.');
const session = await openSession(await graphFile(encoder.folder, encoder.graph, ''), { provider: 'cpu', threads: 2 });
const tokenizer = await openTokenizer(encoder);

const statesOf = async ({ text }: GoldSide, language: string): Promise<Map<number, TextStates>> => {
  const { ids, tokens } = await tokenizer.tokeniseWords(text, labelWords(text, language));
  const names = layers.map((layer) => `hidden_states.${layer}`);
  const results = await session.run({ input_ids: tokenTensor('int64', ids, [1, ids.length]), attention_mask: tokenTensor('int64', new Int32Array(ids.length).fill(1), [1, ids.length]) }, names);
  return new Map(layers.map((layer) => {
    const states = results[`hidden_states.${layer}`]?.data;
    if (!(states instanceof Float32Array)) throw new Error(`The encoder shows no layer ${layer}.`);
    return [layer, { states, dimension: states.length / ids.length, words: tokens }];
  }));
};

type Count = { right: number; found: number; gold: number };
const counts = new Map<string, Count>();
const judge = (name: string, pair: GoldPair, left: TextStates, right: TextStates, rule: LinkRule, unit: 'word' | 'token'): void => {
  const [sourceWords, targetWords] = [labelWords(pair.source.text, 'en'), labelWords(pair.target.text, values.target)];
  const count = counts.get(name) ?? { right: 0, found: 0, gold: 0 };
  counts.set(name, count);
  const links = linksOfStates(left, right, { rule, unit }).map(([from, to]) => [from, to] as const);
  const spans = pair.source.spans.map(({ label, start, end }) => ({ label, ...wordsOfRange(sourceWords, start, end) ?? { from: 0, to: 0 } }));
  for (const [at, { target }] of projectSpans(spans, links, { count: targetWords.length, punctuation: () => false }, usualRules).entries()) {
    const gold = pair.target.spans[at];
    count.gold += 1;
    if (target === null || gold === undefined) continue;
    count.found += 1;
    count.right += Number(targetWords[target.from]?.[0] === gold.start && targetWords[target.to - 1]?.[1] === gold.end);
  }
};

for (const pair of pairs) {
  const [left, right] = [await statesOf(pair.source, 'en'), await statesOf(pair.target, values.target)];
  for (const layer of layers) for (const rule of linkRules) for (const unit of ['word', 'token'] as const) {
    const [source, target] = [left.get(layer), right.get(layer)];
    if (source !== undefined && target !== undefined) judge(`${layer}\t${rule}\t${unit}`, pair, source, target, rule, unit);
  }
}
process.stdout.write(`en-${values.target}, ${pairs.length} pairs, ${pairs.reduce((sum, { source }) => sum + source.spans.length, 0)} spans\nlayer\trule\tunit\tprecision\trecall\tF1\n`);
for (const [name, { right, found, gold }] of [...counts].sort((one, other) => other[1].right / (other[1].found + other[1].gold) - one[1].right / (one[1].found + one[1].gold))) {
  process.stdout.write(`${name}\t${(right / found).toFixed(4)}\t${(right / gold).toFixed(4)}\t${((2 * right) / (found + gold)).toFixed(4)}\n`);
}
