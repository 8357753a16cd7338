import type { IndexKind } from '../../contract/mine.ts';
import { Failure } from '../../contract/errors.ts';
import type { HnswIndex, HnswRequest } from './hnsw-types.ts';
import { createHnswlibIndex, hnswlibAbsence } from './hnswlib-index.ts';
import { createUsearchIndex, usearchAbsence } from './usearch-index.ts';

export const openHnsw = (kind: Exclude<IndexKind, 'exact'>, request: HnswRequest): HnswIndex => {
  const absence = kind === 'hnsw-usearch' ? usearchAbsence() : hnswlibAbsence();
  if (absence !== null) throw new Failure('plan-impossible', absence, { hint: 'Choose the exact index, or leave the choice to the plan.' });
  return kind === 'hnsw-usearch' ? createUsearchIndex(request) : createHnswlibIndex(request);
};

/** One line for every index library that is not here. */
export const absentIndexes = (): string[] => [usearchAbsence(), hnswlibAbsence()].filter((line) => line !== null);
