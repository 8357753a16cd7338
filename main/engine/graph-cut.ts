import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Failure } from '../contract/errors.ts';
import { checksumOf, graphFile, modelPath } from './model-files.ts';

/**
 * Cuts an ONNX graph at one of its outputs: what only the other outputs need is left out, layers and weights alike.
 *
 * onnxruntime computes every node of a graph, whichever outputs are fetched; half the layers take half the time. The few protobuf messages
 * are read by hand and everything that is kept is copied as it is. Field numbers: onnx/onnx.proto.
 */

type Bytes = Uint8Array;
type Field = { readonly number: number; readonly whole: Bytes; readonly content: Bytes };

const fields = { graph: 7, node: 1, initializer: 5, sparseInitializer: 15, output: 12, valueInfo: 13 } as const;
const kinds = { varint: 0, wide: 1, block: 2, narrow: 5 } as const;

const readVarint = (bytes: Bytes, start: number): readonly [value: number, next: number] => {
  let [value, scale, at] = [0, 1, start];
  for (;;) {
    const byte = bytes[at];
    if (byte === undefined) throw new RangeError('The file ends inside a number.');
    at += 1;
    value += (byte & 127) * scale;
    if (byte < 128) return [value, at];
    scale *= 128;
  }
};

const readFields = (bytes: Bytes): Field[] => {
  const found: Field[] = [];
  for (let at = 0; at < bytes.length;) {
    const [tag, content] = readVarint(bytes, at);
    const kind = tag % 8;
    let [from, to] = [content, content];
    if (kind === kinds.varint) [, to] = readVarint(bytes, content);
    else if (kind === kinds.wide) to = content + 8;
    else if (kind === kinds.narrow) to = content + 4;
    else if (kind === kinds.block) {
      const [length, start] = readVarint(bytes, content);
      [from, to] = [start, start + length];
    } else throw new RangeError('This is no ONNX file.');
    if (to > bytes.length) throw new RangeError('The file ends inside a message.');
    found.push({ number: Math.floor(tag / 8), whole: bytes.subarray(at, to), content: bytes.subarray(from, to) });
    at = to;
  }
  return found;
};

const textOf = (message: readonly Field[], number: number): string => { const field = message.find((one) => one.number === number); return field === undefined ? '' : new TextDecoder().decode(field.content); };
const textsOf = (message: readonly Field[], number: number): string[] => message.filter((one) => one.number === number).map(({ content }) => new TextDecoder().decode(content));

/** Names of the outputs that a graph shows. */
export const outputsOfGraph = (model: Bytes): string[] => graphOf(model).filter(({ number }) => number === fields.output).map(({ content }) => textOf(readFields(content), 1));

const graphOf = (model: Bytes): Field[] => readFields(readFields(model).find(({ number }) => number === fields.graph)?.content ?? new Uint8Array());

/** The pieces of a model with one output only; null where it cannot be cut (weights in files beside it). */
export const cutGraph = (model: Bytes, output: string): readonly Bytes[] | null => {
  const graph = graphOf(model);
  const nodes = graph.map((field) => (field.number === fields.node ? nodeOf(field.content) : null));
  const wanted = new Set([output]);
  const kept = new Set<number>();
  // Nodes stand in an order in which each follows what it needs.
  for (let at = nodes.length - 1; at >= 0; at -= 1) {
    const node = nodes[at];
    if (!node?.outputs.some((name) => wanted.has(name))) continue;
    kept.add(at);
    for (const name of node.inputs) wanted.add(name);
  }
  let elsewhere = false;
  const pieces = graph.filter(({ number, content }, at) => {
    if (number === fields.node) return kept.has(at);
    if (number === fields.output) return textOf(readFields(content), 1) === output;
    if (number === fields.valueInfo) return wanted.has(textOf(readFields(content), 1));
    if (number !== fields.initializer) return true;
    const tensor = readFields(content);
    elsewhere ||= tensor.some((field) => field.number === 13);
    return wanted.has(textOf(tensor, 8));
  });
  if (elsewhere || kept.size === 0 || graph.some(({ number }) => number === fields.sparseInitializer)) return null;
  const length = pieces.reduce((sum, { whole }) => sum + whole.length, 0);
  return [...readFields(model).filter(({ number }) => number !== fields.graph).map(({ whole }) => whole), writeVarint((fields.graph << 3) | kinds.block), writeVarint(length), ...pieces.map(({ whole }) => whole)];
};

const writeVarint = (value: number): Bytes => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Uint8Array.of(...bytes, rest);
};

type Node = { readonly inputs: readonly string[]; readonly outputs: readonly string[] };

/** A node; what graphs inside its attributes (branches, loops) need counts as its own. */
const nodeOf = (content: Bytes): Node => {
  const message = readFields(content);
  const inner = message.filter(({ number }) => number === 5).flatMap((attribute) => readFields(attribute.content).filter(({ number }) => number === 6 || number === 11));
  return { inputs: [...textsOf(message, 1), ...inner.flatMap((graph) => namesIn(readFields(graph.content)))], outputs: textsOf(message, 2) };
};

/** What the nodes of an inner graph take, and what it gives out: names of the outer graph among them. */
const namesIn = (graph: readonly Field[]): string[] => [
  ...graph.filter(({ number }) => number === fields.node).flatMap(({ content }) => nodeOf(content).inputs),
  ...graph.filter(({ number }) => number === fields.output).map(({ content }) => textOf(readFields(content), 1)),
];

/** A protobuf message has at most 2 GB; larger models have their weights beside the graph. */
const largestCut = 2_000_000_000;

/**
 * An encoder's graph, cut at the output that `choose` picks of those it shows, as a file of the cache folder: made once, named after the graph's checksum.
 *
 * Where a graph cannot be cut the whole one is used: slower, the same numbers.
 */
export const cutGraphFile = async (folder: string, name: string, cacheFolder: string, choose: (outputs: readonly string[]) => string): Promise<{ readonly graph: string; readonly output: string }> => {
  const whole = await graphFile(folder, name, cacheFolder);
  if ((await stat(whole)).size > largestCut) throw new Failure('model-unsupported', `${modelPath(folder, name)} is too large to be read for word links.`, { hint: 'Choose a smaller encoder.' });
  const model = await readFile(whole);
  const output = choose(outputsOfGraph(model));
  const { sha256 } = await checksumOf(folder, name);
  const target = join(cacheFolder, `${sha256.slice(0, 32)}-${output.replaceAll(/[^\w.-]/gu, '_')}-${basename(name).replace(/\.(?:gz|zst)$/u, '')}`);
  if (await stat(target).then((facts) => facts.isFile(), () => false)) return { graph: target, output };
  const pieces = cutGraph(model, output);
  if (pieces === null) return { graph: whole, output };
  await mkdir(cacheFolder, { recursive: true });
  const partial = `${target}.${process.pid}.part`;
  try {
    const handle = await open(partial, 'w');
    try {
      for (const piece of pieces) await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, target);
  } catch (thrown) {
    await rm(partial, { force: true });
    throw thrown;
  }
  return { graph: target, output };
};
