import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, normalize, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip, createZstdDecompress, gunzip, zstdDecompress } from 'node:zlib';
import { Failure } from '../contract/errors.ts';
import type { EncoderDescription } from '../contract/models.ts';
import { hashedLines } from '../domain/models/bundled-model.ts';

/**
 * Files of a model folder, read as what they are: untrusted input.
 *
 * No name leaves its folder, nothing is unpacked beyond a stated size, and every file that has a checksum is compared with it before it is used.
 */

export type Checksum = { readonly bytes: number; readonly sha256: string };
export type Checksums = EncoderDescription['checksums'];

/** Largest text-like file (tokenizer, configuration) that is unpacked to memory. */
const largestInMemory = 256 * 1024 * 1024;
/** Largest graph that a compressed file may unpack to. */
const largestGraph = 16 * 1024 ** 3;

/** The path of a file of the folder; a name that leads out of it is refused. */
export const modelPath = (folder: string, name: string): string => {
  const clean = normalize(name);
  if (isAbsolute(name) || clean === '..' || clean.startsWith(`..${sep}`) || name.includes('\0')) {
    throw new Failure('model-unsupported', `The model in ${folder} names a file outside its own folder: ${name}.`, { hint: 'Get the model from its original source.' });
  }
  return join(folder, clean);
};

export const fileSize = async (folder: string, name: string): Promise<number | undefined> => {
  try {
    const facts = await stat(modelPath(folder, name));
    return facts.isFile() ? facts.size : undefined;
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
};

const isMissing = (thrown: unknown): boolean => thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR');

const missing = (folder: string, name: string): Failure => new Failure('model-missing', `The model in ${folder} lacks the file ${name}.`, { hint: 'Copy the whole model folder again, or add the model from another place.' });

/** Whole content of a small file, unpacked where its name ends in `.gz` or `.zst`. */
export const readModelFile = async (folder: string, name: string, limit = largestInMemory): Promise<Uint8Array> => {
  const bytes = await fileSize(folder, name);
  if (bytes === undefined) throw missing(folder, name);
  if (bytes > limit) throw tooLarge(folder, name, bytes, limit);
  const packed = await readFile(modelPath(folder, name));
  try {
    if (name.endsWith('.gz')) return await promisify(gunzip)(packed, { maxOutputLength: limit });
    if (name.endsWith('.zst')) return await promisify(zstdDecompress)(packed, { maxOutputLength: limit });
  } catch (thrown) {
    throw new Failure('model-corrupt', `${name} of the model in ${folder} cannot be unpacked: ${thrown instanceof Error ? thrown.message : String(thrown)}.`, { hint: 'Copy the file again from its source.' });
  }
  return packed;
};

const tooLarge = (folder: string, name: string, bytes: number, limit: number): Failure =>
  new Failure('model-unsupported', `${name} of the model in ${folder} has ${bytes} bytes; at most ${limit} are read.`, { hint: 'Check that the file is what its name says.' });

/** A JSON file of the folder; undefined where it is absent. */
export const readModelJson = async (folder: string, name: string): Promise<unknown> => {
  if (await fileSize(folder, name) === undefined) return undefined;
  const bytes = await readModelFile(folder, name, 32 * 1024 * 1024);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (thrown) {
    throw new Failure('model-corrupt', `${name} of the model in ${folder} is not valid JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`, { hint: 'Copy the file again from its source.' });
  }
};

const known = new Map<string, Checksum>();

/** sha256 of a file, computed once a process for the same path, size and time of change. */
export const checksumOf = async (folder: string, name: string, again = false): Promise<Checksum> => {
  const path = modelPath(folder, name);
  const facts = await stat(path).catch((thrown: unknown) => { throw isMissing(thrown) ? missing(folder, name) : thrown; });
  const key = `${path}\0${facts.size}\0${facts.mtimeMs}`;
  const before = known.get(key);
  if (before !== undefined && !again) return before;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  const found = { bytes: facts.size, sha256: hash.digest('hex') };
  known.set(key, found);
  return found;
};

/** Compares the named files with their checksums; the failure names file, expected and found. Returns the bytes that were read. */
export const checkFiles = async (folder: string, checksums: Checksums, names: readonly string[], again = false): Promise<number> => {
  let bytes = 0;
  for (const name of names) {
    const expected = checksums[name];
    const found = await checksumOf(folder, name, again);
    bytes += found.bytes;
    if (expected === undefined || (expected.sha256 === found.sha256 && expected.bytes === found.bytes)) continue;
    throw new Failure('model-corrupt', `${name} of the model in ${folder} is damaged: expected ${expected.bytes} bytes with sha256 ${expected.sha256}, found ${found.bytes} bytes with sha256 ${found.sha256}.`, {
      detail: 'Nothing was encoded with it.',
      hint: 'Copy the file again from its source, or install the program anew if this is a bundled encoder.',
    });
  }
  return bytes;
};

/** The key under which vectors are kept: sha256 over the checksums of the files that decide them. */
export const modelHash = (checksums: Checksums, names: readonly string[]): string => createHash('sha256').update(hashedLines(checksums, names)).digest('hex');

/**
 * A graph as a file that onnxruntime can open: the file itself, or its unpacked copy in the cache folder.
 *
 * The copy is named after the packed file's checksum, so it is made once and never goes stale.
 */
export const graphFile = async (folder: string, name: string, cacheFolder: string): Promise<string> => {
  const bytes = await fileSize(folder, name);
  if (bytes === undefined) throw missing(folder, name);
  if (bytes > largestGraph) throw tooLarge(folder, name, bytes, largestGraph);
  const unpack = name.endsWith('.gz') ? createGunzip() : name.endsWith('.zst') ? createZstdDecompress() : undefined;
  if (unpack === undefined) return modelPath(folder, name);
  const { sha256 } = await checksumOf(folder, name);
  const target = join(cacheFolder, `${sha256.slice(0, 32)}-${basename(name).replace(/\.(?:gz|zst)$/, '')}`);
  if (await stat(target).then((facts) => facts.isFile(), () => false)) return target;
  await mkdir(cacheFolder, { recursive: true });
  const partial = `${target}.${process.pid}.part`;
  try {
    await pipeline(createReadStream(modelPath(folder, name)), unpack, limited(largestGraph, folder, name), createWriteStream(partial));
    const handle = await open(partial, 'r+');
    await handle.sync();
    await handle.close();
    await rename(partial, target);
  } catch (thrown) {
    await rm(partial, { force: true });
    throw thrown;
  }
  return target;
};

const limited = (limit: number, folder: string, name: string) => async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > limit) throw tooLarge(folder, name, bytes, limit);
    yield chunk;
  }
};
