import * as v from 'valibot';
import { Failure } from '../../contract/errors.ts';
import { checksumOf, fileSize, modelHash, readModelJson, type Checksums } from '../model-files.ts';

/** The numbers of a translation model that its graphs are called with, all from its own files. */
export type Seq2SeqFiles = {
  readonly folder: string;
  readonly encoder: string;
  readonly decoder: string;
  readonly tokenizer: string;
  /** fp32, int8 and so on: as the file names say. */
  readonly precision: Precision;
  readonly modelType: string;
  readonly tokenizerClass: string | null;
  readonly layers: number;
  readonly heads: number;
  readonly headSize: number;
  readonly width: number;
  readonly vocabularySize: number;
  readonly start: number | null;
  readonly end: number;
  readonly pad: number;
  /** Tokens that a translation never holds (`bad_words_ids` of one token). */
  readonly forbidden: readonly number[];
  readonly longest: number;
  readonly checksums: Checksums;
  readonly hash: string;
};

export const precisions = { fp32: '', fp16: '_fp16', q8: '_quantized', int8: '_int8', uint8: '_uint8', q4: '_q4' } as const;
export type Precision = keyof typeof precisions;

const id = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000));
const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000));
const configSchema = v.object({
  model_type: v.string(),
  d_model: size,
  decoder_layers: v.optional(size), num_decoder_layers: v.optional(v.nullable(size)), num_layers: v.optional(size),
  decoder_attention_heads: v.optional(size), num_heads: v.optional(size),
  d_kv: v.optional(size),
  vocab_size: size, decoder_vocab_size: v.optional(v.nullable(size)),
  decoder_start_token_id: v.optional(v.nullable(id)), eos_token_id: id, pad_token_id: id,
  max_position_embeddings: v.optional(size), n_positions: v.optional(size),
});
const generationSchema = v.object({ bad_words_ids: v.optional(v.nullable(v.array(v.array(id)))) });
const tokenizerSchema = v.object({ tokenizer_class: v.optional(v.string()) });

/** Reads what a folder says of itself; every way in which it cannot be run is a failure with a remedy. */
export const readSeq2SeqFiles = async (folder: string, precision: Precision = 'fp32'): Promise<Seq2SeqFiles> => {
  const config = read(configSchema, await readModelJson(folder, 'config.json'), folder, 'config.json');
  const generation = read(generationSchema, await readModelJson(folder, 'generation_config.json') ?? {}, folder, 'generation_config.json');
  const tokenizerConfig = read(tokenizerSchema, await readModelJson(folder, 'tokenizer_config.json') ?? {}, folder, 'tokenizer_config.json');
  const encoder = await graphOf(folder, 'encoder_model', precision);
  const decoder = await graphOf(folder, 'decoder_model_merged', precision);
  const tokenizer = 'tokenizer.json';
  if (await fileSize(folder, tokenizer) === undefined) throw new Failure('model-missing', `There is no tokenizer.json in ${folder}.`, { hint: 'Save the model\'s fast tokenizer with save_pretrained: it writes tokenizer.json.' });
  const names = [encoder, decoder, tokenizer, 'config.json'];
  const checksums = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await checksumOf(folder, name)] as const)));
  const heads = config.decoder_attention_heads ?? config.num_heads;
  const layers = config.decoder_layers ?? config.num_decoder_layers ?? config.num_layers;
  if (heads === undefined || layers === undefined) throw new Failure('model-unsupported', `config.json in ${folder} does not say how many layers and heads the decoder has.`, { hint: 'Copy config.json again from the model\'s source.' });
  return {
    folder, encoder, decoder, tokenizer, precision, modelType: config.model_type, tokenizerClass: tokenizerConfig.tokenizer_class ?? null,
    layers, heads, headSize: config.d_kv ?? config.d_model / heads, width: config.d_model, vocabularySize: config.decoder_vocab_size ?? config.vocab_size,
    start: config.decoder_start_token_id ?? null, end: config.eos_token_id, pad: config.pad_token_id,
    forbidden: (generation.bad_words_ids ?? []).flatMap((words) => (words.length === 1 ? words : [])),
    longest: config.max_position_embeddings ?? config.n_positions ?? 512,
    checksums, hash: modelHash(checksums, names),
  };
};

const read = <S extends v.GenericSchema>(schema: S, value: unknown, folder: string, name: string): v.InferOutput<S> => {
  if (value === undefined) throw new Failure('model-missing', `There is no ${name} in ${folder}.`, { hint: 'Copy the whole model folder again.' });
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Failure('model-unsupported', `${name} in ${folder} does not describe a translation model: ${v.getDotPath(issue) ?? 'its content'}: ${issue.message}.`, { hint: 'A sequence-to-sequence model is needed, exported with Optimum for "text2text-generation-with-past".' });
};

const graphOf = async (folder: string, name: string, precision: Precision): Promise<string> => {
  const file = `${name}${precisions[precision]}.onnx`;
  for (const path of [`onnx/${file}`, file]) if (await fileSize(folder, path) !== undefined) return path;
  const split = name === 'decoder_model_merged' && (await fileSize(folder, 'onnx/decoder_model.onnx') !== undefined || await fileSize(folder, 'decoder_model.onnx') !== undefined);
  if (split) throw new Failure('model-unsupported', `The decoder in ${folder} is split into two graphs; the merged one (${file}) is needed.`, { hint: 'Export the model anew with a current version of Optimum: it merges the decoder by itself.' });
  throw new Failure('model-missing', `There is no ${file} in ${folder}.`, { hint: `Copy the folder "onnx" of the model too, or choose another precision than ${precision}.` });
};
