import * as v from 'valibot';
import { command, event, nothing, query } from './method.ts';

/** The open project, its history, and the host around it. */
export const historyEntry = v.object({
  id: v.number(),
  at: v.number(),
  annotator: v.string(),
  /** What was done, in the words of the history: "Imported crawl-de", "Cut 1.058 to 1.062". */
  title: v.string(),
  state: v.picklist(['applying', 'applied', 'reverting', 'reverted']),
  focusPair: v.nullable(v.number()),
  /** Many pairs at once: what it did is more than one row can show. */
  bulk: v.optional(v.boolean()),
});
export type HistoryEntry = v.InferOutput<typeof historyEntry>;

export const projectStatus = v.object({
  path: v.nullable(v.string()),
  name: v.nullable(v.string()),
  sample: v.boolean(),
  /** A network or cloud-synced folder, a read-only disk ... Told, never silent. */
  warnings: v.array(v.string()),
  undo: v.nullable(historyEntry),
  redo: v.nullable(historyEntry),
  pairs: v.number(),
  sentences: v.number(),
});
export type ProjectStatus = v.InferOutput<typeof projectStatus>;

export const recentProject = v.object({
  path: v.string(), name: v.string(), openedAt: v.number(), languages: v.array(v.string()), sentences: v.number(), pairs: v.number(), missing: v.boolean(),
});
export type RecentProject = v.InferOutput<typeof recentProject>;

/** A row of the sample's specimen on the start page; the margin is the one measured at build time of the sample's vectors, absent until then. */
export const specimenRow = v.object({
  source: v.object({ language: v.string(), text: v.string() }), target: v.object({ language: v.string(), text: v.string() }),
  margin: v.nullable(v.number()), kept: v.boolean(),
});

export const hostFacts = v.object({
  version: v.string(),
  host: v.picklist(['window', 'served', 'command-line']),
  nativeDialogs: v.boolean(), revealInFolder: v.boolean(), taskbarProgress: v.boolean(), fileDrop: v.picklist(['path', 'upload']),
  cores: v.number(), memoryBytes: v.number(), platform: v.string(),
  engine: v.object({ state: v.picklist(['starting', 'ready', 'restarting', 'stopped']), residentBytes: v.number(), note: v.nullable(v.string()) }),
});
export type HostFacts = v.InferOutput<typeof hostFacts>;

export const fileEntry = v.object({ name: v.string(), path: v.string(), kind: v.picklist(['file', 'folder']), bytes: v.number(), changedAt: v.number() });
export type FileEntry = v.InferOutput<typeof fileEntry>;

export const projectContract = {
  'project.status': query(nothing, projectStatus),
  'project.recent': query(nothing, v.array(recentProject)),
  'project.specimen': query(nothing, v.object({ rows: v.array(specimenRow), cut: v.nullable(v.number()) })),
  'project.create': command(v.strictObject({ path: v.string() }), projectStatus, { undoable: false, touches: ['project', 'collections', 'pairs', 'runs', 'jobs', 'history'] }),
  'project.open': command(v.strictObject({ path: v.string() }), projectStatus, { undoable: false, touches: ['project', 'collections', 'pairs', 'runs', 'jobs', 'history'] }),
  /** Copies the bundled sample into the user's data folder (once), opens it, imports its collections as a job when it is new, and mines German to English when asked. */
  'project.openSample': command(v.strictObject({ mine: v.boolean() }), v.object({ status: projectStatus, jobs: v.array(v.number()) }), { undoable: false, touches: ['project', 'collections', 'pairs', 'runs', 'jobs', 'history'] }),
  'project.close': command(nothing, projectStatus, { undoable: false, touches: ['project', 'collections', 'pairs', 'runs', 'jobs', 'history'] }),
  /** VACUUM INTO: a whole copy of the open project's file. */
  'project.saveCopy': command(v.strictObject({ path: v.string() }), v.object({ path: v.string(), bytes: v.number() }), { undoable: false, touches: [] }),
  'project.history': query(v.strictObject({ before: v.nullable(v.number()), count: v.pipe(v.number(), v.maxValue(500)) }), v.array(historyEntry)),
  'project.undo': command(nothing, v.object({ undone: v.nullable(historyEntry) }), { undoable: false, touches: ['collections', 'pairs', 'runs', 'labels', 'history'] }),
  'project.redo': command(nothing, v.object({ redone: v.nullable(historyEntry) }), { undoable: false, touches: ['collections', 'pairs', 'runs', 'labels', 'history'] }),
  'project.hostFacts': query(nothing, hostFacts),
  /** Writes a diagnostic bundle: versions, the page's settings, kinds and states of jobs, codes of failures; no text of the user's. */
  'project.saveDiagnostics': command(
    v.strictObject({ path: v.string(), settings: v.record(v.pipe(v.string(), v.maxLength(40)), v.union([v.pipe(v.string(), v.maxLength(200)), v.number(), v.boolean()])) }),
    v.object({ path: v.string(), bytes: v.number() }), { undoable: false, touches: [] },
  ),
  /** The file chooser of the served page; limited to the roots given on the command line. `folder: null` lists the roots. */
  'project.browse': query(v.strictObject({ folder: v.nullable(v.string()) }), v.object({ folder: v.nullable(v.string()), parent: v.nullable(v.string()), entries: v.array(fileEntry) })),
  /** Somebody (this page, another page, a job) changed something: drop the caches of these names. */
  'project.touched': event(v.object({ touches: v.array(v.string()) })),
} as const;
