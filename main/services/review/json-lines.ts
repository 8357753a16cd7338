import { basename } from 'node:path';
import * as v from 'valibot';
import { Failure } from '../../contract/errors.ts';
import { linesOfFile } from '../corpora/index.ts';

/** What every file of this program that travels between projects begins with. */
export type FileKind = { readonly dragoman: string; readonly version: number; readonly title: string };

/** A line of such a file; `problem` where it is not JSON, or not text at all. */
export type JsonLine = { readonly line: number; readonly value: unknown; readonly problem: string | null };

/** Lines of JSON, from a file of whatever origin: nothing in it is believed. */
export async function* jsonLinesOf(path: string, signal: AbortSignal): AsyncGenerator<readonly JsonLine[]> {
  for await (const lines of linesOfFile(path, signal)) {
    yield lines.filter(({ text, problem }) => problem !== null || text.trim() !== '').map(({ line, text, problem }) => {
      if (problem !== null) return { line, value: undefined, problem: problem.reason };
      const value = parsedJson(text);
      return { line, value, problem: value === undefined ? 'not JSON' : null };
    });
  }
}

/** `undefined`: not JSON. */
export const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const anyHead = v.object({ dragoman: v.string(), version: v.number() });

/** The first line, checked: the kind of file, its version, and all that its kind asks for. */
export const headOf = <Head extends v.GenericSchema>(path: string, { value }: Pick<JsonLine, 'value'>, kind: FileKind, schema: Head): v.InferOutput<Head> => {
  const name = basename(path);
  const found = v.safeParse(anyHead, value);
  if (!found.success || found.output.dragoman !== kind.dragoman) throw new Failure('malformed-input', `“${name}” is not ${kind.title}.`, { detail: 'Nothing was taken over.', hint: 'Choose another file.' });
  if (found.output.version > kind.version) throw new Failure('malformed-input', `“${name}” was made by a newer Dragoman (its layout is ${found.output.version}, this one reads ${kind.version}).`, { detail: 'Nothing was taken over.', hint: 'Bring this Dragoman up to date.' });
  const head = checked(schema, value);
  if (head === null) throw damaged(path, 1, 'the header lacks something');
  return head;
};

/** Null: not what was asked for; also where the value is nested deeper than anything of ours. */
export const checked = <Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> | null => {
  try {
    const result = v.safeParse(schema, value);
    return result.success ? result.output : null;
  } catch {
    return null;
  }
};

export const damaged = (path: string, line: number, why: string): Failure =>
  new Failure('malformed-input', `“${basename(path)}” is damaged: line ${line}, ${why}.`, { detail: 'Nothing was taken over.', hint: 'Ask for the file again.' });

/** Every file ends by saying how many records it has, so that one that was cut off is not taken for whole. */
export const checkEnd = (path: string, said: number | null, counted: number): void => {
  if (said === counted) return;
  throw new Failure('malformed-input', `“${basename(path)}” is not whole: it ${said === null ? `breaks off after ${counted} records` : `says ${said} records and has ${counted}`}.`, { detail: 'Nothing was taken over.', hint: 'Ask for the file again.' });
};
