import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { Failure } from '../../contract/errors.ts';
import { runtime, tokenTensor } from '../provider.ts';
import type { Seq2SeqFiles } from './model-files.ts';

/** What the encoder left for one or more sources: states [sources, width, d] and which of the positions hold tokens. */
export type SourceStates = { readonly states: Float32Array; readonly mask: Int32Array; readonly width: number };

/** Keys and values of one kind, all layers: [layer][key, value], each [rows, heads, length, headSize]. */
export type Cache = { readonly length: number; readonly tensors: readonly Float32Array[] };

export type DecoderAnswer = { readonly logits: Float32Array; readonly positions: number; readonly own: Cache };

/** Decoder calls of a merged export. Row r of every tensor belongs to row r of the call. */
export type Decoder = {
  /** Without a cache: `tokens` [rows, positions], padded on the right. `cross` is the cache of the source, which later calls need. */
  first(rows: number, tokens: Int32Array, sources: SourceStates): Promise<DecoderAnswer & { readonly cross: Cache }>;
  /** With a cache: one token a row. */
  next(rows: number, tokens: Int32Array, sources: SourceStates, own: Cache, cross: Cache): Promise<DecoderAnswer>;
};

const kinds = ['key', 'value'] as const;

export const createDecoder = (session: InferenceSession, files: Seq2SeqFiles): Decoder => {
  const { layers, heads, headSize, width: hidden, folder } = files;
  const integers = new Map(session.inputMetadata.map((input) => [input.name, input.isTensor && input.type === 'int32' ? 'int32' as const : 'int64' as const]));
  checkInputs(session, files);
  const names = (whose: 'decoder' | 'encoder', prefix: string): string[] => Array.from({ length: layers }, (_, layer) => kinds.map((kind) => `${prefix}.${layer}.${whose}.${kind}`)).flat();
  const own = { past: names('decoder', 'past_key_values'), present: names('decoder', 'present') };
  const cross = { past: names('encoder', 'past_key_values'), present: names('encoder', 'present') };

  const cacheTensors = (rows: number, past: readonly string[], cache: Cache | null): Record<string, Tensor> => {
    const { Tensor } = runtime();
    const length = cache?.length ?? 0;
    return Object.fromEntries(past.map((name, at) => [name, new Tensor('float32', (cache?.tensors[at] ?? empty).subarray(0, rows * heads * length * headSize), [rows, heads, length, headSize])]));
  };

  const call = async (rows: number, tokens: Int32Array, sources: SourceStates, before: { readonly own: Cache; readonly cross: Cache } | null): Promise<Record<string, Tensor>> => {
    const { Tensor } = runtime();
    const { width } = sources;
    const offered: Record<string, Tensor> = {
      input_ids: tokenTensor(integers.get('input_ids') ?? 'int64', tokens, [rows, tokens.length / rows]),
      encoder_attention_mask: tokenTensor(integers.get('encoder_attention_mask') ?? 'int64', sources.mask.subarray(0, rows * width), [rows, width]),
      encoder_hidden_states: new Tensor('float32', sources.states.subarray(0, rows * width * hidden), [rows, width, hidden]),
      use_cache_branch: new Tensor('bool', Uint8Array.of(before === null ? 0 : 1), [1]),
      ...cacheTensors(rows, own.past, before?.own ?? null),
      ...cacheTensors(rows, cross.past, before?.cross ?? null),
    };
    const feeds = Object.fromEntries(session.inputNames.map((name) => [name, offered[name]] as const).filter((one): one is [string, Tensor] => one[1] !== undefined));
    try {
      return await session.run(feeds, ['logits', ...own.present, ...(before === null ? cross.present : [])]);
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message.split('\n')[0] ?? '' : String(thrown);
      if (/alloc|memory/iu.test(why)) throw new Failure('out-of-memory', `There was not enough memory to translate with the model in ${folder}: ${why}`, { hint: 'Close other programs, or choose a smaller model.' });
      throw new Failure('model-unsupported', `The decoder in ${folder} failed: ${why}`, { hint: 'Check that encoder, decoder and config.json belong to one model.' });
    }
  };

  const answer = (results: Record<string, Tensor>, rows: number, positions: number, length: number): DecoderAnswer => {
    const logits = floats(results, 'logits', folder);
    if (logits.length !== rows * positions * files.vocabularySize) throw new Failure('model-unsupported', `The decoder in ${folder} gives ${logits.length / rows / positions} numbers a position, but config.json speaks of a vocabulary of ${files.vocabularySize}.`, { hint: 'Copy the model again from its source: its files do not belong together.' });
    return { logits, positions, own: { length, tensors: own.present.map((name) => floats(results, name, folder)) } };
  };

  return {
    first: async (rows, tokens, sources) => {
      const results = await call(rows, tokens, sources, null);
      const positions = tokens.length / rows;
      return { ...answer(results, rows, positions, positions), cross: { length: sources.width, tensors: cross.present.map((name) => floats(results, name, folder)) } };
    },
    next: async (rows, tokens, sources, before, source) => answer(await call(rows, tokens, sources, { own: before, cross: source }), rows, 1, before.length + 1),
  };
};

const empty = new Float32Array();

const floats = (results: Record<string, Tensor>, name: string, folder: string): Float32Array => {
  const data = results[name]?.data;
  if (data instanceof Float32Array) return data;
  throw new Failure('model-unsupported', `The decoder in ${folder} gives no 32-bit "${name}".`, { hint: 'Models in fp32 or with 8-bit weights can be run; half-precision graphs cannot yet.' });
};

const checkInputs = ({ inputNames, outputNames }: InferenceSession, { folder, layers }: Seq2SeqFiles): void => {
  const wanted = ['input_ids', 'encoder_attention_mask', 'use_cache_branch', `past_key_values.${layers - 1}.decoder.key`];
  const missing = wanted.filter((name) => !inputNames.includes(name));
  if (missing.length > 0 || !outputNames.includes('logits') || inputNames.includes(`past_key_values.${layers}.decoder.key`)) {
    throw new Failure('model-unsupported', `The decoder in ${folder} is not a merged decoder with ${layers} layers${missing.length > 0 ? ` (it lacks ${missing.join(', ')})` : ''}.`, { hint: 'Export the model with Optimum for "text2text-generation-with-past".' });
  }
};

/** Rows of a cache, picked: [parents.length, heads, length, headSize]. */
export const pickRows = (cache: Cache, rows: number, picked: Uint32Array): Cache => ({
  length: cache.length,
  tensors: cache.tensors.map((tensor) => pickBlocks(tensor, tensor.length / rows, picked)),
});

/** Blocks of `size` numbers, picked by number. */
export const pickBlocks = <A extends Float32Array | Int32Array>(from: A, size: number, picked: Uint32Array): A => {
  const to = (from instanceof Float32Array ? new Float32Array(size * picked.length) : new Int32Array(size * picked.length)) as A;
  for (const [at, block] of picked.entries()) to.set(from.subarray(block * size, (block + 1) * size), at * size);
  return to;
};
