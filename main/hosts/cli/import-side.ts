import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { Failure } from '../../contract/errors.ts';
import type { Collection, ImportOptions, ImportPreview } from '../../contract/corpora.ts';
import { languageTag } from '../../contract/language.ts';
import { normaliseLanguage } from '../../domain/text/language-code.ts';
import * as v from 'valibot';
import { UsageError } from './exit.ts';
import type { Progress } from './progress.ts';
import type { Session } from './session.ts';

/** A language as users write it (`de`, `deu`, `deu_Latn`) as a tag; exit code 2 for anything else. */
export const languageArgument = (given: string, option: string): string => {
  const tag = normaliseLanguage(given);
  if (tag === null || !v.is(languageTag, tag)) throw new UsageError(`${option} ${given} is not a language: give a tag such as de, zh-Hant, deu, deu_Latn, und or x-name.`);
  return tag;
};

const sha256 = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
};

/** One sentence a line, or `id TAB sentence`: whatever else the inspector sees in the file, mining reads one text from each line. */
const monolingual = (preview: ImportPreview, language: string): ImportOptions => {
  const { options } = preview.file;
  const roles = options.columns.map((column) => column.role);
  const plain: ImportOptions = { ...options, language, targetLanguage: null, split: 'none' };
  if (options.layout !== 'columns') return { ...plain, layout: 'lines' };
  if (roles.filter((role) => role === 'text').length === 1 && !roles.includes('source')) return plain;
  const [first, second] = options.columns;
  if (options.columns.length !== 2 || first === undefined || second === undefined) {
    throw new UsageError(`${preview.file.path} has ${options.columns.length} columns; mining wants one sentence a line, or id and sentence with a TAB between them.`);
  }
  return { ...plain, columns: [{ ...first, role: 'id' }, { ...second, role: 'text' }] };
};

const required = (path: string): string => {
  const absolute = resolve(path);
  try {
    if (statSync(absolute).isFile()) return absolute;
  } catch {
    throw new Failure('file-missing', `${path} does not exist.`);
  }
  throw new Failure('file-unreadable', `${path} is not a file.`);
};

/** Imports a file as one side of a mining run; a collection of the same bytes, read the same way, is used again. */
export const importSide = async (session: Session, path: string, language: string, progress: Progress): Promise<Collection> => {
  const absolute = required(path);
  const [preview] = await session.client.call('corpora.inspect', { paths: [absolute] });
  if (preview === undefined) throw new Failure('file-unreadable', `${path} could not be looked at.`);
  return importOnce(session, absolute, monolingual(preview, language), progress);
};

/** Imports a file of pairs; the same bytes are used again. */
export const importBitext = async (session: Session, path: string, source: string, target: string, progress: Progress): Promise<Collection> => {
  const absolute = required(path);
  const [preview] = await session.client.call('corpora.inspect', { paths: [absolute] });
  if (preview === undefined || preview.kind !== 'bitext') throw new UsageError(`${path} does not look like pairs: two text columns with a TAB between them.`);
  return importOnce(session, absolute, { ...preview.file.options, language: source, targetLanguage: target }, progress);
};

const importOnce = async (session: Session, path: string, options: ImportOptions, progress: Progress): Promise<Collection> => {
  const bytes = statSync(path).size;
  const alike = (await session.client.call('corpora.list', {})).filter((one) => one.state === 'ready' && one.files.length === 1 && one.files[0]?.bytes === bytes && isDeepStrictEqual(one.files[0].options, options));
  if (alike.length > 0) {
    const hash = await sha256(path);
    const known = alike.find((one) => one.files[0]?.sha256 === hash);
    if (known !== undefined) { progress.say(`${basename(path)} is in the project already, as ${known.name}.`); return known; }
  }
  const started = await session.client.call('corpora.import', { name: basename(path), files: [{ path, targetPath: null, options }] });
  await session.finish(started.job, progress);
  const all = await session.client.call('corpora.list', {});
  const made = all.find((one) => one.id === started.collection);
  if (made === undefined) throw new Failure('internal', `The import of ${path} left no collection.`);
  return made;
};
