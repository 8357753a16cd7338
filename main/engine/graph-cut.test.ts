import { expect, it } from 'vitest';
import { cutGraph, outputsOfGraph } from './graph-cut.ts';
import { writeGraph, type Graph } from './graph-writer.ts';
import { openSession, runtime } from './provider.ts';

const graph: Graph = {
  name: 'two layers',
  inputs: [{ name: 'x', type: 'float32', shape: [2] }],
  outputs: [{ name: 'first', type: 'float32', shape: [2] }, { name: 'second', type: 'float32', shape: [2] }],
  nodes: [{ op: 'Add', inputs: ['x', 'one'], outputs: ['first'] }, { op: 'Mul', inputs: ['first', 'weights'], outputs: ['second'] }],
  constants: [{ name: 'one', shape: [1], data: Float32Array.of(1) }, { name: 'weights', shape: [2], data: Float32Array.of(3, 5) }],
};

const cutAt = (output: string): Uint8Array => Buffer.concat([...cutGraph(writeGraph(graph), output) ?? []]);

it('leaves out what only other outputs need, weights too', async () => {
  expect(outputsOfGraph(cutAt('first'))).toEqual(['first']);
  expect(new TextDecoder('latin1').decode(cutAt('first'))).not.toContain('weights');
  const session = await openSession(cutAt('first'), { provider: 'cpu', threads: 1 });
  const { first } = await session.run({ x: new (runtime().Tensor)('float32', Float32Array.of(1, 2), [2]) });
  expect(first?.data).toEqual(Float32Array.of(2, 3));
  await session.release();
});

it('keeps everything that the last output needs', async () => {
  const session = await openSession(cutAt('second'), { provider: 'cpu', threads: 1 });
  const { second } = await session.run({ x: new (runtime().Tensor)('float32', Float32Array.of(1, 2), [2]) });
  expect(second?.data).toEqual(Float32Array.of(6, 15));
  await session.release();
});

it('refuses a graph that does not have the output', () => {
  expect(cutGraph(writeGraph(graph), 'third')).toBeNull();
});
