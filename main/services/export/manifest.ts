import { versions } from 'node:process';
import * as v from 'valibot';
import { collectionFile } from '../../contract/corpora.ts';
import { exportedFile, exportFormat, type ExportRequest } from '../../contract/export.ts';
import { minePlan, mineSettings, runCounts, thresholdEstimate } from '../../contract/mine.ts';
import { predicate } from '../../contract/pairs.ts';
import type { Run } from '../../contract/mine.ts';
import type { Project } from '../../store/api.ts';
import type { ModelsService } from '../models/index.ts';

const input = v.object({ collection: v.number(), name: v.string(), kind: v.picklist(['monolingual', 'bitext']), language: v.string(), targetLanguage: v.nullable(v.string()), files: v.array(collectionFile), counts: v.record(v.string(), v.number()) });

const threshold = v.object({ ...v.omit(thresholdEstimate, ['curve', 'evidence']).entries, evidence: v.optional(v.omit(thresholdEstimate.entries.evidence.wrapped, ['curve'])) });

const vectorOrigin = v.object({ origin: v.string(), vectors: v.number() });

/** What is written beside every export, and what `dragoman replay` reads: everything that decided the bytes, and everything a lawyer asks. */
export const manifest = v.object({
  manifest: v.literal('dragoman-export'),
  version: v.literal(1),
  program: v.object({ name: v.string(), version: v.string(), node: v.string(), platform: v.string(), architecture: v.string() }),
  inputs: v.array(input),
  run: v.nullable(v.object({
    kind: v.picklist(['mine', 'score-bitext']), signature: v.string(), source: v.number(), target: v.number(), settings: mineSettings, plan: minePlan,
    /** The runs that this one carries on, the oldest first; each plan names the one before it by its number. Replay makes them again. */
    earlier: v.optional(v.array(v.object({ run: v.number(), source: v.number(), target: v.number(), settings: mineSettings, plan: minePlan })), []),
    cut: v.nullable(v.number()), cutBy: v.nullable(v.string()), threshold: v.nullable(threshold), counts: v.nullable(runCounts),
    refinement: v.nullable(v.record(v.string(), v.unknown())),
    /** Vectors by the encoding that made them, in the order of the encodings; `collection:N` names an input above. */
    vectors: v.array(vectorOrigin),
    warnings: v.array(v.string()),
  })),
  encoders: v.array(v.object({ id: v.string(), title: v.string(), hash: v.string(), licence: v.nullable(v.string()), source: v.nullable(v.string()), checksums: v.record(v.string(), v.object({ bytes: v.number(), sha256: v.string() })) })),
  selection: v.object({
    predicate: v.nullable(predicate), format: exportFormat, columns: v.array(v.string()), review: v.optional(v.boolean(), false), pairs: v.number(),
    /** Accepted or rejected by hand, in all pairs of the origin. */
    decisions: v.number(),
    /** Exported pairs whose texts are not those that were imported. */
    edited: v.optional(v.number(), 0),
    /** Pairs of the origin that a merge or an undone split hides, and that no export holds. */
    gone: v.optional(v.number(), 0),
  }),
  replacements: v.object({ breaks: v.number(), characters: v.number() }),
  outputs: v.array(exportedFile),
});
export type Manifest = v.InferOutput<typeof manifest>;

export type ManifestInput = {
  readonly project: Project; readonly models: ModelsService; readonly request: ExportRequest; readonly programVersion: string;
  readonly outputs: Manifest['outputs']; readonly counts: { readonly pairs: number; readonly breaks: number; readonly characters: number }; readonly edited: number;
};

const inputOf = (project: Project, id: number): Manifest['inputs'][number] => {
  const collection = project.collections.get(id, { removed: true });
  const { lines, empty, malformed, merged, size } = collection;
  return {
    collection: id, name: collection.name, kind: collection.kind, language: collection.language, targetLanguage: collection.targetLanguage, files: collection.files,
    counts: { lines, empty, malformed, merged, size },
  };
};

