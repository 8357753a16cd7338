import { mkdir } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import type { engineContract } from '../contract/engine.ts';
import { Failure } from '../contract/errors.ts';
import type { InputOf, ItemOf, OutputOf } from '../contract/method.ts';
import type { Implementation } from '../rpc/server.ts';
import type { EncoderCache } from './encoder-cache.ts';
import { inferInOrder } from './encoder-run.ts';
import type { Encoder } from './encoder.ts';
import { planBlock, prepareBlock, type PlannedBlock } from './encoding-block.ts';
import { cancelled, throwIfCancelled, type RunQueue } from './run-queue.ts';
import { openPlainFile, type PlainFile } from './vectors-files.ts';
import { openVectorFolder, type VectorFolder } from './vectors-folder.ts';
import type { EncodingLine, FolderLine } from './vectors-journal.ts';

/**
 * `engine.openEncoding`, `encodeBlock`, `closeEncoding`: a collection's texts in, its rows of the vector file out.
 *
 * Blocks come in order and may be sent ahead. Tokenising of a block overlaps with the inference of the block before it; everything that decides bytes
 * (which row, which batch) happens one block after the other in the folder.
 */
type Contract = typeof engineContract;
type Open = InputOf<Contract['engine.openEncoding']>;
type Progress = ItemOf<Contract['engine.encodeBlock']>;
type BlockResult = OutputOf<Contract['engine.encodeBlock']>;
type Closed = OutputOf<Contract['engine.closeEncoding']>;
type BlockCall = { readonly signal: AbortSignal; item(value: Progress): Promise<void> };

export type EncodingPart = Pick<Implementation<Contract>, 'engine.openEncoding' | 'engine.encodeBlock' | 'engine.closeEncoding'>;

/** A vector folder in use; blocks of all encodings in it are written one after the other. */
type Shared = { readonly path: string; readonly folder: Promise<VectorFolder>; users: number; turn: Promise<unknown> };

type Encoding = {
  readonly id: number;
  readonly settings: Open;
  readonly encoder: Encoder;
  readonly note: string | null;
  readonly shared: Shared;
  readonly folder: VectorFolder;
  readonly index: number;
  readonly rows: PlainFile;
  /** The block that is expected next, and how many calls are under way. */
  next: number;
  underWay: number;
  failed: boolean;
  /** Sentences encoded since it was opened, and the time that took: the rate. */
  encoded: number;
  milliseconds: number;
  closed: boolean;
};

export type EncodingDependencies = { readonly queue: RunQueue; readonly encoders: EncoderCache };

const milliSecondsBetweenItems = 200;

