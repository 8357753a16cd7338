import { Worker } from 'node:worker_threads';
import { Failure } from '../contract/errors.ts';
import { knownFailure } from '../contract/known-failures.ts';
import type { Sought } from '../domain/text/text-matcher.ts';
import type { JoinedTexts } from './joined-texts.ts';
import type { TextAnswer, TextQuestion, TextThreadReady } from './text-worker.ts';

/**
 * Asks a thread of its own which texts match, so that an expression that would take years harms nobody.
 *
 * A question that is not answered in time ends the thread; it fails, those behind it are asked again of the next thread. The thread starts with the
 * first question, or when one is to be expected, and ends a while after the last.
 */
export type TextThread = {
  /** @throws Failure `bad-input` where the texts (at most a few thousand) took longer than `patience`. */
  marks(sought: Sought, texts: readonly JoinedTexts[], signal: AbortSignal): Promise<ArrayLike<number>>;
  /** Starts the thread, which takes a tenth of a second, before there is a question. */
  ready(): void;
  /** Ends the thread at once, which holds tens of megabytes; what it was still asked fails. */
  close(): void;
};

/** About 10 MB while it waits. */
const idleMilliseconds = 300_000;
/** Ordinary expressions need a few milliseconds for as many texts. */
const patience = 3_000;
/** What a question may still cost that nobody wants answered any more. */
const patienceAfterAbort = 100;

/** From the sources, or built into one file beside the workbench's. */
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './text-worker.ts' : './text-worker.js', import.meta.url);

type Waiting = { readonly question: TextQuestion; readonly signal: AbortSignal; answered(marks: ArrayLike<number>): void; failed(reason: unknown): void };

export const createTextThread = (): TextThread => {
  const waiting: Waiting[] = [];
  let thread: Worker | null = null;
  let timer: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;
  let ready = false;
  let next = 0;

  const stop = (): void => {
    clearTimeout(timer);
    clearTimeout(idle);
    const gone = thread;
    thread = null;
    void gone?.terminate();
  };
  const end = (reason: unknown): void => {
    stop();
    for (const one of waiting.splice(0)) one.failed(reason);
  };
  /** The first in line is the one the thread works at, once it has started: on a busy machine that alone may take seconds. */
  const watch = (): void => {
    clearTimeout(timer);
    const [first] = waiting;
    if (first !== undefined && ready) timer = setTimeout(giveUp, first.signal.aborted ? patienceAfterAbort : patience);
  };
  const giveUp = (): void => {
    stop();
    const first = waiting.shift();
    first?.failed(first.signal.aborted ? first.signal.reason : tooSlow(first.question.sought));
    if (waiting.length === 0) return;
    thread = start();
    for (const { question } of waiting) thread.postMessage(question);
    watch();
  };
  /** It keeps no process alive, and is not kept alive for long. */
  const rest = (resting: Worker): void => {
    resting.unref();
    clearTimeout(idle);
    idle = setTimeout(stop, idleMilliseconds);
    idle.unref();
  };
  const start = (): Worker => {
    const started = new Worker(workerFile);
    ready = false;
    started.on('message', (said: TextAnswer | TextThreadReady) => {
      if (thread !== started) return;
      if (said === 'ready') {
        ready = true;
        watch();
        return;
      }
      const { no, marks } = said;
      if (waiting[0]?.question.no !== no) return;
      waiting.shift()?.answered(marks);
      watch();
      if (waiting.length === 0) rest(started);
    });
    const lost = (reason?: unknown): void => { if (thread === started) end(reason ?? new Failure('internal', 'The thread that searches texts is gone.')); };
    started.on('error', lost);
    started.on('exit', () => lost());
    return started;
  };

  const marks: TextThread['marks'] = (sought, texts, signal) => new Promise((answered, failed) => {
    clearTimeout(idle);
    thread ??= start();
    thread.ref();
    const question: TextQuestion = { no: next++, sought, texts };
    const hurry = (): void => { if (waiting[0]?.question === question) watch(); };
    const settle = <T>(then: (value: T) => void) => (value: T): void => {
      signal.removeEventListener('abort', hurry);
      then(value);
    };
    signal.addEventListener('abort', hurry);
    waiting.push({ question, signal, answered: settle(answered), failed: settle(failed) });
    thread.postMessage(question);
    if (waiting.length === 1) watch();
  });

  return {
    marks,
    // A question with an answer that nobody needs: the runtime loads what knows where words end, too.
    ready: () => void marks(small, [{ text: 'a', count: 1 }], new AbortController().signal).catch(() => undefined),
    close: () => end(new Failure('cancelled', 'The project was closed.')),
  };
};

const small: Sought = { contains: 'a', matchCase: true, how: 'word', language: 'und' };

const tooSlow = ({ contains, how }: Sought): Failure => (how === 'regex'
  ? knownFailure('slow-expression', { expression: contains })
  : new Failure('bad-input', `Searching for the word “${contains}” takes too long on some of the texts and was stopped.`, { hint: 'Search for it as plain text instead.' }));
