import { badModel } from './model.ts';
import { decodeUtf8 } from './utf8.ts';

/** One field of a protobuf message: a number, or bytes that the reader of the message understands. */
export type WireField = { readonly number: number; readonly value: number | Uint8Array };

/** Reads the fields of one protobuf message in order. Groups and lengths past the end are refused. @throws SacrebleuError `bad-model` */
export function* wireFields(bytes: Uint8Array): Generator<WireField, void, void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= bytes.length) throw truncated();
      const byte = bytes[at] ?? 0;
      at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw badModel('This is not a SentencePiece model: a number in it has no end.');
  };
  const take = (length: number): number => {
    if (length > bytes.length - at) throw truncated();
    at += length;
    return at - length;
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    const kind = key % 8;
    if (kind === 0) yield { number, value: varint() };
    else if (kind === 1) yield { number, value: view.getFloat64(take(8), true) };
    else if (kind === 5) yield { number, value: view.getFloat32(take(4), true) };
    else if (kind === 2) {
      const length = varint();
      const start = take(length);
      yield { number, value: bytes.subarray(start, start + length) };
    } else throw badModel('This is not a SentencePiece model: it holds a kind of field that no such file has.');
  }
}

const truncated = (): Error => badModel('This is not a SentencePiece model, or it is cut off: a field runs past the end of the file.');

export const wireNumber = ({ value }: WireField): number => {
  if (typeof value === 'number') return value;
  throw badModel('This is not a SentencePiece model: text stands where a number is due.');
};

export const wireBytes = ({ value }: WireField): Uint8Array => {
  if (typeof value !== 'number') return value;
  throw badModel('This is not a SentencePiece model: a number stands where text is due.');
};

export const wireText = (field: WireField): string => {
  const text = decodeUtf8(wireBytes(field));
  if (text === null) throw badModel('This is not a SentencePiece model: a piece in it is not UTF-8.');
  return text;
};
