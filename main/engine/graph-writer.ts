/**
 * Writes small ONNX graphs, so that products and top-k of the exact search (and the fixtures of tests) run on whatever provider onnxruntime has.
 *
 * ONNX is protobuf; the few messages used here are written by hand. Field numbers: onnx/onnx.proto (ModelProto, GraphProto, NodeProto, TensorProto).
 */

export type GraphType = 'float32' | 'int64' | 'float16' | 'int32';
export type GraphValue = { readonly name: string; readonly type: GraphType; /** A string is a symbolic dimension. */ readonly shape: readonly (number | string)[] };
export type GraphAttribute = number | readonly number[] | string | { readonly float: number };
export type GraphNode = {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Integers, lists of integers, strings; a float is written `{ float: 0.5 }`. */
  readonly attributes?: Readonly<Record<string, GraphAttribute>>;
  /** Empty: the standard operators; `com.microsoft`: onnxruntime's own. */
  readonly domain?: string;
};
export type GraphTensor = { readonly name: string; readonly shape: readonly number[]; readonly data: Float32Array | BigInt64Array };
export type Graph = {
  readonly name: string;
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  readonly nodes: readonly GraphNode[];
  readonly constants?: readonly GraphTensor[];
  readonly opset?: number;
};

const elementType: Readonly<Record<GraphType, number>> = { float32: 1, int32: 6, int64: 7, float16: 10 };

type Bytes = Uint8Array;

const concatenate = (parts: readonly Bytes[]): Bytes => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
};

/** A base-128 variable-length integer; negative numbers take ten bytes. */
const varint = (value: number | bigint): Bytes => {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest > 127n) { bytes.push(Number(rest & 127n) | 128); rest >>= 7n; }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
};

const integer = (field: number, value: number | bigint): Bytes => concatenate([varint(field << 3), varint(value)]);
const block = (field: number, content: Bytes): Bytes => concatenate([varint((field << 3) | 2), varint(content.length), content]);
const text = (field: number, content: string): Bytes => block(field, new TextEncoder().encode(content));
const float = (field: number, value: number): Bytes => concatenate([varint((field << 3) | 5), new Uint8Array(Float32Array.of(value).buffer)]);

const attributeBytes = (name: string, value: GraphAttribute): Bytes => {
  const start = text(1, name);
  if (typeof value === 'number') return concatenate([start, integer(3, value), integer(20, 2)]);
  if (typeof value === 'string') return concatenate([start, text(4, value), integer(20, 3)]);
  if ('float' in value) return concatenate([start, float(2, value.float), integer(20, 1)]);
  return concatenate([start, ...value.map((one) => integer(8, one)), integer(20, 7)]);
};

const nodeBytes = (node: GraphNode): Bytes => concatenate([
  ...node.inputs.map((name) => text(1, name)),
  ...node.outputs.map((name) => text(2, name)),
  text(4, node.op),
  ...Object.entries(node.attributes ?? {}).map(([name, value]) => block(5, attributeBytes(name, value))),
  ...(node.domain === undefined ? [] : [text(7, node.domain)]),
]);

const valueBytes = (value: GraphValue): Bytes => {
  const dimensions = value.shape.map((one) => block(1, typeof one === 'string' ? text(2, one) : integer(1, one)));
  const tensorType = concatenate([integer(1, elementType[value.type]), block(2, concatenate(dimensions))]);
  return concatenate([text(1, value.name), block(2, block(1, tensorType))]);
};

const tensorBytes = (tensor: GraphTensor): Bytes => concatenate([
  ...tensor.shape.map((one) => integer(1, one)),
  integer(2, tensor.data instanceof Float32Array ? elementType.float32 : elementType.int64),
  text(8, tensor.name),
  block(9, new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength)),
]);

/** The bytes of an `.onnx` file with this graph. */
export const writeGraph = (graph: Graph): Uint8Array => {
  const domains = new Set(graph.nodes.map((node) => node.domain ?? ''));
  const opsets = [...domains].map((domain) => concatenate([text(1, domain), integer(2, domain === '' ? graph.opset ?? 17 : 1)]));
  const body = concatenate([
    ...graph.nodes.map((node) => block(1, nodeBytes(node))),
    text(2, graph.name),
    ...(graph.constants ?? []).map((tensor) => block(5, tensorBytes(tensor))),
    ...graph.inputs.map((value) => block(11, valueBytes(value))),
    ...graph.outputs.map((value) => block(12, valueBytes(value))),
  ]);
  return concatenate([integer(1, 8), text(2, 'dragoman'), block(7, body), ...opsets.map((opset) => block(8, opset))]);
};
