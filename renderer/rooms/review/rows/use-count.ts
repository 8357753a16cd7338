import { useEffect, useState } from 'react';
import type { PairOrigin, Predicate } from '../../../../main/contract/pairs.ts';
import { useAsker } from '../../../stores/annotator.ts';
import { useApp } from '../../../stores/hooks.tsx';

export type Counting = { readonly key: string; readonly atLeast: number; readonly count: number | undefined; readonly total: number | undefined };

/** Counts a filter while its order is being made: "at least" on the way, the newest question only. `null` asks nothing. */
export const useCount = (question: { readonly origin: PairOrigin; readonly predicate: Predicate | null } | null, again: unknown = 0): Counting | undefined => {
  const { link } = useApp();
  const [counting, setCounting] = useState<Counting>();
  const asker = useAsker();
  const key = JSON.stringify(question === null ? null : { ...question, ...asker });
  useEffect(() => {
    if (question === null) return undefined;
    const controller = new AbortController();
    const show = (part: Omit<Counting, 'key'>): void => { if (!controller.signal.aborted) setCounting({ key, ...part }); };
    link.stream('pairs.count', { ...question, ...asker }, { signal: controller.signal, onItem: ({ atLeast }) => show({ atLeast, count: undefined, total: undefined }) })
      .then(({ count, total }) => show({ atLeast: count, count, total }), () => undefined);
    return () => controller.abort();
    // `key` stands for the question's value.
  }, [link, key, again]);
  return question !== null && counting?.key === key ? counting : undefined;
};
