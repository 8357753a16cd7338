import { setImmediate } from 'node:timers/promises';
import * as v from 'valibot';
import { pairOrigin, type PairOrigin } from '../../contract/pairs.ts';
import { checkMask, originChecksMask } from '../../domain/review/checks/check-ids.ts';
import { createRepeatedSides, sameSource, sameTarget, type RepeatedSides } from '../../domain/review/checks/repeated-side.ts';
import type { Steps } from '../../domain/mine/steps.ts';
import type { Project } from '../../store/api.ts';
import { goneColumn, uncheckedColumn } from '../../store/review-columns.ts';
import type { JobControl, JobWork } from '../jobs/index.ts';
import { ignoredBits } from './checks-ignored.ts';
import { detectStrangers, isInOtherLanguage } from './checks-language.ts';
import { checksOfOrigin } from './checks-of-origin.ts';
import { languagesOfPairs } from './languages.ts';

/** `changed`: only pairs whose texts were changed since the checks looked at them. */
export const checksParameters = v.object({ origin: pairOrigin, changed: v.optional(v.boolean()) });
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
    const { origin, changed } = v.parse(checksParameters, given);
    const opened = project();
    if (changed === true) return checkChanged(opened, origin, control);
    const { count } = opened.pairs.range(origin);
    const start = v.parse(checkpoint, reached)?.pairs ?? 0;
    const stage = control.stage('check');
    stage.start(count);
    const repeated = createRepeatedSides(count);
    for (let from = 0; from < count; from += slice) {
      const length = Math.min(slice, count - from);
      if (from < start) await readSlice(opened, origin, from, length, repeated, control);
      else await checkSlice(opened, origin, { from, length, due: null }, repeated, control, (done) => stage.progress(from + done));
      if (from >= start) control.checkpoint({ pairs: from + length });
      stage.progress(from + length);
    }
    await writeRepeated(opened, origin, await walked(repeated.result(), control.signal), control);
    stage.finish();
  },
});

/** Pairs that a change of many, or its undo, has left unchecked; what follows from all pairs together is found anew. Those that come meanwhile are done, too. */
const checkChanged = async (project: Project, origin: PairOrigin, control: JobControl): Promise<void> => {
  const stage = control.stage('check');
  for (let column = project.columns.find(origin, uncheckedColumn); column !== null && project.checks.unchecked().some((one) => isSame(one.origin, origin)); column = project.columns.find(origin, uncheckedColumn)) {
    const { first, count } = column;
    stage.start(count);
    const repeated = createRepeatedSides(count);
    for (let from = 0; from < count; from += slice) {
      const length = Math.min(slice, count - from);
      const due = project.columns.read(column, first + from, length);
      if (due.includes(1)) await checkSlice(project, origin, { from, length, due }, repeated, control, () => undefined);
      else await readSlice(project, origin, from, length, repeated, control);
      stage.progress(from + length);
    }
    await writeRepeated(project, origin, await walked(repeated.result(), control.signal), control);
  }
  stage.finish();
};

const isSame = (left: PairOrigin, right: PairOrigin): boolean => JSON.stringify(left) === JSON.stringify(right);

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
const checkSlice = async (project: Project, origin: PairOrigin, { from, length, due }: Slice, repeated: RepeatedSides, { signal }: JobControl, progress: (done: number) => void): Promise<void> => {
  const checks = checksOfOrigin(project, origin);
  const version = project.checks.textVersion();
  const texts = textsOf(project, origin, from, length);
  const asked = Array.from({ length }, (_, at) => at).filter((at) => texts.gone[at] !== 1 && isDue(due, at));
  const detected = detectStrangers(languagesOfPairs(project, origin), { source: asked.map((at) => texts.source[at] ?? ''), target: asked.map((at) => texts.target[at] ?? '') });
  detected.catch(() => undefined);
  const found = new Uint32Array(length);
  let last = performance.now();
  for (let at = 0; at < length; at += 1) {
    if (texts.gone[at] !== 1 && isDue(due, at)) found[at] = checks.bits(texts.source[at] ?? '', texts.target[at] ?? '');
    if (performance.now() - last < turn) continue;
    await breathe(signal);
    progress(at);
    last = performance.now();
  }
  const strangers = await detected;
  asked.forEach((at, place) => { if (isInOtherLanguage(found[at] ?? 0, strangers, place)) found[at] = (found[at] ?? 0) | checkMask('language'); });
  signal.throwIfAborted();
  const now = project.checks.textVersion() === version ? texts : textsOf(project, origin, from, length);
  for (let at = 0; at < length; at += 1) {
    if (isDue(due, at) && (now.source[at] !== texts.source[at] || now.target[at] !== texts.target[at])) found[at] = checks.bits(now.source[at] ?? '', now.target[at] ?? '');
  }
  if (due === null) write(project, origin, from, found);
  else write(project, origin, from, withOthers(project, origin, from, found, due));
  markChecked(project, origin, from, length);
  add(repeated, now);
  await breathe(signal);
};

type Slice = { readonly from: number; readonly length: number; /** 1 for each pair that has to be checked; null: all. */ readonly due: ArrayLike<number> | null };
const isDue = (due: Slice['due'], at: number): boolean => due === null || due[at] === 1;

/** What was found of pairs that were not looked at stays, and of all what follows from all pairs together. */
const withOthers = (project: Project, origin: PairOrigin, from: number, found: Uint32Array, due: ArrayLike<number>): Uint32Array => {
  const before = foundBefore(project, origin, from, found.length);
  return found.map((bits, at) => (due[at] === 1 ? bits | ((before[at] ?? 0) & originChecksMask) : before[at] ?? 0));
};

const foundBefore = (project: Project, origin: PairOrigin, from: number, length: number): Uint32Array => {
  const { open, ignored } = project.checks.columns(origin);
  const [found, aside] = [project.columns.read(open, open.first + from, length), project.columns.read(ignored, open.first + from, length)];
  return Uint32Array.from({ length }, (_, at) => ((found[at] ?? 0) | (aside[at] ?? 0)) >>> 0);
};

const markChecked = (project: Project, origin: PairOrigin, from: number, length: number): void => {
  const column = project.columns.find(origin, uncheckedColumn);
  if (column !== null && project.columns.read(column, column.first + from, length).includes(1)) project.columns.write(column, column.first + from, new Uint8Array(length));
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
    const before = foundBefore(project, origin, from, Math.min(size, marks.length - from));
    write(project, origin, from, before.map((bits, at) => (bits & ~originChecksMask) | (bitsOf[(marks[from + at] ?? 0) & (sameSource | sameTarget)] ?? 0)));
    await breathe(signal);
  }
};

const breathe = async (signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted();
  await setImmediate();
  signal.throwIfAborted();
};
