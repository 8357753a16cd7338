import { Worker } from 'node:worker_threads';
import { Failure } from '../../contract/errors.ts';
import { createReplace, type Replaced, type Replacement } from '../../domain/review/replace-text.ts';
import type { ReplaceAnswer, ReplaceData } from './replace-worker.ts';
import { asMany, asOne } from './texts-as-one.ts';

/** Texts of one language in, replaced ones out; the thread is gone after `close`. */
export type Replacer = { run(texts: readonly string[]): Promise<readonly Replaced[]>; close(): void };

/** For as many texts as a slice has; an ordinary expression needs a hundredth of it. */
const patienceMilliseconds = 4_000;

/** Plain texts are replaced here; expressions in a thread of their own, which is ended where one text takes too long. */
export const createReplacer = (replacement: Replacement, language: string): Replacer => {
  const replace = createReplace(replacement, language);
  return replacement.regex ? createThread(replacement, language) : { run: async (texts) => texts.map(replace), close: () => undefined };
};

/** From the sources, or built into one file beside the workbench's. */
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './replace-worker.ts' : './replace-worker.js', import.meta.url);

const createThread = (replacement: Replacement, language: string): Replacer => {
  const at = new Int32Array(new SharedArrayBuffer(4));
  const thread = new Worker(workerFile, { workerData: { replacement, language, at } satisfies ReplaceData });
  const lost = new Promise<never>((_, fail) => {
    thread.once('error', fail);
    thread.once('exit', () => fail(new Failure('internal', 'The thread that replaces texts is gone.')));
  });
  lost.catch(() => undefined);
  const answer = (texts: readonly string[]): Promise<readonly Replaced[]> => new Promise((done, fail) => {
    const timer = setTimeout(() => {
      void thread.terminate();
      fail(tooSlow(replacement.find, texts[Atomics.load(at, 0)] ?? ''));
    }, patienceMilliseconds);
    thread.once('message', (answered: ReplaceAnswer) => {
      clearTimeout(timer);
      done(asMany(answered).map((text, place) => ({ text, places: answered.places[place] ?? 0 })));
    });
    thread.postMessage(asOne(texts));
  });
  return { run: (texts) => Promise.race([answer(texts), lost]), close: () => void thread.terminate() };
};

const tooSlow = (expression: string, text: string): Failure => new Failure('bad-input', `The expression “${expression}” takes too long on “${text.slice(0, 80)}${text.length > 80 ? '…' : ''}” and was stopped.`, {
  detail: 'Nothing was changed.', hint: 'Repetitions inside repetitions, such as (a+)+, do that; write it without them.',
});
