import { Failure } from '../contract/errors.ts';
import type { EncoderDescription } from '../contract/models.ts';
import { fileSize, readModelJson } from './model-files.ts';

/**
 * What the configuration files of a sentence-transformers or Optimum ONNX folder say of an encoder; `null` is "not said".
 *
 * Files: `modules.json` (the list of modules), `1_Pooling/config.json`, `2_Dense/config.json`, `config_sentence_transformers.json` (prompts),
 * `sentence_bert_config.json` (longest input), `config.json`, `tokenizer_config.json`.
 */
export type ModelLayout = {
  readonly graph: string;
  readonly tokenizer: string;
  /** The encoder half of a translation model: its states are mean-pooled. */
  readonly encoderHalf: boolean;
  readonly pooling: Exclude<EncoderDescription['pooling'], 'in-graph'> | null;
  readonly dense: EncoderDescription['dense'];
  readonly denseOutputs: number | null;
  readonly normalise: boolean | null;
  readonly prompts: Readonly<Record<string, string>> | null;
  readonly defaultPrompt: string | null;
  readonly maximumTokens: number | null;
  readonly hiddenSize: number | null;
  readonly padId: number | null;
  readonly name: string | null;
};

type Json = Readonly<Record<string, unknown>>;

const graphs = ['onnx/model.onnx', 'model.onnx', 'onnx/encoder_model.onnx', 'encoder_model.onnx', 'onnx/model_quantized.onnx', 'model_quantized.onnx'];
const packings = ['', '.gz', '.zst'];

export const readModelLayout = async (folder: string): Promise<ModelLayout> => {
  const graph = await firstOf(folder, graphs);
  const tokenizer = await firstOf(folder, ['tokenizer.json', 'onnx/tokenizer.json']);
  if (graph === undefined) throw new Failure('model-missing', `There is no ONNX graph in ${folder}.`, { hint: 'Export the model with "optimum-cli export onnx", or take the folder "onnx" of its repository too: model.onnx is needed.' });
  if (tokenizer === undefined) throw new Failure('model-missing', `There is no tokenizer.json in ${folder}.`, { hint: 'Save the model\'s fast tokenizer with save_pretrained: it writes tokenizer.json.' });
  const config = record(await readModelJson(folder, 'config.json'));
  const tokenizerConfig = record(await readModelJson(folder, 'tokenizer_config.json'));
  const modules = await readModules(folder);
  const prompts = record(await readModelJson(folder, 'config_sentence_transformers.json'));
  return {
    graph, tokenizer, encoderHalf: /encoder_model\.onnx/.test(graph),
    pooling: modules.pooling, dense: modules.dense, denseOutputs: modules.denseOutputs, normalise: modules.normalise,
    prompts: prompts === null ? null : strings(prompts['prompts']), defaultPrompt: textOf(prompts?.['default_prompt_name']),
    maximumTokens: await longestInput(folder, config, tokenizerConfig),
    hiddenSize: wholeNumber(config?.['hidden_size'], 65_536) ?? wholeNumber(config?.['d_model'], 65_536),
    padId: wholeNumber(config?.['pad_token_id'], 10_000_000, 0), name: textOf(config?.['_name_or_path']),
  };
};

const firstOf = async (folder: string, names: readonly string[]): Promise<string | undefined> => {
  for (const name of names.flatMap((one) => packings.map((packing) => one + packing))) {
    if (await fileSize(folder, name) !== undefined) return name;
  }
  return undefined;
};

type Modules = Pick<ModelLayout, 'pooling' | 'dense' | 'denseOutputs' | 'normalise'>;