export const createEncodings = ({ queue, encoders }: EncodingDependencies): EncodingPart => {
  const encodings = new Map<number, Encoding>();
  const folders = new Map<string, Shared>();
  let lastId = 0;

  const share = (settings: Open): Shared => {
    const path = resolve(settings.folder);
    const before = folders.get(path);
    if (before !== undefined) { before.users += 1; return before; }
    const shared: Shared = { path, folder: openVectorFolder(path, headerOf(settings)), users: 1, turn: Promise.resolve() };
    folders.set(path, shared);
    return shared;
  };

  const leave = async (shared: Shared): Promise<void> => {
    shared.users -= 1;
    if (shared.users > 0) return;
    folders.delete(shared.path);
    await shared.folder.then((folder) => { folder.close(); }, () => undefined);
  };

  /** A job that was cut off may still hold the same collection open: the newcomer takes its place. */
  const replaceOlder = async (settings: Open): Promise<void> => {
    for (const other of [...encodings.values()]) {
      if (resolve(other.settings.rows) === resolve(settings.rows)) await release(other);
    }
  };

  const release = async (encoding: Encoding): Promise<void> => {
    if (encoding.closed) return;
    encoding.closed = true;
    encodings.delete(encoding.id);
    await encoding.shared.turn.catch(() => undefined);
    encoding.rows.close();
    await leave(encoding.shared);
  };

  const open = async (settings: Open): Promise<OutputOf<Contract['engine.openEncoding']>> => {
    checkSettings(settings);
    await replaceOlder(settings);
    const { encoder, note } = await encoders.open(settings.encoder, settings.provider, settings.threads);
    const shared = share(settings);
    try {
      const folder = await shared.folder;
      checkHeader(folder.header, headerOf(settings), shared.path);
      await mkdir(dirname(settings.rows), { recursive: true });
      const rows = openPlainFile(settings.rows);
      const { index, doneBlocks } = await inTurn(shared, () => findOrAdd(folder, rows, lineOf(settings, encoder.provider, shared.path)));
      lastId += 1;
      encodings.set(lastId, { id: lastId, settings, encoder, note, shared, folder, index, rows, next: doneBlocks, underWay: 0, failed: false, encoded: 0, milliseconds: 0, closed: false });
      return { encoding: lastId, doneBlocks, provider: encoder.provider, note };
    } catch (thrown) {
      await leave(shared);
      throw thrown;
    }
  };

  const find = (id: number): Encoding => {
    const encoding = encodings.get(id);
    if (encoding === undefined) throw new Failure('not-found', `There is no open encoding ${id}.`, { hint: 'Open it again: it goes on where it was.' });
    return encoding;
  };

  const encode = async (input: InputOf<Contract['engine.encodeBlock']>, call: BlockCall): Promise<BlockResult> => {
    const encoding = find(input.encoding);
    checkBlock(encoding, input.block, input.texts.length);
    encoding.next += 1;
    encoding.underWay += 1;
    const { shared, folder } = encoding;
    const prepared = prepareBlock(encoding.encoder, folder, input.texts, call.signal);
    prepared.catch(() => undefined);
    const turn = inTurn(shared, async () => {
      if (encoding.failed || encoding.closed) throw cancelled();
      throwIfCancelled(call.signal);
      const place = { encoding: encoding.index, block: input.block, start: input.block * encoding.settings.blockSentences };
      const planned = planBlock(folder, await prepared, place, encoding.settings.batchTokens);
      await inferBlock(encoding, planned, place.start, call);
      const counts = { encoded: planned.plan.newRows, reused: planned.reused, truncated: planned.truncated.length };
      await folder.finish(planned.plan, encoding.rows, planned.rows, counts);
      return { encoded: counts.encoded, reused: counts.reused, tokens: planned.tokens, paddedTokens: planned.paddedTokens, truncated: [...planned.truncated] };
    });
    try {
      return await turn;
    } catch (thrown) {
      encoding.failed = true;
      throw thrown;
    } finally {
      encoding.underWay -= 1;
      if (encoding.failed && encoding.underWay === 0) {
        encoding.failed = false;
        encoding.next = doneOf(folder, encoding.index);
      }
    }
  };

  const inferBlock = async (encoding: Encoding, planned: PlannedBlock, start: number, call: BlockCall): Promise<void> => {
    const { folder, encoder, settings, note } = encoding;
    let known = planned.reused + planned.batches.slice(0, planned.doneBatches).reduce((sum, batch) => sum + batch.length, 0);
    let last = 0;
    const tell = async (): Promise<void> => {
      const rate = encoding.milliseconds === 0 ? 0 : (encoding.encoded * 1000) / encoding.milliseconds;
      last = performance.now();
      await call.item({ done: start + known, total: settings.total, rate, reused: planned.reused, truncated: planned.truncated.length, ...(note === null ? {} : { note }) });
    };
    let number = planned.doneBatches;
    let before = performance.now();
    for await (const vectors of inferInOrder(queue, 'batch', encoder, planned.table, planned.batches.slice(number), call.signal)) {
      folder.writeBatch(planned.plan, number, vectors);
      const sentences = planned.batches[number]?.length ?? 0;
      number += 1;
      known += sentences;
      encoding.encoded += sentences;
      encoding.milliseconds += performance.now() - before;
      if (performance.now() - last > milliSecondsBetweenItems) await tell();
      before = performance.now();
    }
    await tell();
  };

  const close = async (input: InputOf<Contract['engine.closeEncoding']>): Promise<Closed> => {
    const encoding = find(input.encoding);
    await encoding.shared.turn.catch(() => undefined);
    const answer = summary(encoding);
    await release(encoding);
    return answer;
  };

  return {
    'engine.openEncoding': (input) => open(input),
    'engine.encodeBlock': (input, call) => encode(input, call),
    'engine.closeEncoding': (input) => close(input),
  };
};

/** Does something in a folder after what is under way there. */
const inTurn = <T>(shared: Shared, step: () => T | Promise<T>): Promise<T> => {
  const turn = shared.turn.then(step);
  shared.turn = turn.catch(() => undefined);
  return turn;
};

const headerOf = ({ encoder, precision }: Open): FolderLine => ({
  kind: 'folder', version: 1, model: encoder.hash, dimension: encoder.dimension, precision,
  pooling: encoder.pooling, normalise: encoder.normalise, maximumTokens: encoder.maximumTokens,
});

