import type { ImportPreview } from '../../../main/contract/corpora.ts';
import { toFailureData, type FailureData, type Link } from '../../link/link.ts';

export type Inspected = {
  readonly previews: readonly ImportPreview[];
  /** Files that cannot be read at all, each with its reason: an empty one, a picture ... */
  readonly leftOut: readonly { readonly path: string; readonly failure: FailureData }[];
};

/**
 * Looks into files. One that cannot be read does not stop the others: it is told and left out.
 *
 * All are looked at together first, because the two files of a Moses pair are only found so; one by one only when that fails. Rejects when none can be read.
 */
export const inspectFiles = async (link: Pick<Link, 'call'>, paths: readonly string[], signal: AbortSignal): Promise<Inspected> => {
  const look = (some: readonly string[]): Promise<readonly ImportPreview[]> => link.call('corpora.inspect', { paths: [...some] }, { signal });
  try {
    return { previews: await look(paths), leftOut: [] };
  } catch (error) {
    if (paths.length === 1 || signal.aborted) throw error;
    const leftOut: { readonly path: string; readonly failure: FailureData }[] = [];
    const good: string[] = [];
    for (const path of paths) {
      try { await look([path]); good.push(path); } catch (reason) { leftOut.push({ path, failure: toFailureData(reason) }); }
    }
    if (good.length === 0 || leftOut.length === 0 || signal.aborted) throw error;
    return { previews: await look(good), leftOut };
  }
};
