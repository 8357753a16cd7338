import { Worker } from 'node:worker_threads';
import { Failure } from '../../contract/errors.ts';
import { createReplace, type Replacement } from '../../domain/review/replace-text.ts';
import type { ReplaceAnswer, ReplaceData, ReplaceQuestion } from './replace-worker.ts';
import { asMany, textsIn } from './texts-as-one.ts';

/** A text that would read otherwise, by its place among those asked about; `text` is empty where it was not wanted. */
export type Found = { readonly at: number; readonly text: string; readonly places: number };

/** Texts of one language in (a list in JSON), those that would read otherwise out, in their order; the thread is gone after `close`. */
export type Replacer = { run(json: Uint8Array, wanted: boolean): Promise<readonly Found[]>; close(): void };

/** For as many texts as a slice has; an ordinary expression needs a hundredth of it. */
const patienceMilliseconds = 4_000;

/** From the sources, or built into one file beside the workbench's. */
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './replace-worker.ts' : './replace-worker.js', import.meta.url);

/**
 * Replaces in a thread of its own, which is ended where one text takes too long: some expressions never end, and the workbench has to write meanwhile.
 *
 * @throws Failure `bad-input` where there is nothing to look for, or the expression is none.
 */
export const createReplacer = (replacement: Replacement, language: string): Replacer => {
  createReplace(replacement, language);
  const at = new Int32Array(new SharedArrayBuffer(4));
  const thread = new Worker(workerFile, { workerData: { replacement, language, at } satisfies ReplaceData });
  const waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let gone: unknown;
  const end = (reason: unknown): void => {
    gone ??= reason;
    clearTimeout(timer);
    void thread.terminate();
    for (const { failed } of waiting.splice(0)) failed(gone);
  };
  /** The first in line is the one the thread works at. */
  const watch = (): void => {
    clearTimeout(timer);
    const [first] = waiting;
    if (first !== undefined) timer = setTimeout(() => end(tooSlow(replacement.find, textsIn(first.json)[Atomics.load(at, 0)] ?? '')), patienceMilliseconds);
  };
  thread.on('message', (answered: ReplaceAnswer) => {
    const replaced = asMany(answered);
    waiting.shift()?.answered(Array.from(answered.found, (place, no) => ({ at: place, text: replaced[no] ?? '', places: answered.places[no] ?? 0 })));
    watch();
  });
  thread.on('error', end);
  thread.on('exit', () => end(new Failure('internal', 'The thread that replaces texts is gone.')));
  return {
    run: (json, wanted) => new Promise((answered, failed) => {
      if (gone !== undefined) return failed(gone);
      thread.postMessage({ json, wanted } satisfies ReplaceQuestion);
      if (waiting.push({ json, answered, failed }) === 1) watch();
    }),
    close: () => end(new Failure('cancelled', 'Nobody waits for the replaced texts any more.')),
  };
};

type Waiting = { readonly json: Uint8Array; answered(found: readonly Found[]): void; failed(reason: unknown): void };

const tooSlow = (expression: string, text: string): Failure => new Failure('bad-input', `The expression “${expression}” takes too long on “${text.slice(0, 80)}${text.length > 80 ? '…' : ''}” and was stopped.`, {
  detail: 'Nothing was changed.', hint: 'Repetitions inside repetitions, such as (a+)+, do that; write it without them.',
});
