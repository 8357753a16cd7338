import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { Failure } from '../contract/errors.ts';
import type { EncoderDescription, ModelAnswers, ModelInspection } from '../contract/models.ts';
import { readBundledModel } from './model-bundled.ts';
import { checksumOf, graphFile, modelHash, type Checksums } from './model-files.ts';
import { readModelLayout, type ModelLayout } from './model-layout.ts';
import { readModelCard, type ModelCard } from './model-readme.ts';
import { openSession } from './provider.ts';

type Question = ModelInspection['questions'][number];

/**
 * Describes the encoder in a folder, and asks what its files do not say.
 *
 * A folder with our `model.json` says everything. Otherwise the configuration files of sentence-transformers and Optimum are read, and the graph itself is
 * opened for its inputs, its output and its dimension.
 */
export const inspectModel = async (folder: string, answers: ModelAnswers, cacheFolder: string): Promise<ModelInspection> => {
  const bundled = await readBundledModel(folder);
  if (bundled !== undefined) return { encoder: { ...bundled, ...stated(answers) }, questions: [], warnings: [] };
  const layout = await readModelLayout(folder);
  const card = await readModelCard(folder);
  const graph = await readGraphFacts(folder, layout, cacheFolder);
  return describe(folder, answers, layout, card, graph, await checksumsOf(folder, layout));
};

const stated = (answers: ModelAnswers): Partial<EncoderDescription> => {
  const { pooling, prefix, normalise, maximumTokens, languages, licence, title } = answers;
  return {
    ...(pooling === undefined ? {} : { pooling }), ...(prefix === undefined ? {} : { prefix }), ...(normalise === undefined ? {} : { normalise }),
    ...(maximumTokens === undefined ? {} : { maximumTokens }), ...(languages === undefined ? {} : { languages }),
    ...(licence === undefined ? {} : { licence }), ...(title === undefined ? {} : { title }),
  };
};

type GraphFacts = { readonly inputs: readonly string[]; readonly output: string; readonly pooled: boolean; readonly dimension: number | null };

/** Names of sentence vectors and of token vectors in the graphs that Optimum and sentence-transformers export, best first. */
const pooledOutputs = ['sentence_embedding'];
const tokenOutputs = ['last_hidden_state', 'token_embeddings', 'hidden_states', 'encoder_outputs'];

const readGraphFacts = async (folder: string, layout: ModelLayout, cacheFolder: string): Promise<GraphFacts> => {
  const session = await openSession(await graphFile(folder, layout.graph, cacheFolder), { provider: 'cpu', threads: 1 });
  try {
    const outputs = session.outputMetadata.map((one) => ({ name: one.name, shape: one.isTensor ? one.shape : [] }));
    const named = (names: readonly string[], rank: number) => names.map((name) => outputs.find((one) => one.name === name && one.shape.length === rank)).find((one) => one !== undefined);
    const pooled = named(pooledOutputs, 2);
    const chosen = pooled ?? named(tokenOutputs, 3) ?? outputs.find((one) => one.shape.length === 3);
    if (chosen === undefined) throw new Failure('model-unsupported', `The graph in ${folder} gives neither token vectors nor a sentence vector (its outputs: ${outputs.map((one) => one.name).join(', ')}).`, { hint: 'Export the model for the task "feature-extraction".' });
    const last = chosen.shape.at(-1);
    return { inputs: session.inputNames, output: chosen.name, pooled: pooled !== undefined, dimension: typeof last === 'number' && last >= 1 && last <= 65_536 ? last : null };
  } finally {
    await session.release();
  }
};

const checksumsOf = async (folder: string, layout: ModelLayout): Promise<Checksums> => {
  const graphFolder = layout.graph.includes('/') ? layout.graph.slice(0, layout.graph.lastIndexOf('/') + 1) : '';
  const beside = await readdir(`${folder}/${graphFolder}`);
  const external = beside.filter((name) => /\.onnx_data(?:_\d+)?$/.test(name)).map((name) => graphFolder + name);
  const names = [layout.graph, layout.tokenizer, ...external, ...(layout.dense === null ? [] : [layout.dense.file])];
  const entries: [string, Checksums[string]][] = [];
  for (const name of names) entries.push([name, await checksumOf(folder, name)]);
  return Object.fromEntries(entries);
};

