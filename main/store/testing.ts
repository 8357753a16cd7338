import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Collection } from '../contract/corpora.ts';
import { Failure } from '../contract/errors.ts';
import type { FailureData } from '../contract/errors.ts';
import type { Run } from '../contract/mine.ts';
import { defaultMineSettings } from '../contract/mine.ts';
import type { Decision } from '../contract/pairs.ts';
import type { Judgement } from './api-review.ts';

/** What the tests and the benchmark of the store share: seeded numbers and a run as the contract wants it. */

export { seededRandom as createGenerator } from '../domain/review/seeded-random.ts';

/** A ready run between two collections. */
export const runOf = ({ source, target, cut, kind = 'mine' }: { readonly source: number; readonly target: number; readonly cut: number | null; readonly kind?: Run['kind'] }): Omit<Run, 'id'> => {
  const side = (collection: number, name: string) => ({ collection, name, language: 'en', sentences: 0 });
  return {
    kind, name: 'de to en', state: 'ready', job: null, source: side(source, 'source'), target: side(target, 'target'),
    settings: defaultMineSettings,
    plan: {
      encoders: [], provider: 'cpu', threads: 1, blockSentences: 16_384, precision: 'f32', index: 'exact', tileRows: 4_096, hnsw: null, guard: 4,
      centre: false, linearMap: 'off', stages: [], seconds: 0, memoryBytes: 0, diskBytes: 0, reasons: [], warnings: [], repeatable: true,
    },
    createdAt: 0, endedAt: 0, seconds: 0, counts: null, threshold: null, cut, cutBy: cut === null ? null : 'auto', indexRecall: null, warnings: [], refinement: null, signature: '',
  };
};

/** What annotator 1 says. */
export const said = (decision: Decision): Judgement => ({ judge: 1, decision, label: null, reason: null, at: 0 });

/** The failure that a call ends in; a call that succeeds is a failed test. */
export const failureOf = (call: () => unknown): FailureData => {
  try {
    call();
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown.data;
    throw thrown;
  }
  throw new Error('The call was expected to fail and did not.');
};

/** A process of its own that has begun what it was asked for (see `testing-child.ts`). */
export const spawnChild = (what: 'hold' | 'import' | 'decide' | 'undo' | 'judge' | 'edit' | 'cancel-edit' | 'undo-edit', path: string): Promise<ChildProcess> => new Promise((done, failed) => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('testing-child.ts', import.meta.url)), what, path], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data: Buffer) => { said += data.toString(); });
  child.stdout.once('data', () => done(child));
  child.once('exit', (code) => failed(new Error(`The child ended with ${code}: ${said}`)));
});

/** `kill -9`, after some milliseconds. */
export const killAfter = async (child: ChildProcess, milliseconds = 0): Promise<void> => {
  await new Promise((done) => setTimeout(done, milliseconds));
  const gone = new Promise((done) => child.once('exit', done));
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await gone;
  }
};

/** A file of plain lines, as an import notes it. */
export const linesFile = (path: string): Collection['files'][number] => ({
  path, bytes: 0, sha256: '', lines: 0,
  options: { layout: 'lines', compression: 'none', encoding: 'utf-8', header: false, columns: [], language: 'de', targetLanguage: null, split: 'none' },
});
