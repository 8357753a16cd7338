import { useEffect, useState } from 'react';
import type { BulkPreview } from '../../../../main/contract/review-bulk.ts';
import { toFailureData, type FailureData, type Input } from '../../../link/link.ts';
import { useApp, useSlice } from '../../../stores/hooks.tsx';

export type Previewing = {
  readonly data: BulkPreview | undefined;
  /** The data belongs to an older form, or pairs have changed since. */
  readonly stale: boolean;
  /** Not all pairs have been looked at: the numbers are the least there are. */
  readonly counting: boolean;
  readonly failure: FailureData | undefined;
};

type Answer = { readonly key: string; readonly version: number; readonly data: BulkPreview | undefined; readonly counting: boolean; readonly failure: FailureData | undefined };

/** What the form would do: a sample at once, the numbers as they grow. The newest form wins, the one before it is cancelled; `null` asks nothing. */
export const usePreview = (question: Input<'review.bulkPreview'> | null): Previewing => {
  const { link } = useApp();
  const version = useSlice('versions', (versions) => versions.pairs);
  const [answer, setAnswer] = useState<Answer>();
  const key = JSON.stringify(question);
  useEffect(() => {
    if (question === null) return undefined;
    const controller = new AbortController();
    const show = (data: BulkPreview, counting: boolean): void => { if (!controller.signal.aborted) setAnswer({ key, version, data, counting, failure: undefined }); };
    link.stream('review.bulkPreview', question, { signal: controller.signal, onItem: (found) => show(found, true) }).then(
      (found) => show(found, false),
      (thrown: unknown) => { if (!controller.signal.aborted) setAnswer((before) => ({ key, version, data: before?.data, counting: false, failure: toFailureData(thrown) })); },
    );
    return () => controller.abort();
    // `key` stands for the question's value.
  }, [link, key, version]);
  const current = question === null ? undefined : answer;
  const isNew = current?.key === key && current.version === version && current.failure === undefined;
  return { data: current?.data, stale: question !== null && !isNew, counting: isNew && current.counting, failure: current?.key === key ? current.failure : undefined };
};
