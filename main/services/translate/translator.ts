import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../contract/errors.ts';
import type { TextToTranslate, TranslationModelFacts, TranslationPrecision, TranslationSearch } from '../../contract/translation.ts';
import type { EngineLink } from '../engine/index.ts';
import { keyOfSettings, keyOfText, openKeptTranslations, type KeptTranslation } from './kept-translations.ts';

/** One model in one direction with one way of searching: texts in, translations out, nothing translated twice. */
export type Translator = {
  readonly facts: TranslationModelFacts;
  /** Texts that were taken from what was kept, each counted whenever it was asked for the first time. */
  readonly reused: () => number;
  /** Texts that are finished, of now and before. */
  readonly kept: () => number;
  /** In the order of the texts. `done` is told how many of them are there. */
  translate(texts: readonly TextToTranslate[], done: (count: number) => void, signal: AbortSignal): Promise<readonly KeptTranslation[]>;
  close(): void;
};

export type TranslatorInput = {
  readonly engine: EngineLink; readonly threads: number; readonly folder: string; readonly note: (line: string) => void;
  readonly model: { readonly folder: string; readonly precision: TranslationPrecision };
  readonly sourceLanguage: string; readonly targetLanguage: string; readonly search: TranslationSearch;
};

/** Changes whenever the same model and settings give other bytes than before. */
const version = 1;

export const openTranslator = async (input: TranslatorInput, signal: AbortSignal): Promise<Translator> => {
  const { engine, threads, model, sourceLanguage, targetLanguage, search } = input;
  const facts = await engine.withRetries((client) => unlessAborted(client.call('engine.translationModel', { model, provider: 'cpu', threads, pair: [sourceLanguage, targetLanguage] }, { signal }), signal), input.note, signal);
  const kept = openKeptTranslations(input.folder, keyOfSettings([version, facts.hash, facts.precision, sourceLanguage, targetLanguage, search]));
  const seen = new Set<string>();
  let reused = 0;

  const fill = async (open: ReadonlyMap<string, TextToTranslate>, done: (count: number) => void, signal: AbortSignal): Promise<void> => {
    const keys = [...open.keys()];
    const known = keys.map((key) => kept.has(key));
    reused += known.filter(Boolean).length;
    let finished = known.filter(Boolean).length;
    done(finished);
    if (known.every(Boolean)) return;
    await engine.withRetries((client) => unlessAborted(client.stream('engine.translate', {
      model: { ...model, precision: precisionOf(facts) }, provider: 'cpu', threads, sourceLanguage, targetLanguage, search, texts: [...open.values()], known: keys.map((key) => kept.has(key)),
    }, {
      signal,
      onItem: ({ texts }) => {
        if (signal.aborted) return;
        kept.add(texts.map(({ index, ...translation }) => [keys[index] ?? '', translation] as const));
        finished += texts.filter(({ index }) => known[index] !== true).length;
        done(finished);
      },
    }), signal), input.note, signal);
  };

  return {
    facts,
    reused: () => reused,
    kept: () => kept.count,
    translate: async (texts, done, signal) => {
      const keys = texts.map(keyOfText);
      // Batches follow from the texts that come for the first time, not from where an earlier attempt was stopped.
      const open = new Map(keys.flatMap((key, at) => { const text = texts[at]; return text === undefined || seen.has(key) ? [] : [[key, text] as const]; }));
      const copies = texts.length - open.size;
      await fill(open, (count) => done(copies + count), signal);
      for (const key of keys) seen.add(key);
      await setImmediate();
      return keys.map((key) => kept.get(key) ?? missing());
    },
    close: () => kept.close(),
  };
};

const precisionOf = ({ precision }: TranslationModelFacts): TranslationPrecision => (precision === 'fp32' || precision === 'q8' || precision === 'int8' || precision === 'uint8' || precision === 'q4' ? precision : 'auto');

const missing = (): never => { throw new Failure('internal', 'The engine left a text untranslated.'); };

/** Gives up at once: the engine ends its step by itself. */
const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  work.catch(() => undefined);
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Failure('cancelled', 'Cancelled.'));
    if (signal.aborted) { stop(); return; }
    signal.addEventListener('abort', stop, { once: true });
    work.finally(() => signal.removeEventListener('abort', stop)).then(resolve, reject);
  });
};
