/// <reference lib="esnext.float16" />

/** Half-precision numbers (IEEE 754 binary16): how vectors of precision `f16` lie on disk; a vector then takes half the space, cosines keep 3 digits. */

const half = new Float16Array(1);
const halfBits = new Uint16Array(half.buffer);

export const halfToFloat = (bits: number): number => {
  halfBits[0] = bits;
  return half[0] ?? 0;
};

/** The bytes of the vectors in the given precision, rounded to nearest even. */
export const toPrecision = (values: Float32Array, precision: 'f32' | 'f16'): Uint8Array => {
  if (precision === 'f32') return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const rounded = new Float16Array(values);
  return new Uint8Array(rounded.buffer);
};

/** The numbers of vectors as they were read from disk. */
export const fromPrecision = (bytes: Uint8Array, precision: 'f32' | 'f16'): Float32Array => {
  if (precision === 'f32') return aligned(bytes, 4) ? new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4) : new Float32Array(bytes.slice().buffer);
  const source = aligned(bytes, 2) ? bytes : bytes.slice();
  return new Float32Array(new Float16Array(source.buffer, source.byteOffset, source.byteLength / 2));
};

const aligned = (bytes: Uint8Array, to: number): boolean => bytes.byteOffset % to === 0;