const describe = (folder: string, answers: ModelAnswers, layout: ModelLayout, card: ModelCard, graph: GraphFacts, checksums: Checksums): ModelInspection => {
  const questions: Question[] = [];
  const warnings: string[] = [];
  /** The answer, else what the files say, else the proposal together with a question. */
  const settle = <T>(field: Question['field'], answer: T | undefined, said: T | null, proposal: T, why: string): T => {
    if (answer !== undefined) return answer;
    if (said !== null) return said;
    questions.push({ field, proposal: Array.isArray(proposal) ? proposal.join(' ') : String(proposal), why });
    return proposal;
  };
  const name = basename(folder);
  const pooling = graph.pooled ? 'in-graph' as const
    : settle('pooling', answers.pooling, layout.pooling ?? (layout.encoderHalf ? 'mean' : null), 'mean', 'No file of this folder says how token vectors become a sentence vector; the wrong way gives poor neighbours.');
  const dense = graph.pooled ? null : layout.dense;
  const dimension = (dense === null ? graph.dimension : layout.denseOutputs) ?? layout.hiddenSize;
  if (dimension === null) throw new Failure('model-unsupported', `Neither the graph in ${folder} nor its config.json says how many dimensions the vectors have.`, { hint: 'Add "hidden_size" to config.json.' });
  if (layout.normalise === false && answers.normalise === undefined) warnings.push('This model does not normalise its vectors; they are brought to length 1 here, because everything is compared by cosine.');
  const encoder: EncoderDescription = {
    id: name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'encoder', title: answers.title ?? name, folder,
    graph: layout.graph, tokenizer: layout.tokenizer, dense, dimension, pooling,
    normalise: settle('normalise', answers.normalise, layout.normalise === null && !layout.encoderHalf ? null : true, true, 'No file of this folder says whether vectors are brought to length 1; for mining they should be.'),
    prefix: settle('prefix', answers.prefix, prefixOf(name, layout, card), '', 'Some encoders want words like "query: " before every sentence; no file of this folder says so. The model\'s web page does.'),
    maximumTokens: checkMaximum(settle('maximumTokens', answers.maximumTokens, layout.maximumTokens, 512, 'No file of this folder says how long a sentence may be; longer ones are cut and marked.')),
    inputs: [...graph.inputs], output: graph.output, padId: layout.padId ?? 0,
    languages: settle('languages', answers.languages, card.languages.length > 0 ? [...card.languages] : null, [], 'The model card names no languages; without them the encoder is never chosen by itself.'),
    licence: settle('licence', answers.licence, card.licence, '', 'No file of this folder names a licence; it goes into the manifest of everything made with this encoder.') || null,
    source: layout.name, checksums, hash: modelHash(checksums, Object.keys(checksums)),
  };
  return { encoder, questions, warnings };
};

/** e5 models were trained with "query: " before every sentence of a symmetric task; others say their prompt in a configuration file. */
const prefixOf = (name: string, layout: ModelLayout, card: ModelCard): string | null => {
  const { prompts, defaultPrompt } = layout;
  if (defaultPrompt !== null && prompts?.[defaultPrompt] !== undefined) return prompts[defaultPrompt];
  const isE5 = /(?:^|[^a-z0-9])e5(?:[^a-z0-9]|$)/i.test(`${name} ${layout.name ?? ''}`) || card.mentionsE5;
  if (isE5 && !/instruct/i.test(name)) return 'query: ';
  if (layout.encoderHalf) return '';
  return prompts !== null && Object.values(prompts).every((prompt) => prompt === '') ? '' : null;
};

const checkMaximum = (tokens: number): number => {
  if (Number.isInteger(tokens) && tokens >= 4 && tokens <= 32_768) return tokens;
  throw new Failure('bad-input', `A maximum of ${tokens} tokens is not possible; it must be between 4 and 32768.`);
};
