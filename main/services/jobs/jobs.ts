import { Failure, toFailureData } from '../../contract/errors.ts';
import { knownFailure } from '../../contract/known-failures.ts';
import type { Job, JobStage, LogLine } from '../../contract/jobs.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import { isAtRest, nextState, type JobEvent } from '../../domain/jobs/job-state.ts';
import { jobProgress, secondsLeft } from '../../domain/jobs/progress.ts';
import type { PartOf } from '../../rpc/server.ts';

/** What the store keeps of a job: what the page sees, and what its work needs to go on after a restart. */
export type JobRecord = { readonly job: Job; readonly params: unknown; readonly checkpoint: unknown; readonly plannedSeconds: readonly number[] };

/** Where jobs live: the project file, or memory while no project is open. */
export type JobStore = {
  list(): readonly JobRecord[];
  save(record: JobRecord): void;
  /** Writes a new job down and gives it an id that was never used before in this project. */
  create(record: Omit<JobRecord, 'job' | 'checkpoint'> & { readonly job: Omit<Job, 'id'> }): number;
  appendLog(job: number, level: LogLine['level'], text: string): void;
  log(job: number, after: number, count: number): { readonly lines: LogLine[]; readonly total: number };
  /** Forgets ended jobs; returns how many. */
  clear(): number;
};

/** What the work of a job holds in its hand. */
export type JobControl = {
  readonly job: number;
  /** Aborted by pause and by cancel; the work then stops at its next safe place, within a second. */
  readonly signal: AbortSignal;
  /** Why the signal was aborted. */
  intent(): 'run' | 'pause' | 'cancel';
  stage(name: string): StageControl;
  log(level: LogLine['level'], text: string): void;
  /** Kept in the project at once; handed back after a pause or a kill. */
  checkpoint(data: unknown): void;
  setRun(run: number): void;
  setCollection(collection: number): void;
};

export type StageControl = {
  start(total: number, note?: string): void;
  progress(done: number, more?: { readonly rate?: number; readonly note?: string; readonly total?: number }): void;
  finish(note?: string): void;
  skip(note?: string): void;
};

export type JobWork = {
  readonly pausable: boolean;
  run(control: JobControl, params: unknown, checkpoint: unknown): Promise<void>;
  /** After a cancel (also of a job at rest): drop what it half made. */
  cancelled?(params: unknown, job: Job): void | Promise<void>;
  failed?(params: unknown, job: Job): void | Promise<void>;
  /** Jobs of one lane run one after another. */
  readonly lane: 'engine' | 'import' | 'light';
};

export type StageStart = { readonly name: string; readonly subject?: string; readonly unit: JobStage['unit']; readonly seconds: number };

export type JobStart = {
  readonly kind: Job['kind'];
  readonly title: string;
  readonly subject?: string;
  readonly stages: readonly StageStart[];
  readonly params: unknown;
  readonly run?: number;
  readonly collection?: number;
};

export type Jobs = {
  readonly part: PartOf<WorkbenchContract, 'jobs'>;
  register(kind: Job['kind'], work: JobWork): void;
  start(start: JobStart): number;
  get(job: number): Job;
  find(match: (record: JobRecord) => boolean): JobRecord | undefined;
  records(): readonly JobRecord[];
  resume(job: number): Job;
  cancel(job: number): Promise<Job>;
  /** Resolves when the job is at rest (done, failed, cancelled, paused). */
  settled(job: number): Promise<Job>;
  /** Asks everything to stop at a safe place and waits for it: jobs then go on at the next opening. */
  suspend(): Promise<void>;
};

type Live = { record: JobRecord; controller: AbortController | undefined; intent: 'run' | 'pause' | 'cancel'; stageStartedAt: Map<string, { at: number; before: number }>; ended: Promise<void> };

export type JobsInput = {
  readonly store: () => JobStore;
  readonly tell: (job: Job) => void;
  readonly now: () => number;
};

const tellEvery = 100;

