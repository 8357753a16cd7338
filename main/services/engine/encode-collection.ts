import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { MinePlan } from '../../contract/mine.ts';
import type { EncoderDescription } from '../../contract/models.ts';
import type { Project } from '../../store/api.ts';
import type { StageControl } from '../jobs/index.ts';
import type { EngineClient } from './engine-link.ts';

export type EncodePlan = Pick<MinePlan, 'provider' | 'threads' | 'blockSentences' | 'precision'> & { readonly batchTokens: number };

/** How one encoder of a plan encodes. */
export const encodePlanOf = (plan: MinePlan, encoder: MinePlan['encoders'][number]): EncodePlan => ({
  provider: plan.provider, threads: plan.threads, blockSentences: plan.blockSentences, precision: plan.precision, batchTokens: encoder.batchTokens,
});

/** Where the vectors of one encoder under one plan lie, and the rows of one collection of sentences in them. */
export type VectorPlace = { readonly folder: string; readonly rows: string };

/** All vectors of a project, a folder an encoder and plan. */
export const vectorsFolder = (project: Pick<Project, 'folder'>): string => join(project.folder, 'vectors');

/** How the names of an encoder's folders begin. */
export const vectorKeyStart = (encoder: string): string => `${encoder.replace(/[^\w.-]+/g, '_')}-`;

/** The name of the folder of an encoder's vectors under one plan. */
export const vectorKey = (encoder: EncoderDescription, plan: EncodePlan): string => {
  const facts = [encoder.hash, encoder.prefix, encoder.pooling, encoder.normalise, encoder.maximumTokens, plan.provider, plan.threads, plan.blockSentences, plan.batchTokens, plan.precision];
  return `${vectorKeyStart(encoder.id)}${createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 12)}`;
};

/**
 * The folder of an encoder's vectors: everything that decides their bits is in its name.
 *
 * The same sentence alone and in a batch of three differs in the last bits, on another provider in more; such vectors never share a file.
 *
 * @param edits tells the rows of edited texts from those of the collection as it was imported.
 */
export const vectorPlace = (project: Project, encoder: EncoderDescription, plan: EncodePlan, collection: number, edits = ''): VectorPlace => {
  const folder = join(vectorsFolder(project), vectorKey(encoder, plan));
  mkdirSync(join(folder, 'rows'), { recursive: true });
  return { folder, rows: join(folder, 'rows', `${collection}${edits === '' ? '' : `-${edits}`}.u32`) };
};

export type EncodeResult = {
  readonly encoded: number;
  readonly reused: number;
  readonly truncated: number;
  readonly origins: readonly { readonly origin: string; readonly vectors: number }[];
};

type Texts = { readonly count: number; readonly key: string; texts(from: number, count: number): string[] };

export type EncodeInput = {
  readonly engine: EngineClient;
  readonly project: Project;
  readonly encoder: EncoderDescription;
  readonly plan: EncodePlan;
  /** A collection that holds sentences (`collections.sides`). */
  readonly collection: number;
  /** Other texts than its own, such as a bitext's as they read now. */
  readonly texts?: Texts;
  readonly origin: string;
  /** The job: over its resumes, what it found done when it first came counts as reused, and everything after as encoded. */
  readonly job: number;
  readonly stage: StageControl;
  /** Sentences already counted in the stage (of the encoder before). */
  readonly before: number;
  readonly signal: AbortSignal;
  readonly log: (level: 'info' | 'warning', text: string) => void;
};

/**
 * Has every sentence of a collection encoded once: sends texts block by block, one block ahead so that tokenising overlaps inference.
 *
 * What has a vector already is not encoded again; a killed or paused encoding goes on at a batch boundary.
 */
export const encodeCollection = async (input: EncodeInput): Promise<EncodeResult> => {
  const { engine, project, encoder, plan, collection, stage, signal } = input;
  const own: Texts = { count: project.sentences.count(collection), key: '', texts: (from, count) => project.sentences.texts(collection, from, count) };
  const { count: total, key, texts: read } = input.texts ?? own;
  const place = vectorPlace(project, encoder, plan, collection, key);
  const opened = await engine.call('engine.openEncoding', {
    folder: place.folder, rows: place.rows, encoder, provider: plan.provider, threads: plan.threads, precision: plan.precision,
    blockSentences: plan.blockSentences, batchTokens: plan.batchTokens, total, origin: input.origin,
  }, { signal });
  if (opened.note !== null) input.log('warning', opened.note);
  const foundDone = doneAtFirst(input, place.folder, Math.min(total, opened.doneBlocks * plan.blockSentences));
  try {
    const blocks = Math.ceil(total / plan.blockSentences);
    const startBlock = (block: number): Promise<unknown> => {
      const from = block * plan.blockSentences;
      const texts = read(from, Math.min(plan.blockSentences, total - from));
      return engine.stream('engine.encodeBlock', { encoding: opened.encoding, block, texts }, {
        signal,
        onItem: (item) => stage.progress(input.before + item.done, { rate: item.rate, ...(item.note === undefined ? {} : { note: item.note }) }),
      });
    };
    stage.progress(input.before + Math.min(total, opened.doneBlocks * plan.blockSentences));
    await inOrder(opened.doneBlocks, blocks, startBlock);
  } catch (thrown) {
    await engine.call('engine.closeEncoding', { encoding: opened.encoding }).catch(() => undefined);
    throw thrown;
  }
  const closed = await engine.call('engine.closeEncoding', { encoding: opened.encoding });
  const encoded = foundDone >= total ? 0 : Math.min(closed.encoded, total - foundDone);
  return { ...closed, encoded, reused: total - encoded };
};

/** Sentences that had their vectors when this job first came to the collection. */
const doneAtFirst = ({ project, collection, job }: EncodeInput, folder: string, now: number): number => {
  const key = `job:${job}:done:${basename(folder)}:${collection}`;
  const known = project.meta(key);
  if (known !== null) return Number(known);
  project.setMeta(key, String(now));
  return now;
};

/** Runs blocks in order, the next one sent while the one before is worked on. */
const inOrder = async (first: number, end: number, start: (block: number) => Promise<unknown>): Promise<void> => {
  let before: Promise<unknown> = Promise.resolve();
  for (let block = first; block < end; block += 1) {
    const current = start(block);
    current.catch(() => undefined);
    await before;
    before = current;
  }
  await before;
};
