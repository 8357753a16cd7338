import { createTextMatcher } from '../domain/text/text-matcher.ts';
import type { Sought } from '../domain/text/text-matcher.ts';
import { createByteCache } from './byte-cache.ts';
import type { Sql } from './database.ts';
import { inOne, joined, joinedSentences, markJoined } from './joined-texts.ts';
import type { JoinedTexts } from './joined-texts.ts';
import { sentenceCount } from './sentences.ts';
import { createSharedScan } from './shared-scan.ts';
import type { SharedScan } from './shared-scan.ts';
import { createTextThread } from './text-thread.ts';

/** The search for one text in the sentences of a collection: 1 for each that holds it, known for those below `scan.done`. */
export type TextSearch = { readonly marks: Uint8Array; readonly scan: SharedScan };

export type TextMatches = {
  /** Sentences never change, so that the last few searches are kept; those who look for the same share one. @throws Failure `bad-input` for an expression that is none. */
  search(collection: number, sought: Sought): TextSearch;
  /** Starts the thread that looks for words and expressions, so that the first search need not wait for it. */
  ready(): void;
  /** 1 for each of some texts (at most a few thousand) that holds what is sought. */
  among(texts: readonly string[], sought: Sought, signal: AbortSignal): Promise<ArrayLike<number>>;
  /** Ends what searches beside this thread. */
  close(): void;
};

const slice = 1_024;

/** Plain text is looked for here, in time that grows with the texts alone; words and expressions in a thread that can be stopped. */
export const createTextMatches = (sql: Sql): TextMatches => {
  const cache = createByteCache<TextSearch>(128 * 1024 * 1024, ({ marks }) => marks.byteLength);
  const thread = createTextThread();

  const matcherOf = (sought: Sought) => {
    // Refuses an expression that is none. For words there is nothing to refuse, and the runtime takes 30 ms to load what knows where they end.
    const matcher = sought.how === 'word' ? null : createTextMatcher(sought);
    return async (parts: readonly JoinedTexts[], signal: AbortSignal): Promise<ArrayLike<number>> =>
      (matcher !== null && sought.how === 'substring' ? inOne(parts.map((part) => markJoined(matcher, part))) : thread.marks(sought, parts, signal));
  };
  return {
    search: (collection, sought) => {
      const count = sentenceCount(sql, collection);
      const key = JSON.stringify([collection, count, sought]);
      const known = cache.get(key);
      if (known !== undefined) return known;
      const match = matcherOf(sought);
      const marks = new Uint8Array(count);
      const scan = createSharedScan(count, slice, async (from, end, signal) => marks.set(await match(joinedSentences(sql, collection, from, end), signal), from));
      const search = { marks, scan };
      cache.set(key, search);
      return search;
    },
    ready: thread.ready,
    among: (texts, sought, signal) => matcherOf(sought)(joined(texts), signal),
    close: () => thread.close(),
  };
};
