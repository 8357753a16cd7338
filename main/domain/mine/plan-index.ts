import type { IndexKind, MinePlan, MineSettings } from '../../contract/mine.ts';

/** What the engine measured (`engine.probeIndex`): GFLOP/s of an exact tile with both its top-k, and speeds of a small graph built by one thread. */
export type IndexProbe = {
  readonly gigaflops: number; readonly hnswAddPerSecond: number; readonly hnswSearchPerSecond: number; readonly hnswlib: boolean; readonly threads: number;
};

/** A modest machine of two cores, for plans without a probe. */
const assumedProbe: IndexProbe = { gigaflops: 60, hnswAddPerSecond: 5000, hnswSearchPerSecond: 5000, hnswlib: false, threads: 2 };

/**
 * Default parameters of graphs: 16 links a node, 128 candidates while building, 200 while searching.
 *
 * Measured on 99,000 sentences of 18 languages with the fast encoder, recall@4 of eight fetched: .979 at 64 candidates searched, .990 at 128, .996 at
 * 200, .997 at 300. 128 leaves no room above the goal of .99; 300 costs another 40 % of the search for .001. 32 links double the graph and gain as little.
 */
export const defaultGraph = { connectivity: 16, expansionAdd: 128, expansionSearch: 200, threads: 1 } as const;

/** Size of the graph that the probe builds. */
const probeRows = 2048;
/** A node's cost grows with the graph: more steps, fewer of them in the processor's cache. Fitted on 2k, 20k and 99k sentences, 512 dimensions. */
const growth = { build: 0.4, search: 0.36 } as const;
/** An approximate index has to be this much faster before it is taken without being asked for: it may miss neighbours. */
const gainWorthIt = 1.25;
/** The longest a tile may take, so that cancelling and looking things up stay quick. */
const tileMilliseconds = 250;

export type IndexInput = {
  readonly settings: MineSettings;
  readonly source: number;
  readonly target: number;
  readonly dimension: number;
  readonly probe: IndexProbe | null;
  readonly cores: number;
  readonly guard: number;
};

export type IndexPlan = {
  readonly kind: IndexKind;
  readonly tileRows: number;
  readonly hnsw: MinePlan['hnsw'];
  readonly seconds: number;
  readonly graphBytes: number;
  readonly repeatable: boolean;
  readonly reason: MinePlan['reasons'][number];
  readonly repeatability: MinePlan['reasons'][number];
  readonly warnings: readonly string[];
};

export const planIndex = (input: IndexInput): IndexPlan => {
  const probe = input.probe ?? assumedProbe;
  const exact = exactSeconds(input, probe);
  const graph = graphSeconds(input, probe);
  const kind = chooseKind(input.settings.index, exact, graph);
  const warnings = input.settings.index === 'hnsw-hnswlib' && !probe.hnswlib ? ['hnswlib-node is not installed here: this plan cannot run. Choose another index.'] : [];
  const times = `about ${readable(exact)} by exact search, ${readable(graph)} by HNSW`;
  const chosenBy = input.settings.index === 'auto' ? '' : ', as the settings ask';
  const shared = { kind, tileRows: tileRows(input.dimension, probe), repeatable: true, warnings };
  if (kind === 'exact') {
    return {
      ...shared, hnsw: null, seconds: exact, graphBytes: 0,
      reason: { about: 'index', text: `Exact search${chosenBy}: every pair of sentences is compared (${times}).` },
      repeatability: { about: 'repeatability', text: 'Run again with this plan on the same kind of processor it gives the same bytes.' },
    };
  }
  return {
    ...shared, hnsw: { ...defaultGraph }, seconds: kind === 'hnsw-hnswlib' ? graph * hnswlibSlowness : graph,
    graphBytes: (input.source + input.target) * graphBytesPerVector(input.dimension, kind),
    reason: { about: 'index', text: `HNSW${kind === 'hnsw-hnswlib' ? ' by hnswlib' : ''}${chosenBy}: nearly all nearest neighbours are found (${times}); how many is measured on a sample against exact search.` },
    repeatability: { about: 'repeatability', text: 'The graph is built by one thread, so that the same plan gives the same bytes again on the same kind of processor.' },
  };
};

const chooseKind = (wanted: MineSettings['index'], exact: number, graph: number): IndexKind => {
  if (wanted === 'auto') return graph * gainWorthIt < exact ? 'hnsw-usearch' : 'exact';
  return wanted === 'hnsw' ? 'hnsw-usearch' : wanted;
};

/** Seconds of all tiles: 2 n m d operations at the measured speed of a tile, and a fixed start. */
export const exactSeconds = (input: Pick<IndexInput, 'source' | 'target' | 'dimension'>, probe: IndexProbe): number => (
  0.2 + 2 * input.source * input.target * input.dimension / (probe.gigaflops * 1e9)
);

/** hnswlib takes one point a call, from a JavaScript array, on one thread. */
const hnswlibSlowness = 2.5;

/** Seconds of building both graphs (one thread) and searching both (all threads). */
export const graphSeconds = (input: Pick<IndexInput, 'source' | 'target'>, probe: IndexProbe): number => {
  if (probe.hnswAddPerSecond <= 0) return Infinity;
  const slower = (rows: number, exponent: number): number => Math.max(1, rows / probeRows) ** exponent;
  const build = (rows: number): number => rows * slower(rows, growth.build) / probe.hnswAddPerSecond;
  const search = (queries: number, rows: number): number => queries * slower(rows, growth.search) / (probe.hnswSearchPerSecond * Math.max(1, probe.threads));
  return 0.2 + build(input.source) + build(input.target) + search(input.source, input.target) + search(input.target, input.source);
};

/** f16 vectors and about 148 bytes of links at 16 a node with usearch; f32 vectors with hnswlib. */
const graphBytesPerVector = (dimension: number, kind: IndexKind): number => (kind === 'hnsw-hnswlib' ? dimension * 4 + 200 : dimension * 2 + 160);

const tileRows = (dimension: number, probe: IndexProbe): number => {
  for (const rows of [4096, 2048]) if (2 * rows * rows * dimension / (probe.gigaflops * 1e6) <= tileMilliseconds) return rows;
  return 1024;
};

const readable = (seconds: number): string => {
  if (!Number.isFinite(seconds)) return 'not possible';
  if (seconds < 1) return 'a second';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
};
