import type { MinePlan } from '../../contract/mine.ts';

/** Parameters of a graph: links a node (M), candidates looked at while building and while searching, threads. */
export type HnswParameters = NonNullable<MinePlan['hnsw']>;

export type HnswFound = { readonly width: number; /** Ordinals by cosine descending; `noNeighbour` in unused slots. */ readonly ordinals: Uint32Array; readonly values: Float32Array };

/** A graph over unit vectors. Rows are added in order of their ordinals; calls block, so callers hand over small slices. */
export type HnswIndex = {
  add(first: number, rows: number, values: Float32Array): void;
  search(rows: number, values: Float32Array, keep: number): HnswFound;
  readonly size: () => number;
  save(path: string): void;
  load(path: string): void;
  /** Frees the graph's memory. */
  close(): void;
};

export type HnswRequest = {
  readonly dimension: number; readonly capacity: number; readonly parameters: HnswParameters; readonly seed: number;
  /** Threads that search; building takes those of the parameters. Searching with more threads changes no answer. */
  readonly searchThreads: number;
};
