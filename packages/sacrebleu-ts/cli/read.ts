import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { pyRstrip } from '../src/text/python-text.ts';
import { CommandFailure } from './failure.ts';

/** A system's output: its name and one hypothesis a line. */
export type System = { readonly name: string; readonly hypotheses: readonly string[] };

/** The lines of a text file, split at line feeds only and stripped at the right as Python strips; `.gz` is unpacked. */
export const readLines = (file: string, folder: string, encoding: string): string[] => linesOf(decode(readBytes(file, folder), encoding, file));

/** A file's bytes, unpacked where its name ends in `.gz`. */
export const readBytes = (file: string, folder: string): Uint8Array => {
  const packed = attempt(() => readFileSync(resolve(folder, file)), (reason) => `"${file}" cannot be read: ${reason}.`);
  return file.endsWith('.gz') ? attempt(() => gunzipSync(packed), () => `"${file}" ends in .gz but is no whole gzip file.`) : packed;
};

/** Reference streams from files, or from the tab-separated fields of one file. */
export const readReferences = (files: readonly string[], fieldsPerLine: number, folder: string, encoding: string): readonly (readonly string[])[] => {
  if (fieldsPerLine === 1) return files.map((file) => readLines(file, folder, encoding));
  const streams: string[][] = Array.from({ length: Math.max(files.length, fieldsPerLine) }, () => []);
  for (const file of files) {
    readLines(file, folder, encoding).forEach((line, at) => {
      const fields = splitFields(line, fieldsPerLine);
      if (fields.length !== fieldsPerLine) throw new CommandFailure(`FATAL: line ${at + 1}: expected ${fieldsPerLine} fields, but found ${fields.length}.`, 17);
      fields.forEach((field, index) => streams[index]?.push(field));
    });
  }
  return streams;
};

/** Systems from the tab-separated columns of standard input, where, as upstream, any kind of line end counts. */
export const systemsFromColumns = (bytes: Uint8Array, encoding: string, names: (count: number) => readonly string[]): readonly System[] => {
  const lines = linesOf(decode(bytes, encoding, 'Standard input').replace(/\r\n?/g, '\n'));
  const rows = (lines.length === 0 ? [''] : lines).map((line) => line.split('\t'));
  const columns = rows[0]?.length ?? 1;
  if (rows.some((row) => row.length !== columns)) throw new CommandFailure('FATAL: the number of tab-delimited fields in the input stream differ across lines.', 17);
  return names(columns).map((name, column) => ({ name, hypotheses: rows.map((row) => pyRstrip(row[column] ?? '')) }));
};

const linesOf = (text: string): string[] => {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map(pyRstrip);
};

/** Python's `split('\t', most - 1)`: what is left stays together in the last field. */
const splitFields = (line: string, most: number): string[] => {
  const fields = line.split('\t');
  return most > 0 && fields.length > most ? [...fields.slice(0, most - 1), fields.slice(most - 1).join('\t')] : fields;
};

/** A byte order mark is a character, as in Python, but for the encoding `utf-8-sig`. */
const decode = (bytes: Uint8Array, encoding: string, name: string): string => {
  const label = encoding.toLowerCase().replaceAll('_', '-');
  if (label === 'latin-1' || label === 'latin1' || label === 'iso-8859-1') return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const ignoreBOM = label !== 'utf-8-sig';
  const decoder = attempt(() => new TextDecoder(ignoreBOM ? label : 'utf-8', { fatal: true, ignoreBOM }), () => `The encoding "${encoding}" is not known here.`);
  return attempt(() => decoder.decode(bytes), () => `${name === 'Standard input' ? name : `"${name}"`} is not ${encoding}: give its encoding with --encoding.`);
};

const attempt = <T>(action: () => T, message: (reason: string) => string): T => {
  try {
    return action();
  } catch (error) {
    throw new CommandFailure(message(reasonOf(error)));
  }
};

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be opened';
  return error instanceof Error ? error.message : String(error);
};
