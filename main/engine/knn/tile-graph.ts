import type { Graph } from '../graph-writer.ts';

/**
 * One tile of the exact search: both directions from one product S = Q Bᵀ (Gemm with transB: the rows of both sides are read as they lie in memory).
 *
 * Forward, the best of every row of Q, is top-k of S. Backward wants the best of every column, and both ways of asking onnxruntime for that are slow:
 * top-k along axis 0, and top-k of Sᵀ, which writes and reads all of S again. So `tileGraph` first takes the maximum of every 16 rows (one fast pass): the k best of a
 * column lie in the k groups with the highest maxima, and only those groups are gathered and searched, an eighth of a column's entries at most.
 * `plainTileGraph` transposes; it serves tiles whose rows are no multiple of 16. Both find the same, up to the order of equal f32 values.
 *
 * Measured on 2 cores, 4096 x 4096, keep 8, in multiples of the bare product: 384 dimensions forward 1.11, grouped both 1.34, transposed both 1.54;
 * 512 dimensions 1.02, 1.19, 1.34; two products 2.2. Sizes are free, so the last tile is simply smaller and nothing is padded or masked.
 */
export const groupRows = 16;

const inputs: Graph['inputs'] = [
  { name: 'q', type: 'float32', shape: ['q', 'd'] },
  { name: 'b', type: 'float32', shape: ['n', 'd'] },
  { name: 'forward_keep', type: 'int64', shape: [1] },
  { name: 'backward_keep', type: 'int64', shape: [1] },
];

const outputs: Graph['outputs'] = [
  { name: 'forward_values', type: 'float32', shape: ['q', 'f'] },
  { name: 'forward_indices', type: 'int32', shape: ['q', 'f'] },
  { name: 'backward_values', type: 'float32', shape: ['n', 'g'] },
  { name: 'backward_indices', type: 'int32', shape: ['n', 'g'] },
];

const topK = { axis: -1, largest: 1, sorted: 1 } as const;
const toInt32 = { to: 6 } as const;

const productNodes: Graph['nodes'] = [{ op: 'Gemm', inputs: ['q', 'b'], outputs: ['s'], attributes: { transB: 1 } }];

const forwardNodes: Graph['nodes'] = [
  { op: 'TopK', inputs: ['s', 'forward_keep'], outputs: ['forward_values', 'forward_wide'], attributes: topK },
  { op: 'Cast', inputs: ['forward_wide'], outputs: ['forward_indices'], attributes: toInt32 },
];

