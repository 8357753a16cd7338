import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { Failure } from '../../contract/errors.ts';
import { flag, type PairOrigin } from '../../contract/pairs.ts';
import { scheme } from '../../contract/review.ts';
import type { Project } from '../../store/api.ts';
import type { FileKind } from './json-lines.ts';

/**
 * The two files that carry work between projects: a work package goes out, the work done on it comes back. Gzipped lines of JSON: a header, the
 * records, and how many they were. No path and no code is in them.
 */
export const packageKind: FileKind = { dragoman: 'work-package', version: 1, title: 'a work package' };
export const workKind: FileKind = { dragoman: 'work', version: 1, title: 'the work done on a package' };

const name = v.pipe(v.string(), v.regex(/^[^\p{Cc}]{1,200}$/u));
const language = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,35}$/));
/** One line, no NUL: as every text of a project. */
const text = v.pipe(v.string(), v.maxLength(1_000_000), v.regex(/^[^\n\0]*$/));
const pairNumber = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff));
const seconds = pairNumber;
/** The annotator of the project that sent the package: the name may change, the moment it was added does not. */
const who = v.object({ name, createdAt: v.number() });
const fingerprint = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

export const packageHead = v.object({
  createdAt: v.number(), origin: v.object({ name, fingerprint }), sourceLanguage: language, targetLanguage: language,
  queue: v.object({ name, blind: v.boolean() }), annotator: who, scheme,
});
export type PackageHead = v.InferOutput<typeof packageHead>;

export const termsLine = v.object({ terms: v.object({ name, sourceLanguage: language, targetLanguage: language, list: v.array(v.tuple([text, text])) }) });
export const packageLine = v.object({ pair: pairNumber, source: text, target: text, sourceId: text, targetId: text });
export const endLine = v.object({ end: v.number() });

export const workHead = v.object({ createdAt: v.number(), origin: v.object({ fingerprint }), queue: v.object({ name }), annotator: who });
const edit = v.object({ from: text, to: text });
const said = {
  decision: v.picklist(['none', 'accept', 'reject', 'unsure']), label: v.nullable(v.pipe(v.string(), v.maxLength(500))), reason: v.nullable(v.pipe(v.string(), v.maxLength(200))), at: seconds,
  flags: v.array(flag), comments: v.pipe(v.array(v.pipe(v.string(), v.maxLength(10_000))), v.maxLength(1_000)),
};
export const workLine = v.object({ pair: pairNumber, source: v.nullable(edit), target: v.nullable(edit), ...said });
export type WorkLine = v.InferOutput<typeof workLine>;

const several = <Schema extends v.GenericSchema>(schema: Schema) => v.pipe(v.array(schema), v.minLength(1), v.maxLength(1_000));
/** Pairs that were cut or joined: as they were sent, what is there now (`pair` null: made by a cut, of the text of `from`), and in which of those (by place) each of the others is. */
export const regroupedLine = v.object({ regrouped: v.object({
  at: seconds, pairs: several(v.object({ pair: pairNumber, source: text, target: text })),
  made: several(v.object({ pair: v.nullable(pairNumber), from: pairNumber, source: text, target: text, ...said })),
  gone: v.pipe(v.array(v.object({ pair: pairNumber, into: pairNumber })), v.maxLength(1_000)),
}) });
export type RegroupedLine = v.InferOutput<typeof regroupedLine>['regrouped'];

export const recordLine = (record: unknown): string => `${JSON.stringify(record).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;

/** The files are always packed, and say so. */
export const packedPath = (path: string): string => (path.endsWith('.gz') ? path : `${path}.gz`);

/** What tells pairs from all others, in copies of the project too: when they came, their numbers, and how many sentences they join. */
export const fingerprintOf = (project: Project, origin: PairOrigin): string => {
  const { first, source, target } = project.pairs.block(origin);
  const { createdAt } = 'run' in origin ? project.runs.get(origin.run) : project.collections.get(origin.collection);
  return createHash('sha256').update(JSON.stringify(['run' in origin, createdAt, first, project.sentences.count(source), project.sentences.count(target)])).digest('hex');
};

/** Null: none of this project's pairs. */
export const originOfFingerprint = (project: Project, wanted: string): PairOrigin | null => {
  const origins: PairOrigin[] = [...project.runs.list().map(({ id }) => ({ run: id })), ...project.collections.list().filter(({ kind }) => kind === 'bitext').map(({ id }) => ({ collection: id }))];
  return origins.find((origin) => isOf(project, origin, wanted)) ?? null;
};

const isOf = (project: Project, origin: PairOrigin, wanted: string): boolean => {
  try {
    return fingerprintOf(project, origin) === wanted;
  } catch (thrown) {
    // A run that has no pairs yet.
    if (thrown instanceof Failure) return false;
    throw thrown;
  }
};

/** What a project remembers about a collection that came as a package. */
const openedPackage = v.object({ fingerprint, queue: v.string(), annotator: who, /** Numbers of the pairs where they come from, in order: u32, little-endian, base64. */ pairs: v.string() });
export type OpenedPackage = Omit<v.InferOutput<typeof openedPackage>, 'pairs'> & { readonly pairs: Uint32Array };

const metaKey = (collection: number): string => `work-package:${collection}`;

export const rememberPackage = (project: Project, collection: number, { pairs, ...opened }: OpenedPackage): void =>
  project.setMeta(metaKey(collection), JSON.stringify({ ...opened, pairs: Buffer.from(pairs.buffer, pairs.byteOffset, pairs.byteLength).toString('base64') }));

/** Null: the collection did not come as a package. */
export const packageOf = (project: Project, origin: PairOrigin): OpenedPackage | null => {
  const stored = 'collection' in origin ? project.meta(metaKey(origin.collection)) : null;
  if (stored === null) return null;
  const { pairs, ...opened } = v.parse(openedPackage, JSON.parse(stored));
  return { ...opened, pairs: new Uint32Array(Uint8Array.from(Buffer.from(pairs, 'base64')).buffer) };
};
