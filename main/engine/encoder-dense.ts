import * as v from 'valibot';
import { Failure } from '../contract/errors.ts';
import type { EncoderDescription } from '../contract/models.ts';
import { fileSize, readModelFile } from './model-files.ts';
import { halfToFloat } from './vectors-half.ts';

/** The Dense layer that some sentence-transformers models put after pooling: y = activation(W x + b). W is [outputs, inputs], row-major. */
export type Dense = {
  readonly inputs: number;
  readonly outputs: number;
  readonly weight: Float32Array;
  readonly bias: Float32Array | null;
  readonly activation: 'identity' | 'tanh';
};

/** Largest weight file that is read: 256 MiB is a 8192 x 8192 layer in f32. */
const largestFile = 256 * 1024 * 1024;
const largestHeader = 1024 * 1024;

const tensorFacts = v.object({
  dtype: v.picklist(['F32', 'F16', 'BF16']),
  shape: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_536))), v.minLength(1), v.maxLength(2)),
  data_offsets: v.tuple([v.pipe(v.number(), v.integer(), v.minValue(0)), v.pipe(v.number(), v.integer(), v.minValue(0))]),
});

const bytesPer = { F32: 4, F16: 2, BF16: 2 } as const;

/** Reads the layer named by the description; null where there is none. */
export const readDense = async (description: EncoderDescription): Promise<Dense | null> => {
  if (description.dense === null) return null;
  const { file, activation } = description.dense;
  const size = await fileSize(description.folder, file);
  if (size !== undefined && size > largestFile) throw unreadable(file, `it has ${size} bytes, at most ${largestFile} are read`);
  const tensors = readSafetensors(await readModelFile(description.folder, file, largestFile), file);
  const weight = tensors.get('linear.weight');
  const bias = tensors.get('linear.bias');
  const [outputs, inputs] = weight?.shape ?? [];
  if (weight === undefined || outputs === undefined || inputs === undefined) throw unreadable(file, 'it holds no matrix "linear.weight"');
  if (outputs !== description.dimension) throw unreadable(file, `it makes ${outputs} dimensions where the model says ${description.dimension}`);
  if (bias !== undefined && bias.values.length !== outputs) throw unreadable(file, `its bias has ${bias.values.length} numbers where ${outputs} are needed`);
  return { inputs, outputs, weight: weight.values, bias: bias?.values ?? null, activation };
};

type TensorOfFile = { readonly shape: readonly number[]; readonly values: Float32Array };

/**
 * A reader of the safetensors format: u64 header length, JSON header with type, shape and byte range of each tensor, then the bytes.
 *
 * Shapes and ranges are compared with the file's size before anything is allocated.
 */
export const readSafetensors = (bytes: Uint8Array, file: string): ReadonlyMap<string, TensorOfFile> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 8) throw unreadable(file, 'it ends before its header');
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > largestHeader || 8 + headerLength > bytes.byteLength) throw unreadable(file, `its header claims ${headerLength} bytes`);
  const header = parseHeader(bytes.subarray(8, 8 + headerLength), file);
  const start = 8 + headerLength;
  const tensors = new Map<string, TensorOfFile>();
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const facts = v.safeParse(tensorFacts, value);
    if (!facts.success) throw unreadable(file, `the tensor "${name}" has a type or shape that is not read here`);
    const { dtype, shape, data_offsets: [from, to] } = facts.output;
    const count = shape.reduce((product, one) => product * one, 1);
    if (to - from !== count * bytesPer[dtype] || start + to > bytes.byteLength) throw unreadable(file, `the shape of "${name}" does not fit its bytes`);
    tensors.set(name, { shape, values: readValues(view, start + from, count, dtype) });
  }
  return tensors;
};

const parseHeader = (bytes: Uint8Array, file: string): Readonly<Record<string, unknown>> => {
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof header === 'object' && header !== null) return { ...header };
  } catch { /* told below, with the file's name */ }
  throw unreadable(file, 'its header is not JSON');
};

const readValues = (view: DataView, start: number, count: number, type: keyof typeof bytesPer): Float32Array => {
  const values = new Float32Array(count);
  if (type === 'F32') for (let i = 0; i < count; i += 1) values[i] = view.getFloat32(start + 4 * i, true);
  else if (type === 'F16') for (let i = 0; i < count; i += 1) values[i] = halfToFloat(view.getUint16(start + 2 * i, true));
  else {
    const words = new Uint32Array(values.buffer);
    for (let i = 0; i < count; i += 1) words[i] = view.getUint16(start + 2 * i, true) << 16;
  }
  return values;
};

const unreadable = (file: string, why: string): Failure => new Failure('model-corrupt', `The dense layer ${file} cannot be read: ${why}.`, { hint: 'Copy the file again from its source.' });

/** Applies the layer to `count` vectors. */
export const applyDense = (dense: Dense, vectors: Float32Array, count: number): Float32Array => {
  const { inputs, outputs, weight, bias, activation } = dense;
  const result = new Float32Array(count * outputs);
  for (let row = 0; row < count; row += 1) {
    for (let out = 0; out < outputs; out += 1) {
      let sum = bias?.[out] ?? 0;
      const at = row * inputs;
      const weights = out * inputs;
      for (let i = 0; i < inputs; i += 1) sum += (weight[weights + i] ?? 0) * (vectors[at + i] ?? 0);
      result[row * outputs + out] = activation === 'tanh' ? Math.tanh(sum) : sum;
    }
  }
  return result;
};
