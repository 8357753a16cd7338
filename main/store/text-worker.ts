import { parentPort } from 'node:worker_threads';
import { createTextMatcher } from '../domain/text/text-matcher.ts';
import type { Sought, TextMatcher } from '../domain/text/text-matcher.ts';
import { inOne, markJoined } from './joined-texts.ts';
import type { JoinedTexts } from './joined-texts.ts';

/** Searches that may take long or never end, in a thread that can be stopped. */

export type TextQuestion = { readonly no: number; readonly sought: Sought; readonly texts: readonly JoinedTexts[] };
export type TextAnswer = { readonly no: number; readonly marks: ArrayLike<number> };
/** The first thing the thread says: from now on it is the question that takes its time, not the loading of this file. */
export type TextThreadReady = 'ready';

let known: { readonly key: string; readonly matcher: TextMatcher } | null = null;

parentPort?.on('message', ({ no, sought, texts }: TextQuestion) => {
  const key = JSON.stringify(sought);
  if (known?.key !== key) known = { key, matcher: createTextMatcher(sought) };
  parentPort?.postMessage({ no, marks: markAll(known.matcher, texts) } satisfies TextAnswer);
});

parentPort?.postMessage('ready' satisfies TextThreadReady);

const markAll = (matcher: TextMatcher, texts: readonly JoinedTexts[]): ArrayLike<number> => inOne(texts.map((one) => markJoined(matcher, one)));