/** Runs the jobs of all rooms: lanes, states, progress at most every 100 ms, pause, cancel, resume. */
export const createJobs = ({ store, tell, now }: JobsInput): Jobs => {
  const works = new Map<Job['kind'], JobWork>();
  const live = new Map<number, Live>();
  const lastTold = new Map<number, number>();
  const lateTells = new Map<number, NodeJS.Timeout>();
  const lanes = new Map<string, Promise<void>>();
  const waiting = new Map<number, ((job: Job) => void)[]>();

  const tellNow = (job: Job): void => {
    clearTimeout(lateTells.get(job.id));
    lateTells.delete(job.id);
    lastTold.set(job.id, now());
    tell(job);
  };
  const tellSoon = (id: number): void => {
    if (lateTells.has(id)) return;
    const wait = Math.max(0, tellEvery - (now() - (lastTold.get(id) ?? 0)));
    lateTells.set(id, setTimeout(() => { lateTells.delete(id); const one = live.get(id); if (one !== undefined) tellNow(one.record.job); }, wait));
  };

  /** A full disk must not hide why a job failed: what cannot be saved is kept here, and told. */
  const unsaved = new Map<number, JobRecord>();
  const keep = (record: JobRecord): void => {
    try {
      store().save(record);
      unsaved.delete(record.job.id);
    } catch {
      unsaved.set(record.job.id, record);
    }
  };
  const note = (id: number, level: LogLine['level'], text: string): void => {
    try {
      store().appendLog(id, level, text);
    } catch {
      // The disk is full: the failure itself is told through the job.
    }
  };

  const recordOf = (id: number): JobRecord => {
    const record = live.get(id)?.record ?? unsaved.get(id) ?? store().list().find((one) => one.job.id === id);
    if (record === undefined) throw knownFailure('unknown-job', { id });
    return record;
  };

  const change = (id: number, event: JobEvent, more: Partial<Job> = {}): Job => {
    const record = recordOf(id);
    const state = nextState(record.job.state, event);
    if (state === undefined) throw new Failure('conflict', `Job ${id} is ${record.job.state}; it cannot ${event} now.`);
    return put(record, { ...more, state });
  };

  const put = (record: JobRecord, more: Partial<Job>, save = true): Job => {
    const stages = more.stages ?? record.job.stages;
    const job: Job = { ...record.job, ...more, stages, progress: more.state === 'done' ? 1 : jobProgress(stages), secondsLeft: more.state !== undefined && isAtRest(more.state) ? null : secondsLeft(stages, record.plannedSeconds) };
    const next = { ...record, job };
    const one = live.get(job.id);
    if (one !== undefined) one.record = next;
    if (save) { keep(next); tellNow(job); } else tellSoon(job.id);
    if (!isAtRest(job.state)) return job;
    live.delete(job.id);
    for (const wake of waiting.get(job.id)?.splice(0) ?? []) wake(job);
    return job;
  };

  const changeStage = (id: number, name: string, edit: (stage: JobStage) => JobStage, save: boolean): void => {
    const record = recordOf(id);
    put(record, { stages: record.job.stages.map((stage) => (stage.name === name ? edit(stage) : stage)) }, save);
  };

  const stageControl = (one: Live, name: string): StageControl => {
    const id = one.record.job.id;
    const seconds = (): number => {
      const started = one.stageStartedAt.get(name);
      return started === undefined ? 0 : started.before + (now() - started.at) / 1000;
    };
    const noted = (note: string | undefined): { note?: string } => (note === undefined ? {} : { note });
    return {
      start: (total, note) => {
        const before = one.record.job.stages.find((stage) => stage.name === name)?.seconds ?? 0;
        one.stageStartedAt.set(name, { at: now(), before });
        changeStage(id, name, (stage) => ({ ...stage, state: 'running', total, done: 0, rate: 0, ...noted(note) }), true);
      },
      progress: (done, more = {}) => changeStage(id, name, (stage) => ({
        ...stage, done, total: more.total ?? stage.total, rate: more.rate ?? (seconds() > 0.2 ? done / seconds() : 0), seconds: seconds(), ...noted(more.note),
      }), false),
      finish: (note) => changeStage(id, name, (stage) => ({ ...stage, state: 'done', done: stage.total, seconds: seconds(), ...noted(note) }), true),
      skip: (note) => changeStage(id, name, (stage) => ({ ...stage, state: 'skipped', ...noted(note) }), true),
    };
  };

  const perform = async (id: number): Promise<void> => {
    const one = live.get(id);
    if (one === undefined || one.record.job.state !== 'queued') return;
    const work = works.get(one.record.job.kind);
    if (work === undefined) throw new Failure('internal', `Nobody does jobs of kind ${one.record.job.kind}.`);
    one.controller = new AbortController();
    one.intent = 'run';
    change(id, 'start', { startedAt: one.record.job.startedAt ?? now(), endedAt: null, failure: null });
    const control: JobControl = {
      job: id,
      signal: one.controller.signal,
      intent: () => one.intent,
      stage: (name) => stageControl(one, name),
      log: (level, text) => note(id, level, text),
      checkpoint: (data) => { one.record = { ...one.record, checkpoint: data }; store().save(one.record); },
      setRun: (run) => { put(one.record, { run }); },
      setCollection: (collection) => { put(one.record, { collection }); },
    };
    try {
      await work.run(control, one.record.params, one.record.checkpoint);
      change(id, 'finish', { endedAt: now() });
    } catch (thrown) {
      await stopped(one, work, thrown);
    }
  };

  /** What a room cannot clean up now (a full disk, say) must not keep its job from ending; the next opening finds it. */
  const tidy = async (id: number, clean: () => void | Promise<void>): Promise<void> => {
    try {
      await clean();
    } catch (thrown) {
      note(id, 'warning', toFailureData(thrown).message);
    }
  };

  const stopped = async (one: Live, work: JobWork, thrown: unknown): Promise<void> => {
    const { id } = one.record.job;
    if (one.intent === 'pause') { change(id, 'stop'); return; }
    if (one.intent === 'cancel') {
      await tidy(id, () => work.cancelled?.(one.record.params, one.record.job));
      change(id, 'stop', { endedAt: now() });
      return;
    }
    const failure = toFailureData(thrown);
    note(id, 'error', failure.message);
    if (failure.code === 'internal' && thrown instanceof Error && thrown.stack !== undefined) note(id, 'error', thrown.stack);
    await tidy(id, () => work.failed?.(one.record.params, one.record.job));
    change(id, 'fail', { failure, endedAt: now() });
  };

  const enqueue = (record: JobRecord): void => {
    const { id, kind } = record.job;
    const lane = works.get(kind)?.lane ?? 'light';
    const before = lanes.get(lane) ?? Promise.resolve();
    const ended = before.then(() => perform(id));
    live.set(id, { record, controller: undefined, intent: 'run', stageStartedAt: new Map(), ended });
    lanes.set(lane, ended.catch(() => undefined));
  };

  const stop = (id: number, intent: 'pause' | 'cancel'): Job => {
    const one = live.get(id);
    const job = change(id, intent);
    if (one !== undefined) { one.intent = intent; one.controller?.abort(); }
    return job;
  };

  const cancel = async (id: number): Promise<Job> => {
    const record = recordOf(id);
    const job = stop(id, 'cancel');
    if (job.state === 'cancelled') await works.get(record.job.kind)?.cancelled?.(record.params, job);
    return job;
  };

  const resume = (id: number): Job => {
    const job = change(id, 'resume', { failure: null });
    enqueue(recordOf(id));
    return job;
  };

  const pause = (id: number): Job => {
    if (works.get(recordOf(id).job.kind)?.pausable !== true) throw knownFailure('not-pausable');
    return stop(id, 'pause');
  };

  const start = (input: JobStart): number => {
    const total = input.stages.reduce((sum, stage) => sum + stage.seconds, 0);
    const plannedSeconds = input.stages.map((stage) => stage.seconds);
    const fresh: Omit<Job, 'id'> = {
      kind: input.kind, title: input.title, ...(input.subject === undefined ? {} : { subject: input.subject }), state: 'queued', progress: 0, secondsLeft: total > 0 ? total : null, startedAt: null, endedAt: null,
      run: input.run ?? null, collection: input.collection ?? null, pausable: works.get(input.kind)?.pausable ?? false, failure: null,
      stages: input.stages.map((stage) => ({
        name: stage.name, ...(stage.subject === undefined ? {} : { subject: stage.subject }), state: 'waiting', done: 0, total: 0, unit: stage.unit,
        share: total > 0 ? stage.seconds / total : 1 / input.stages.length, rate: 0, seconds: 0,
      })),
    };
    const id = store().create({ job: fresh, params: input.params, plannedSeconds });
    const job: Job = { ...fresh, id };
    const record: JobRecord = { job, params: input.params, checkpoint: null, plannedSeconds };
    enqueue(record);
    tellNow(job);
    return id;
  };

  const settled = (id: number): Promise<Job> => {
    const { job } = recordOf(id);
    if (isAtRest(job.state)) return Promise.resolve(job);
    return new Promise((resolve) => { waiting.set(id, [...(waiting.get(id) ?? []), resolve]); });
  };

  const suspend = async (): Promise<void> => {
    const ends = [...live.values()].map((one) => one.ended.catch(() => undefined));
    for (const one of live.values()) {
      if (one.record.job.state === 'running' || one.record.job.state === 'queued') stop(one.record.job.id, works.get(one.record.job.kind)?.pausable === true ? 'pause' : 'cancel');
    }
    await Promise.all(ends);
    for (const timer of lateTells.values()) clearTimeout(timer);
    lateTells.clear();
  };

  return {
    register: (kind, work) => { works.set(kind, work); },
    start, resume, cancel, settled, suspend,
    get: (id) => recordOf(id).job,
    find: (match) => store().list().map((record) => recordOf(record.job.id)).find(match),
    records: () => store().list().map((record) => recordOf(record.job.id)),
    part: {
      'jobs.list': () => store().list().map((record) => recordOf(record.job.id).job),
      'jobs.get': ({ job }) => recordOf(job).job,
      'jobs.log': ({ job, after, count }) => store().log(job, after, count),
      'jobs.pause': ({ job }) => pause(job),
      'jobs.resume': ({ job }) => resume(job),
      'jobs.cancel': ({ job }) => cancel(job),
      'jobs.clear': () => ({ cleared: store().clear() }),
    },
  };
};
