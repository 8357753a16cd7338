import { Worker } from 'node:worker_threads';
import type { LanguageShare } from '../../domain/text/detect-language.ts';
import type { LanguageAnswer, LanguageQuestion } from './language-worker.ts';

/**
 * Asks the language detectors, which live in a thread that starts with the first question and ends a moment after the last, so that its memory is not there while files are read.
 *
 * Where no thread can be started (a bundle without the worker's file), they are loaded into this process instead: slower to answer, same answers.
 */

const idleMilliseconds = 1_500;

type Waiting = { answered(languages: LanguageAnswer['languages']): void; failed(): void };

let worker: Worker | null = null;
let idle: NodeJS.Timeout | undefined;
let next = 0;
const waiting = new Map<number, Waiting>();

/** The languages of all lines together. */
export const detectLanguages = async (lines: readonly string[]): Promise<readonly LanguageShare[]> => {
  try {
    return (await askThread(lines, null)).filter((found) => found !== null && typeof found === 'object');
  } catch {
    const { guessLanguages } = await import('../../domain/text/detect-language.ts');
    return guessLanguages(lines);
  }
};

/** The language of each line, where one is expected of all; null: it says too little. A thousand lines take about 50 ms. */
export const detectLanguageOfEach = async (expected: string, lines: readonly string[]): Promise<readonly (string | null)[]> => {
  try {
    return (await askThread(lines, expected)).map((found) => (typeof found === 'string' ? found : null));
  } catch {
    const { createLanguageTest } = await import('../../domain/text/language-of-text.ts');
    return lines.map(createLanguageTest(expected));
  }
};

const askThread = (lines: readonly string[], expected: string | null): Promise<LanguageAnswer['languages']> => new Promise((resolve, reject) => {
  clearTimeout(idle);
  const thread = worker ??= startThread();
  const no = next++;
  waiting.set(no, { answered: resolve, failed: () => reject(new Error('the thread of the language detectors is gone')) });
  // While a question is open the thread keeps the process alive; afterwards it must not.
  thread.ref();
  thread.postMessage({ no, lines, expected } satisfies LanguageQuestion);
});

/** From the sources, or built into one file beside the workbench's. */
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './language-worker.ts' : './language-worker.js', import.meta.url);

const startThread = (): Worker => {
  const thread = new Worker(workerFile, { resourceLimits: { maxYoungGenerationSizeMb: 8 } });
  const gone = (): void => {
    // An older thread that ends takes no questions of its successor along.
    if (worker !== thread) return;
    worker = null;
    for (const one of waiting.values()) one.failed();
    waiting.clear();
  };
  thread.on('message', ({ no, languages }: LanguageAnswer) => {
    waiting.get(no)?.answered(languages);
    waiting.delete(no);
    if (waiting.size > 0) return;
    thread.unref();
    idle = setTimeout(() => { worker = null; void thread.terminate(); }, idleMilliseconds);
    idle.unref();
  });
  thread.on('error', gone);
  thread.on('exit', gone);
  return thread;
};
