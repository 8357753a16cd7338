import type { IndexKind, MineSettings } from '../../contract/mine.ts';

export type SignatureParts = {
  readonly settings: Pick<MineSettings, 'margin' | 'k' | 'retrieval'>;
  /** Ids of the encoders, in the plan's order. */
  readonly encoders: readonly string[];
  readonly refinement: 'off' | 'centre' | 'centre+map';
  readonly index: IndexKind;
  readonly version: string;
};

const indexNames: Readonly<Record<IndexKind, string>> = { exact: 'exact', 'hnsw-usearch': 'hnsw', 'hnsw-hnswlib': 'hnswlib' };

/**
 * A run in one line, as sacreBLEU writes its metrics, so that a figure in a paper says how it was made.
 *
 * Example: `ratio|k:4|max|enc:both|ref:centre|idx:exact|v:0.1.0`.
 */
export const mineSignature = (parts: SignatureParts): string => [
  parts.settings.margin,
  `k:${parts.settings.k}`,
  parts.settings.retrieval,
  `enc:${parts.encoders.length > 1 ? 'both' : parts.encoders[0] ?? 'none'}`,
  `ref:${parts.refinement}`,
  `idx:${indexNames[parts.index]}`,
  `v:${parts.version}`,
].join('|');
