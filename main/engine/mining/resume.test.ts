import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { MinePlan } from '../../contract/mine.ts';
import { runFile } from './run-files.ts';
import { testInput, testPlan, topicVectors, writeSide } from './fixtures/test-vectors.ts';

const root = mkdtempSync(join(tmpdir(), 'dragoman-resume-'));
afterAll(() => { rmSync(root, { recursive: true, force: true }); });

const child = join(import.meta.dirname, 'fixtures/mine-child.ts');

/** Runs the mining in a process of its own; kills it when so many lines of progress have been seen, or so many milliseconds after the first. */
const runChild = (input: string, killAt: { readonly lines: number; readonly milliseconds: number } | null): Promise<{ readonly finished: boolean; readonly lines: string[] }> => new Promise((resolve, reject) => {
  const running = spawn(process.execPath, [child, input], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  let armed = false;
  running.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (killAt === null || armed || output.split('\n').length <= killAt.lines) return;
    armed = true;
    setTimeout(() => running.kill('SIGKILL'), killAt.milliseconds);
  });
  running.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString(); });
  running.on('exit', (code, signal) => {
    const lines = output.trim().split('\n');
    if (signal === 'SIGKILL' || code === 0) resolve({ finished: lines.at(-1) === 'finished', lines });
    else reject(new Error(errors));
  });
});

const outputs = [runFile.pairs, runFile.forward, runFile.backward, runFile.sourceOccurrences, runFile.targetOccurrences, runFile.result];

const killedAgainAndAgain = async (name: string, plan: MinePlan, dimension: number): Promise<{ readonly kills: number; readonly whole: Buffer[]; readonly resumed: Buffer[] }> => {
  const source = writeSide(join(root, name, 's'), topicVectors(700, dimension, 1), dimension);
  const target = writeSide(join(root, name, 't'), topicVectors(900, dimension, 2), dimension);
  const files = (folder: string): Buffer[] => outputs.map((file) => readFileSync(join(folder, file)));
  const request = (folder: string): string => {
    const path = `${folder}.json`;
    writeFileSync(path, JSON.stringify(testInput(folder, source, target, plan)));
    return path;
  };
  const whole = join(root, name, 'whole');
  expect((await runChild(request(whole), null)).finished).toBe(true);
  const resumed = join(root, name, 'resumed');
  const input = request(resumed);
  let kills = 0;
  for (const killAt of [{ lines: 2, milliseconds: 3 }, { lines: 3, milliseconds: 11 }, { lines: 4, milliseconds: 0 }, { lines: 3, milliseconds: 27 }, { lines: 5, milliseconds: 5 }]) {
    const ended = await runChild(input, killAt);
    if (ended.finished) break;
    kills += 1;
  }
  expect((await runChild(input, null)).finished).toBe(true);
  return { kills, whole: files(whole), resumed: files(resumed) };
};

describe('killed at any moment, a run ends with the same bytes', () => {
  it('exact search', async () => {
    const { kills, whole, resumed } = await killedAgainAndAgain('exact', testPlan([32], { centre: true }), 32);
    expect(kills).toBeGreaterThan(2);
    for (const [index, bytes] of whole.entries()) expect(resumed[index]?.equals(bytes), outputs[index]).toBe(true);
  }, 60_000);

  it('HNSW built by one thread', async () => {
    const plan = testPlan([32], { index: 'hnsw-usearch', hnsw: { connectivity: 16, expansionAdd: 64, expansionSearch: 64, threads: 1 } });
    const { kills, whole, resumed } = await killedAgainAndAgain('hnsw', plan, 32);
    expect(kills).toBeGreaterThan(1);
    for (const [index, bytes] of whole.entries()) expect(resumed[index]?.equals(bytes), outputs[index]).toBe(true);
  }, 60_000);
});