const checkHeader = (there: FolderLine, here: FolderLine, path: string): void => {
  if (JSON.stringify(there) === JSON.stringify(here)) return;
  throw new Failure('conflict', `The vectors in ${path} are being made by another encoder or in another precision.`, { hint: 'Use another folder for this encoder.' });
};

const lineOf = (settings: Open, provider: EncodingLine['provider'], folder: string): EncodingLine => ({
  kind: 'encoding', origin: settings.origin, rows: relative(folder, resolve(settings.rows)).split(sep).join('/'), total: settings.total, prefix: settings.encoder.prefix,
  provider, threads: settings.threads, blockSentences: settings.blockSentences, batchTokens: settings.batchTokens,
});

/** The encoding of the journal that this one goes on with, or a new one; the rows file holds exactly its done blocks afterwards. */
const findOrAdd = (folder: VectorFolder, rows: PlainFile, line: EncodingLine): { index: number; doneBlocks: number } => {
  const index = folder.encodings.findLastIndex((one) => one.line.rows === line.rows);
  const before = folder.encodings[index];
  if (before !== undefined && JSON.stringify(before.line) === JSON.stringify(line) && rowsAreWhole(folder, index, rows)) {
    rows.truncate(Math.min(line.total, before.done.length * line.blockSentences) * 4);
    return { index, doneBlocks: before.done.length };
  }
  rows.truncate(0);
  return { index: folder.addEncoding(line), doneBlocks: 0 };
};

const rowsAreWhole = (folder: VectorFolder, index: number, rows: PlainFile): boolean => {
  const encoding = folder.encodings[index];
  if (encoding === undefined) return false;
  const { blockSentences, total } = encoding.line;
  return encoding.done.every((done, block) => {
    const start = block * blockSentences;
    const count = Math.min(blockSentences, total - start);
    return done.block === block && rows.size() >= (start + count) * 4 && rows.crc(start * 4, count * 4) === done.rowsCrc;
  });
};

const doneOf = (folder: VectorFolder, index: number): number => folder.encodings[index]?.done.length ?? 0;

const checkSettings = (settings: Open): void => {
  const whole = [settings.threads, settings.blockSentences, settings.batchTokens].every((value) => Number.isInteger(value) && value >= 1 && value <= 4_194_304);
  if (!whole || !Number.isInteger(settings.total) || settings.total < 0 || settings.total > 0xffff_fffe) {
    throw new Failure('bad-input', 'Threads, sentences a block, tokens a batch and the number of sentences must be whole numbers.');
  }
};

const checkBlock = (encoding: Encoding, block: number, texts: number): void => {
  const { blockSentences, total } = encoding.settings;
  if (block !== encoding.next) throw new Failure('bad-input', `Block ${encoding.next} is next, not block ${block}.`, { hint: 'Blocks are sent in order; after a failure the first unfinished one is sent again.' });
  const expected = Math.min(blockSentences, total - block * blockSentences);
  if (texts !== expected || expected <= 0) throw new Failure('bad-input', `Block ${block} must hold ${Math.max(0, expected)} sentences; ${texts} came.`);
};

const entriesPerRead = 65_536;

/** Counts over the done blocks, and whose vectors this collection uses: its own and those that were there before. */
const summary = (encoding: Encoding): Closed => {
  const { folder, index, rows } = encoding;
  const done = folder.encodings[index]?.done ?? [];
  const byEncoding = new Map<number, number>();
  for (let start = 0; start < rows.size(); start += 4 * entriesPerRead) {
    const bytes = rows.read(start, Math.min(4 * entriesPerRead, rows.size() - start));
    for (const row of new Uint32Array(bytes.buffer, 0, Math.floor(bytes.length / 4))) {
      const maker = folder.encodingOf(row);
      byEncoding.set(maker, (byEncoding.get(maker) ?? 0) + 1);
    }
  }
  const byOrigin = new Map<string, number>();
  for (const [maker, vectors] of byEncoding) {
    const origin = folder.encodings[maker]?.line.origin ?? 'unknown';
    byOrigin.set(origin, (byOrigin.get(origin) ?? 0) + vectors);
  }
  const sum = (of: (line: (typeof done)[number]) => number): number => done.reduce((total, line) => total + of(line), 0);
  return {
    encoded: sum((line) => line.encoded), reused: sum((line) => line.reused), truncated: sum((line) => line.truncated),
    origins: [...byOrigin].map(([origin, vectors]) => ({ origin, vectors })),
  };
};