const readModules = async (folder: string): Promise<Modules> => {
  const list = await readModelJson(folder, 'modules.json');
  if (!Array.isArray(list)) return { pooling: await readPooling(folder, '1_Pooling'), dense: null, denseOutputs: null, normalise: null };
  let found: Modules = { pooling: null, dense: null, denseOutputs: null, normalise: false };
  for (const module of list) {
    const type = (textOf(record(module)?.['type']) ?? '').split('.').at(-1) ?? '';
    const path = textOf(record(module)?.['path']) ?? '';
    if (type === 'Pooling') found = { ...found, pooling: await readPooling(folder, path) };
    else if (type === 'Normalize') found = { ...found, normalise: true };
    else if (type === 'Dense' && found.dense === null) found = { ...found, ...await readDenseModule(folder, path) };
    else if (type !== 'Transformer' && type !== '') throw unsupported(folder, `its module "${type}" is not known here`, 'Encoders made of Transformer, Pooling, one Dense layer and Normalize are.');
  }
  return found;
};

const poolingFlags = { pooling_mode_mean_tokens: 'mean', pooling_mode_cls_token: 'cls', pooling_mode_lasttoken: 'last' } as const;

const readPooling = async (folder: string, path: string): Promise<ModelLayout['pooling']> => {
  const config = record(await readModelJson(folder, `${path}/config.json`));
  if (config === null) return null;
  const named = textOf(config['pooling_mode']);
  if (named === 'mean' || named === 'cls') return named;
  if (named === 'lasttoken') return 'last';
  const on = Object.entries(config).filter(([key, value]) => key.startsWith('pooling_mode_') && value === true).map(([key]) => key);
  const [flag] = on;
  if (on.length === 0 && named === null) return null;
  if (on.length === 1 && flag !== undefined && flag in poolingFlags) return poolingFlags[flag as keyof typeof poolingFlags];
  throw unsupported(folder, `it pools by ${named ?? on.join(' and ')}`, 'Mean, first token (cls) and last token are supported.');
};

const readDenseModule = async (folder: string, path: string): Promise<Pick<Modules, 'dense' | 'denseOutputs'>> => {
  const config = record(await readModelJson(folder, `${path}/config.json`));
  const file = `${path}/model.safetensors`;
  if (await fileSize(folder, file) === undefined) {
    throw unsupported(folder, `the weights of its dense layer are not in ${file}`, 'Files of the kind pytorch_model.bin can run code and are not read: open the model with sentence-transformers 3 or later and save it again, which writes safetensors.');
  }
  const name = textOf(config?.['activation_function']) ?? 'torch.nn.modules.activation.Tanh';
  const activation = name.endsWith('.Tanh') ? 'tanh' as const : name.endsWith('.Identity') ? 'identity' as const : undefined;
  if (activation === undefined) throw unsupported(folder, `its dense layer uses ${name}`, 'Tanh and Identity are supported.');
  return { dense: { file, activation }, denseOutputs: wholeNumber(config?.['out_features'], 65_536) };
};

/** The stated maximum, but never more positions than the graph has. RoBERTa-like models lose two positions to padding. */
const longestInput = async (folder: string, config: Json | null, tokenizerConfig: Json | null): Promise<number | null> => {
  const stated = wholeNumber(record(await readModelJson(folder, 'sentence_bert_config.json'))?.['max_seq_length'], 32_768)
    ?? wholeNumber(tokenizerConfig?.['model_max_length'], 32_768);
  const positions = wholeNumber(config?.['max_position_embeddings'], 1_000_000);
  const lost = /roberta|camembert|mpnet/i.test(textOf(config?.['model_type']) ?? '') ? 2 : 0;
  const limit = positions === null ? null : Math.min(32_768, positions - lost);
  if (stated === null) return limit;
  return limit === null ? stated : Math.min(stated, limit);
};

const unsupported = (folder: string, why: string, hint: string): Failure => new Failure('model-unsupported', `The model in ${folder} cannot be used: ${why}.`, { hint });

const record = (value: unknown): Json | null => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const wholeNumber = (value: unknown, largest: number, least = 1): number | null =>
  (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= largest ? value : null);
const strings = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(record(value) ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
