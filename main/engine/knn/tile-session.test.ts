import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeGraph } from '../graph-writer.ts';
import { createRunQueue } from '../run-queue.ts';
import { topicVectors } from '../mining/fixtures/test-vectors.ts';
import { forwardGraph, plainTileGraph, productGraph, tileGraph } from './tile-graph.ts';
import { openTileSession } from './tile-session.ts';

const dimension = 20;

/** Best of every row by plain loops, and how far the f32 products may be off. */
const bestRows = (q: Float32Array, b: Float32Array, keep: number): { value: number; index: number }[][] => Array.from({ length: q.length / dimension }, (_, row) => (
  Array.from({ length: b.length / dimension }, (_unused, index) => {
    let value = 0;
    for (let column = 0; column < dimension; column += 1) value += (q[row * dimension + column] ?? 0) * (b[index * dimension + column] ?? 0);
    return { value, index };
  }).sort((x, y) => y.value - x.value).slice(0, keep)));

describe('one tile', () => {
  for (const [q, b, keep, what] of [[160, 75, 8, 'grouped rows'], [161, 75, 8, 'any number of rows'], [16, 40, 8, 'fewer groups than kept'], [3, 2, 8, 'fewer rows than kept'], [1, 1, 8, 'one sentence a side']] as const) {
    it(`finds the best of rows and columns: ${what}`, async () => {
      const session = await openTileSession({ dimension, threads: 2, queue: createRunQueue() });
      const [left, right] = [topicVectors(q, dimension, 1), topicVectors(b, dimension, 2)];
      const found = await session.both({ rows: q, values: left }, { rows: b, values: right }, keep);
      const oneWay = await session.forward({ rows: q, values: left }, { rows: b, values: right }, keep);
      await session.close();
      for (const [best, wanted] of [[found.forward, bestRows(left, right, keep)], [found.backward, bestRows(right, left, keep)], [oneWay, bestRows(left, right, keep)]] as const) {
        expect(best.indices.length).toBe(wanted.length * best.width);
        for (const [row, list] of wanted.entries()) {
          expect(best.width).toBe(list.length);
          for (const [slot, { value, index }] of list.entries()) {
            expect(best.indices[row * best.width + slot]).toBe(index);
            expect(best.values[row * best.width + slot]).toBeCloseTo(value, 4);
          }
        }
      }
    });
  }

  it('runs the graphs that lie in resources', () => {
    for (const graph of [tileGraph, plainTileGraph, forwardGraph, productGraph]) {
      const file = readFileSync(join(import.meta.dirname, '../../../resources/graphs', `${graph.name}.onnx`));
      expect(file.equals(writeGraph(graph)), graph.name).toBe(true);
    }
  });
});