/** For rows of Q that are a multiple of `groupRows`, and at least `groupRows` times as many as are kept. */
export const tileGraph: Graph = {
  name: 'knn-tile', inputs, outputs,
  nodes: [
    ...productNodes, ...forwardNodes,
    { op: 'Shape', inputs: ['s'], outputs: ['s_shape'] },
    { op: 'Slice', inputs: ['s_shape', 'one', 'two'], outputs: ['n'] },
    { op: 'Concat', inputs: ['groups_of', 'n'], outputs: ['grouped_shape'], attributes: { axis: 0 } },
    { op: 'Reshape', inputs: ['s', 'grouped_shape'], outputs: ['grouped'] },
    { op: 'ReduceMax', inputs: ['grouped'], outputs: ['maxima'], attributes: { axes: [1], keepdims: 0 } },
    { op: 'Transpose', inputs: ['maxima'], outputs: ['maxima_transposed'], attributes: { perm: [1, 0] } },
    { op: 'TopK', inputs: ['maxima_transposed', 'backward_keep'], outputs: ['best_maxima', 'best_groups'], attributes: topK },
    { op: 'Mul', inputs: ['best_groups', 'group_rows'], outputs: ['first_rows'] },
    { op: 'Unsqueeze', inputs: ['first_rows', 'two'], outputs: ['first_rows_wide'] },
    { op: 'Add', inputs: ['first_rows_wide', 'steps'], outputs: ['rows_wide'] },
    { op: 'Concat', inputs: ['n', 'all'], outputs: ['rows_shape'], attributes: { axis: 0 } },
    { op: 'Reshape', inputs: ['rows_wide', 'rows_shape'], outputs: ['rows'] },
    { op: 'Squeeze', inputs: ['n', 'zero'], outputs: ['n_scalar'] },
    { op: 'Range', inputs: ['from', 'n_scalar', 'step'], outputs: ['columns_flat'] },
    { op: 'Unsqueeze', inputs: ['columns_flat', 'one'], outputs: ['columns'] },
    { op: 'Mul', inputs: ['rows', 'n'], outputs: ['row_starts'] },
    { op: 'Add', inputs: ['row_starts', 'columns'], outputs: ['places'] },
    { op: 'Reshape', inputs: ['s', 'all'], outputs: ['s_flat'] },
    { op: 'Gather', inputs: ['s_flat', 'places'], outputs: ['nominated'], attributes: { axis: 0 } },
    { op: 'TopK', inputs: ['nominated', 'backward_keep'], outputs: ['backward_values', 'backward_places'], attributes: topK },
    { op: 'GatherElements', inputs: ['rows', 'backward_places'], outputs: ['backward_wide'], attributes: { axis: 1 } },
    { op: 'Cast', inputs: ['backward_wide'], outputs: ['backward_indices'], attributes: toInt32 },
  ],
  constants: [
    { name: 'zero', shape: [1], data: BigInt64Array.of(0n) },
    { name: 'one', shape: [1], data: BigInt64Array.of(1n) },
    { name: 'two', shape: [1], data: BigInt64Array.of(2n) },
    { name: 'all', shape: [1], data: BigInt64Array.of(-1n) },
    { name: 'from', shape: [], data: BigInt64Array.of(0n) },
    { name: 'step', shape: [], data: BigInt64Array.of(1n) },
    { name: 'groups_of', shape: [2], data: BigInt64Array.of(-1n, BigInt(groupRows)) },
    { name: 'group_rows', shape: [1], data: BigInt64Array.of(BigInt(groupRows)) },
    { name: 'steps', shape: [groupRows], data: BigInt64Array.from({ length: groupRows }, (_, step) => BigInt(step)) },
  ],
};

/** For any number of rows. */
export const plainTileGraph: Graph = {
  name: 'knn-tile-plain', inputs, outputs,
  nodes: [
    ...productNodes, ...forwardNodes,
    { op: 'Transpose', inputs: ['s'], outputs: ['s_transposed'], attributes: { perm: [1, 0] } },
    { op: 'TopK', inputs: ['s_transposed', 'backward_keep'], outputs: ['backward_values', 'backward_wide'], attributes: topK },
    { op: 'Cast', inputs: ['backward_wide'], outputs: ['backward_indices'], attributes: toInt32 },
  ],
};

/** The forward half alone: for rows that are searched again, more widely. */
export const forwardGraph: Graph = {
  name: 'knn-forward',
  inputs: inputs.slice(0, 3),
  outputs: outputs.slice(0, 2),
  nodes: [...productNodes, ...forwardNodes],
};

/** The product alone, reduced to one number so that nothing is copied out: what the tile is measured against. */
export const productGraph: Graph = {
  name: 'knn-product',
  inputs: inputs.slice(0, 2),
  outputs: [{ name: 'corner', type: 'float32', shape: [1, 1] }],
  nodes: [
    ...productNodes,
    { op: 'Slice', inputs: ['s', 'from', 'to', 'axes'], outputs: ['corner'] },
  ],
  constants: [
    { name: 'from', shape: [2], data: BigInt64Array.of(0n, 0n) },
    { name: 'to', shape: [2], data: BigInt64Array.of(1n, 1n) },
    { name: 'axes', shape: [2], data: BigInt64Array.of(0n, 1n) },
  ],
};
