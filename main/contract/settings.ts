import * as v from 'valibot';
import { command, nothing, query } from './method.ts';
import { provider } from './models.ts';

/** What holds for this machine and its user, in every host: what is computed on, and what the program keeps on the disk. The page's look is the page's own. */

export const machineSettings = v.strictObject({
  /** `auto`: the fastest that was measured and computes the same as the CPU. */
  provider: v.union([v.literal('auto'), provider]),
  /** null: one a core. */
  threads: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(512))),
  /** A folder for what can be made again; null: beside each project, and in the user's data folder. */
  cacheFolder: v.nullable(v.string()),
});
export type MachineSettings = v.InferOutput<typeof machineSettings>;

export const settingsNow = v.object({
  settings: machineSettings,
  cores: v.number(),
  /** The file that keeps them. */
  file: v.string(),
  /** Where unpacked models lie now, also when nothing was chosen. */
  cacheFolder: v.string(),
  /** A sentence about a settings file that could not be read and was put aside. */
  problem: v.nullable(v.string()),
});
export type SettingsNow = v.InferOutput<typeof settingsNow>;

/**
 * What lies on the disk, by what it is good for.
 *
 * `spare-vectors`: no run uses them. `vectors`: runs of the list do; they are encoded again when needed. `ended-runs`: files of cancelled runs and of runs that are gone.
 * `results`: neighbour lists and whatever else a project needs. `unpacked`: models, unpacked. `uploads`: copies of files dropped onto the page. `other-projects`: the same of
 * projects that are not open. `window`: the window's own caches.
 */
export const storageKind = v.picklist(['spare-vectors', 'vectors', 'ended-runs', 'results', 'unpacked', 'uploads', 'other-projects', 'window']);
export type StorageKind = v.InferOutput<typeof storageKind>;

/** Why something stays: a job needs it; it explains margins; no encoder here could make it again; it has just come; undo may bring it back; another project needs it, or may; the window's. */
export const keptReason = v.picklist(['job', 'explain', 'encoder', 'recent', 'undo', 'other-project', 'window']);
export type KeptReason = v.InferOutput<typeof keptReason>;

const amount = { bytes: v.number(), files: v.number() };
export const storagePart = v.object({
  kind: storageKind,
  folder: v.string(),
  ...amount,
  /** What a clean-up of this kind would take away now. */
  free: v.object(amount),
  kept: v.array(v.object({ why: keptReason, bytes: v.number() })),
});
export type StoragePart = v.InferOutput<typeof storagePart>;

export const storage = v.object({ parts: v.array(storagePart) });
export const cleanedUp = v.object({ freed: v.array(v.object({ kind: storageKind, ...amount })), /** Files that the system did not let go. */ failed: v.number() });
export type CleanedUp = v.InferOutput<typeof cleanedUp>;

export const settingsContract = {
  'settings.read': query(nothing, settingsNow),
  /** Holds from the next job on; a running one keeps its plan. A new cache folder holds for what is made from now on: nothing is moved. */
  'settings.change': command(v.partial(machineSettings), settingsNow, { undoable: false, touches: ['settings'] }),
  'settings.storage': query(nothing, storage),
  /** Takes away what can be made again and nobody needs now: looked at anew, whatever was shown before. */
  'settings.cleanUp': command(v.strictObject({ kinds: v.array(storageKind) }), cleanedUp, { undoable: false, touches: ['settings'] }),
} as const;