/** Vectors of a run by the encoding that made them, as the run wrote them down. */
const vectorsOf = (project: Project, run: Run): v.InferOutput<typeof vectorOrigin>[] => {
  const stored = project.meta(`run:${run.id}:origins`);
  return stored === null ? [] : v.parse(v.array(v.array(vectorOrigin)), JSON.parse(stored)).flat();
};

/** The runs that a run carries on, the oldest first, also removed ones; one that was purged ends the chain, and replay says so. */
const earlierRuns = (project: Project, run: Run): Run[] => {
  const planned = run.plan.earlier;
  if (planned === undefined || planned === null) return [];
  try {
    const earlier = project.runs.get(planned.run, { removed: true });
    return [...earlierRuns(project, earlier), earlier];
  } catch {
    return [];
  }
};

/** Builds the manifest of an export. Collections whose vectors were reused are inputs too, the oldest first, so that replay can make them again. */
export const buildManifest = async (given: ManifestInput): Promise<Manifest> => {
  const { project, request } = given;
  const run = 'run' in request.origin ? project.runs.get(request.origin.run) : null;
  const earlier = run === null ? [] : earlierRuns(project, run);
  const own = run === null ? ('collection' in request.origin ? [request.origin.collection] : []) : [...earlier, run].flatMap((one) => [one.source.collection, one.target.collection]);
  const vectors = run === null ? [] : vectorsOf(project, run);
  const origins = vectors.map((one) => Number(one.origin.replace(/^collection:/, ''))).filter(Number.isInteger);
  const ids = [...new Set([...origins, ...own])].filter((id) => isListed(project, id)).sort((left, right) => left - right);
  const listed = run === null ? [] : await given.models.list();
  const decisions = await project.pairs.count(request.origin, { kind: 'any', of: [{ kind: 'decision', by: null, value: 'accept' }, { kind: 'decision', by: null, value: 'reject' }] });
  const gone = project.pairs.range(request.origin).count - await project.pairs.count(request.origin, null);
  return {
    manifest: 'dragoman-export', version: 1,
    program: { name: 'dragoman', version: given.programVersion, node: versions.node, platform: process.platform, architecture: process.arch },
    inputs: ids.map((id) => inputOf(project, id)),
    run: run === null ? null : {
      kind: run.kind, signature: run.signature, source: run.source.collection, target: run.target.collection, settings: run.settings, plan: run.plan,
      earlier: earlier.map((one) => ({ run: one.id, source: one.source.collection, target: one.target.collection, settings: one.settings, plan: one.plan })), cut: run.cut, cutBy: run.cutBy,
      threshold: run.threshold === null ? null : withoutCurves(run.threshold), counts: run.counts, refinement: run.refinement,
      vectors,
      warnings: run.warnings.map((warning) => warning.text),
    },
    encoders: run === null ? [] : run.plan.encoders.map((planned) => {
      const encoder = listed.find((one) => one.encoder.id === planned.id)?.encoder;
      return { id: planned.id, title: encoder?.title ?? planned.id, hash: planned.hash, licence: encoder?.licence ?? null, source: encoder?.source ?? null, checksums: encoder?.checksums ?? {} };
    }),
    selection: { predicate: request.predicate, format: request.format, columns: request.columns, review: request.review ?? false, pairs: given.counts.pairs, decisions, edited: given.edited, gone },
    replacements: { breaks: given.counts.breaks, characters: given.counts.characters },
    outputs: given.outputs,
  };
};

const isListed = (project: Project, id: number): boolean => {
  try {
    project.collections.get(id, { removed: true });
    return true;
  } catch {
    return false;
  }
};

/** The curves are drawn from the pairs again; what was read off them stays. */
const withoutCurves = ({ curve: _curve, evidence, ...rest }: NonNullable<Run['threshold']>): v.InferOutput<typeof threshold> => {
  if (evidence === undefined) return rest;
  const { curve: _ofEvidence, ...known } = evidence;
  return { ...rest, evidence: known };
};
