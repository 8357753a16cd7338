import type { ColumnKind, ColumnValues } from './api.ts';

/** Values a chunk, in all dense data of pairs. */
export const chunkLength = 65_536;

/** Where the value of a pair stands: chunk, and place in it. */
export const placeOf = ({ first }: { readonly first: number }, pair: number): { readonly no: number; readonly at: number } => {
  const place = pair - first;
  return { no: Math.floor(place / chunkLength), at: place % chunkLength };
};

/** Numbers that nobody wrote are missing (NaN); counts, flags and label codes are 0. */
export const emptyValues = (kind: ColumnKind, length: number): ColumnValues => {
  switch (kind) {
    case 'u8': return new Uint8Array(length);
    case 'f32': return new Float32Array(length).fill(Number.NaN);
    case 'f64': return new Float64Array(length).fill(Number.NaN);
    case 'u32': case 'label': return new Uint32Array(length);
  }
};

/** A copy of a blob under the type of the column: blobs of the driver are not aligned. Little-endian, as every processor this runs on. */
export const decodeValues = (kind: ColumnKind, blob: Buffer): ColumnValues => {
  const bytes = new Uint8Array(blob.byteLength);
  bytes.set(blob);
  switch (kind) {
    case 'u8': return bytes;
    case 'f32': return new Float32Array(bytes.buffer);
    case 'f64': return new Float64Array(bytes.buffer);
    case 'u32': case 'label': return new Uint32Array(bytes.buffer);
  }
};

/** The same bytes as a blob, not copied. */
export const encodeValues = (values: ColumnValues | Uint16Array): Buffer => Buffer.from(values.buffer, values.byteOffset, values.byteLength);

/** Smallest and largest value of a chunk that is not missing. */
export const extent = (values: ColumnValues): { readonly minimum: number | null; readonly maximum: number | null } => {
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? Number.NaN;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  return minimum > maximum ? { minimum: null, maximum: null } : { minimum, maximum };
};
