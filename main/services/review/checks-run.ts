import { setImmediate } from 'node:timers/promises';
import * as v from 'valibot';
import { pairOrigin, type PairOrigin } from '../../contract/pairs.ts';
import { checkMask } from '../../domain/review/checks/check-ids.ts';
import { createRepeatedSides, sameSource, sameTarget, type RepeatedSides } from '../../domain/review/checks/repeated-side.ts';
import type { Steps } from '../../domain/mine/steps.ts';
import type { Project } from '../../store/api.ts';
import { goneColumn } from '../../store/review-columns.ts';
import type { JobControl, JobWork } from '../jobs/index.ts';
import { checksOfOrigin } from './checks-of-origin.ts';
import { ignoredBits } from './checks-ignored.ts';

export const checksParameters = v.object({ origin: pairOrigin });
/** `pairs`: how many from the start are done and written. */
const checkpoint = v.nullable(v.object({ pairs: v.number() }));

/** Pairs between two writes: a quarter of a second of rules, a megabyte of text. */
const slice = 4_096;
/** Milliseconds of rules between two turns of the event loop. */
const turn = 12;

/**
 * All pairs of an origin through all checks: slice by slice, what was found goes into the columns at once, so that filters and counts grow with it.
 *
 * Paused and resumed, it goes on behind the last slice; then the texts before it are only read again for what needs all pairs together.
 */
export const createChecksWork = (project: () => Project): JobWork => ({
  pausable: true,
  lane: 'light',
  run: async (control, given, reached) => {
    const { origin } = v.parse(checksParameters, given);
    const opened = project();
    const { count } = opened.pairs.range(origin);
    const start = v.parse(checkpoint, reached)?.pairs ?? 0;
    const stage = control.stage('check');
    stage.start(count);
    const repeated = createRepeatedSides(count);
    for (let from = 0; from < count; from += slice) {
      const length = Math.min(slice, count - from);
      if (from < start) await readSlice(opened, origin, from, length, repeated, control);
      else await checkSlice(opened, origin, from, length, repeated, control, (done) => stage.progress(from + done));
      if (from >= start) control.checkpoint({ pairs: from + length });
      stage.progress(from + length);
    }
    await writeRepeated(opened, origin, await walked(repeated.result(), control.signal), control);
    stage.finish();
  },
});

type Texts = { readonly source: readonly string[]; readonly target: readonly string[]; readonly gone: ArrayLike<number> };

const textsOf = (project: Project, origin: PairOrigin, from: number, length: number): Texts => {
  const first = project.pairs.range(origin).first + from;
  const ids = Uint32Array.from({ length }, (_, at) => first + at);
  const gone = project.columns.find(origin, goneColumn);
  return { ...project.pairs.texts(origin, ids), gone: gone === null ? new Uint8Array(length) : project.columns.read(gone, first, length) };
};

const readSlice = async (project: Project, origin: PairOrigin, from: number, length: number, repeated: RepeatedSides, { signal }: JobControl): Promise<void> => {
  add(repeated, textsOf(project, origin, from, length));
  await breathe(signal);
};

const add = (repeated: RepeatedSides, { source, target, gone }: Texts): void => {
  for (let at = 0; at < source.length; at += 1) {
    if (gone[at] === 1) repeated.skip();
    else repeated.add(source[at] ?? '', target[at] ?? '');
  }
};

/** Texts may be edited while their slice is being checked: before the findings are written, what reads otherwise by then is checked again. */
const checkSlice = async (project: Project, origin: PairOrigin, from: number, length: number, repeated: RepeatedSides, { signal }: JobControl, progress: (done: number) => void): Promise<void> => {
  const checks = checksOfOrigin(project, origin);
  const version = project.checks.textVersion();
  const texts = textsOf(project, origin, from, length);
  const found = new Uint32Array(length);
  let last = performance.now();
  for (let at = 0; at < length; at += 1) {
    if (texts.gone[at] !== 1) found[at] = checks.bits(texts.source[at] ?? '', texts.target[at] ?? '');
    if (performance.now() - last < turn) continue;
    await breathe(signal);
    progress(at);
    last = performance.now();
  }
  const now = project.checks.textVersion() === version ? texts : textsOf(project, origin, from, length);
  for (let at = 0; at < length; at += 1) {
    if (now.source[at] !== texts.source[at] || now.target[at] !== texts.target[at]) found[at] = checks.bits(now.source[at] ?? '', now.target[at] ?? '');
  }
  write(project, origin, from, found);
  add(repeated, now);
  await breathe(signal);
};

const write = (project: Project, origin: PairOrigin, from: number, found: Uint32Array): void => {
  const columns = project.checks.columns(origin);
  const ignored = project.checks.ignored(origin);
  const first = columns.open.first + from;
  const aside = found.map((bits, at) => bits & ignoredBits(ignored, first + at));
  project.columns.write(columns.open, first, found.map((bits, at) => bits & ~(aside[at] ?? 0)));
  project.columns.write(columns.ignored, first, aside);
};

const walked = async <T>(steps: Steps<T>, signal: AbortSignal): Promise<T> => {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    await breathe(signal);
  }
};

const writeRepeated = async (project: Project, origin: PairOrigin, marks: Uint8Array, { signal }: JobControl): Promise<void> => {
  const bitsOf = [0, checkMask('same-source'), checkMask('same-target'), checkMask('same-source') | checkMask('same-target')];
  const size = 65_536;
  for (let from = 0; from < marks.length; from += size) {
    const { open, ignored } = project.checks.columns(origin);
    const length = Math.min(size, marks.length - from);
    const [found, aside] = [project.columns.read(open, open.first + from, length), project.columns.read(ignored, open.first + from, length)];
    write(project, origin, from, Uint32Array.from({ length }, (_, at) => (found[at] ?? 0) | (aside[at] ?? 0) | (bitsOf[(marks[from + at] ?? 0) & (sameSource | sameTarget)] ?? 0)));
    await breathe(signal);
  }
};

const breathe = async (signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted();
  await setImmediate();
  signal.throwIfAborted();
};
