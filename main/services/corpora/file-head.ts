import { basename } from 'node:path';
import { Failure } from '../../contract/errors.ts';
import { binaryFormat, compressionOf, lineEndOf, type Compression, type LineEnd } from '../../domain/formats/head.ts';
import { createLineSplitter, type SplitLine } from '../../domain/formats/line-splitter.ts';
import { DecompressionError, openByteSource } from './byte-source.ts';
import { codecFor } from './encoding.ts';
import { emptyFile, fileFailure, fileSize } from './file-problem.ts';

/** The first megabyte of a file's text: all that is read before an import. */
export type FileHead = {
  readonly path: string;
  /** On disk. */
  readonly bytes: number;
  readonly compression: Compression;
  readonly head: Uint8Array;
  /** The head is the whole file. */
  readonly whole: boolean;
};

const headBytes = 1024 * 1024;

/** `compression` null: told by the magic bytes. */
export const readHead = async (path: string, compression: Compression | null, signal: AbortSignal): Promise<FileHead> => {
  const bytes = await fileSize(path);
  const first = await firstBytes(path, 'none', 4096, signal);
  const found = compressionOf(first.head);
  const used = compression ?? found;
  if (used !== found) {
    const said = found === 'none' ? 'is not compressed' : `is compressed with ${found}`;
    throw new Failure('malformed-input', `"${basename(path)}" ${said}, but is to be read as ${used === 'none' ? 'not compressed' : used}.`, { hint: `Choose "${found}" as its compression.` });
  }
  const { head, whole } = await firstBytes(path, used, headBytes, signal);
  if (head.length === 0) throw emptyFile(path);
  const binary = binaryFormat(head);
  if (binary !== null) throw new Failure('malformed-input', `"${basename(path)}" is ${binary.name}, not a text file.`, { detail: 'Nothing was imported.', hint: binary.hint });
  return { path, bytes, compression: used, head, whole };
};

const firstBytes = async (path: string, compression: Compression, wanted: number, signal: AbortSignal): Promise<{ readonly head: Uint8Array; readonly whole: boolean }> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of openByteSource(path, compression).chunks) {
      signal.throwIfAborted();
      parts.push(chunk.slice());
      length += chunk.length;
      if (length > wanted) break;
    }
  } catch (thrown) {
    // A damaged file shows what can be read of it; the import then says where it breaks off.
    if (!(thrown instanceof DecompressionError)) throw fileFailure(path, thrown);
    if (length === 0) throw new Failure('malformed-input', `"${basename(path)}" cannot be decompressed: it is ${thrown.kind === 'truncated' ? 'cut off' : 'damaged'} at its beginning.`, { detail: 'Nothing was imported.', hint: 'Download or copy the file again.' });
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return { head: all.subarray(0, wanted), whole: length <= wanted };
};

/** The lines of a head; a last line that goes on behind it is left out, unless it is the only one. */
export const headLines = ({ head, whole }: FileHead, encoding: string): { readonly lines: readonly SplitLine[]; readonly lineEnd: LineEnd } => {
  const codec = codecFor(encoding);
  const lineEnd = lineEndOf(codec.decodeLossy(head));
  const splitter = createLineSplitter({ codec, lineEnd: lineEnd === 'cr' ? 'cr' : 'lf', longestLine: headBytes + 4 });
  const lines = [...splitter.push(head)];
  if (whole || lines.length === 0) lines.push(...splitter.finish());
  return { lines, lineEnd };
};
