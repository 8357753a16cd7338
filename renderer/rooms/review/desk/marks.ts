import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Finding } from '../../../../main/contract/review-checks.ts';
import type { Side } from '../../../../main/contract/review.ts';
import type { TextMark } from '../../../text/highlights.ts';
import { textHits, useSought } from '../filters/text-hits.ts';
import { openRows } from '../state.ts';

/** What is painted over a text of the open pair: what its checks found, what the filters look for, which words belong together. */
export const useMarks = (text: string, side: Side, language: string, findings: readonly Finding[], links: readonly TextMark[]): readonly TextMark[] => {
  const { predicate, queue } = useStore(openRows);
  const sought = useSought(predicate, queue);
  const hits = useMemo(() => textHits(text, side, language, sought), [text, side, language, sought]);
  const found = useMemo(() => findings.filter(({ ignored }) => ignored === null).flatMap((finding) => finding[side].map(([from, to]): TextMark => ({ name: `finding-${finding.severity}`, from, to }))), [findings, side]);
  return useMemo(() => [...found, ...hits, ...links], [found, hits, links]);
};
