import type { Provider } from '../../contract/models.ts';
import type { TranslationPrecision } from '../../contract/translation.ts';
import { controlsFor, familyOf, languagesOf, type Controls, type ModelFamily } from '../../domain/translate/model-family.ts';
import type { Seq2SeqScorer } from '../../domain/translate/seq2seq-scorer.ts';
import { fileSize } from '../model-files.ts';
import type { Priority, RunQueue } from '../run-queue.ts';
import { precisions, readSeq2SeqFiles, type Precision, type Seq2SeqFiles } from './model-files.ts';
import { openOnnxModel } from './onnx-scorer.ts';
import { throughQueue } from './queued-scorer.ts';
import { checkCache } from './self-test.ts';
import { familyFacts, openTranslationTokenizer, type TranslationTokenizer } from './translation-tokenizer.ts';

/** A translation model that is loaded and has passed its self-test. */
export type TranslationModel = {
  readonly files: Seq2SeqFiles;
  readonly tokenizer: TranslationTokenizer;
  readonly family: ModelFamily;
  /** BCP-47 tags; null where the model's files do not say. */
  readonly languages: readonly string[] | null;
  /** The control tokens of a pair of languages; throws `language-unknown`. */
  controls(source: string, target: string): Controls;
  /** The seam to searches, for one pair of languages; every question waits its turn in the run queue. */
  scorer(controls: Controls, priority: Priority, signal: AbortSignal): Seq2SeqScorer;
};

export type ModelRequest = { readonly folder: string; readonly precision: TranslationPrecision; readonly provider: Provider; readonly threads: number };

/** Loaded translation models, the last few of them kept: pivoting goes back and forth between two. */
export type TranslationModels = {
  /** Opens a model where it is not open yet, and keeps it for as long as the work lasts. */
  use<T>(request: ModelRequest, work: (model: TranslationModel) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** Two: pivoting. */
const kept = 2;

type Opened = { readonly model: TranslationModel; release(): Promise<void> };
type Entry = { readonly opening: Promise<Opened>; users: number; forgotten: boolean };

export const createTranslationModels = (queue: RunQueue, cacheFolder: string): TranslationModels => {
  const entries = new Map<string, Entry>();

  const release = (entry: Entry): Promise<void> => queue.run('batch', async () => (await entry.opening).release()).catch(() => undefined);

  const entryOf = async (request: ModelRequest): Promise<Entry> => {
    const files = await readSeq2SeqFiles(request.folder, await precisionOf(request));
    const key = JSON.stringify([files.folder, files.hash, files.precision, request.provider, request.threads]);
    const entry = entries.get(key) ?? { opening: load(files, request, queue, cacheFolder), users: 0, forgotten: false };
    entry.opening.catch(() => { entries.delete(key); });
    entries.delete(key);
    entries.set(key, entry);
    return entry;
  };

  const forgetOldest = (): void => {
    for (const [key, entry] of [...entries].slice(0, Math.max(0, entries.size - kept))) {
      entries.delete(key);
      entry.forgotten = true;
      if (entry.users === 0) void release(entry);
    }
  };

  return {
    use: async (request, work) => {
      const entry = await entryOf(request);
      entry.users += 1;
      try {
        forgetOldest();
        return await work((await entry.opening).model);
      } finally {
        entry.users -= 1;
        if (entry.users === 0 && entry.forgotten) void release(entry);
      }
    },
    close: async () => {
      const all = [...entries.values()];
      entries.clear();
      for (const entry of all) await release(entry);
    },
  };
};

/** `auto`: the most exact graphs that are there. */
const precisionOf = async ({ folder, precision }: ModelRequest): Promise<Precision> => {
  if (precision !== 'auto') return precision;
  for (const one of ['fp32', 'q8', 'int8', 'uint8', 'q4'] as const) {
    const name = `decoder_model_merged${precisions[one]}.onnx`;
    if (await fileSize(folder, `onnx/${name}`) !== undefined || await fileSize(folder, name) !== undefined) return one;
  }
  return 'fp32';
};

const load = async (files: Seq2SeqFiles, { provider, threads }: ModelRequest, queue: RunQueue, cacheFolder: string): Promise<Opened> => {
  const tokenizer = await openTranslationTokenizer(files);
  const facts = familyFacts(files, tokenizer);
  const family = familyOf(facts);
  const languages = languagesOf(family, tokenizer.specialTokens);
  const controls = (source: string, target: string): Controls => controlsFor(family, facts, source, target);
  return queue.run('interactive', async () => {
    const onnx = await openOnnxModel(files, { provider, threads, cacheFolder });
    try {
      const any = languages?.[0] ?? 'en';
      const tried = controls(any, any);
      await checkCache(onnx.scorer(tried.prompt), await tokenizer.encodeSource('One short sentence.', tried), files.folder, hasExactWeights(files) ? 'exact' : 'rounded');
    } catch (thrown) {
      await onnx.release();
      throw thrown;
    }
    const model: TranslationModel = { files, tokenizer, family, languages, controls, scorer: ({ prompt }, priority, signal) => throughQueue(onnx.scorer(prompt), queue, priority, signal) };
    return { model, release: () => onnx.release() };
  });
};

/** Whether a text's numbers are its own: with weights of 8 or 4 bits they depend on what is computed in the same call. */
export const hasExactWeights = ({ precision }: Pick<Seq2SeqFiles, 'precision'>): boolean => precision === 'fp32' || precision === 'fp16';

/** What a source of so many tokens may become at most: twice as many and 50, as far as the model can write. */
export const longestTarget = (sourceTokens: number, files: Pick<Seq2SeqFiles, 'longest'>, promptLength: number): number =>
  Math.max(1, Math.min(2 * sourceTokens + 50, files.longest - promptLength));
