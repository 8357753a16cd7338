import * as v from 'valibot';
import { command, query } from './method.ts';
import { pairOrigin, predicate } from './pairs.ts';

/** A selection of pairs in, files with a manifest out. */

export const exportFormat = v.picklist(['tsv', 'moses', 'tmx', 'jsonl', 'mined-tsv', 'xlsx', 'keops']);
export type ExportFormat = v.InferOutput<typeof exportFormat>;

export const exportRequest = v.strictObject({
  origin: pairOrigin,
  /** Null: the kept pairs. */
  predicate: v.nullable(predicate),
  format: exportFormat,
  /** The file; for Moses the common stem, to which `.de` and `.en` are added. `.gz` at the end compresses. */
  path: v.string(),
  /** Score and label columns to write along (TSV, XLSX, JSONL, TMX props). */
  columns: v.array(v.string()),
  /** Writes what was judged along: pair id, decision in force, label, reason, annotator, time, flags, comments, the imported texts of edited ones; and where several judged, what each of them said. Not for Moses, mined TSV and KEOPS. */
  review: v.optional(v.boolean()),
  overwrite: v.boolean(),
  /** Who exports: of pairs that they judge blind, only what they said themselves is written. Left out: everything. */
  annotator: v.optional(v.number()),
});
export type ExportRequest = v.InferOutput<typeof exportRequest>;

export const exportedFile = v.object({ path: v.string(), bytes: v.number(), sha256: v.string() });
export const exportResult = v.object({ files: v.array(exportedFile), manifest: v.string(), pairs: v.number() });

export const exportContract = {
  'export.preview': query(v.strictObject({ request: exportRequest }), v.object({ pairs: v.number(), files: v.array(v.string()), head: v.string() })),
  'export.start': command(exportRequest, v.object({ job: v.number() }), { undoable: false, touches: ['jobs'] }),
  'export.result': query(v.strictObject({ job: v.number() }), exportResult),
} as const;
