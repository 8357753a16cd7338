import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../contract/errors.ts';
import type { InputOf, OutputOf } from '../../contract/method.ts';
import type { PairOrigin } from '../../contract/pairs.ts';
import type { teamContract } from '../../contract/review-team.ts';
import type { Scheme } from '../../contract/review.ts';
import { checkedScheme } from '../../domain/review/schemes/check-scheme.ts';
import { bundledSchemes } from '../../domain/review/schemes/schemes.ts';
import type { Project } from '../../store/api.ts';
import type { TermPair } from '../../store/api-checks.ts';
import type { StoredAnnotator } from '../../store/api-review.ts';
import { atomicFiles } from '../export/index.ts';
import { mostTerms } from './checks-terms.ts';
import type { ReviewContext } from './context.ts';
import { checkEnd, checked, damaged, headOf, jsonLinesOf, type JsonLine } from './json-lines.ts';
import { languagesOfPairs } from './languages.ts';
import { schemeById } from './schemes.ts';
import { endLine, fingerprintOf, packageHead, packageKind, packageLine, packedPath, recordLine, rememberPackage, termsLine, type PackageHead } from './work-files.ts';

type Written = OutputOf<(typeof teamContract)['review.writePackage']>;
type Opened = OutputOf<(typeof teamContract)['review.openPackage']>;

const slice = 500;
const termsOfLine = 200;
export const mostPackagePairs = 10_000_000;

/** A queue as one file for one annotator: texts as they read now, the label scheme, the term lists of the two languages. Nobody's judgements are in it. */
export const writePackage = async ({ project: current, now }: ReviewContext, { queue: id, annotator, path, overwrite }: InputOf<(typeof teamContract)['review.writePackage']>, signal: AbortSignal): Promise<Written> => {
  const project = current();
  const queue = project.queues.get(id);
  const { name, createdAt } = project.reviews.annotator(annotator);
  if (queue.annotators.length > 0 && !queue.annotators.includes(annotator)) throw new Failure('bad-input', `“${queue.name}” is shared out among others; ${name} has no part in it.`, { detail: 'Nothing was written.', hint: 'Choose somebody who has, or make a queue for them.' });
  const view = project.queues.view(queue, annotator);
  const { count } = project.views.get(view);
  const { source: sourceLanguage, target: targetLanguage } = languagesOfPairs(project, queue.origin);
  const head: PackageHead = {
    createdAt: now(), origin: { name: nameOf(project, queue.origin), fingerprint: fingerprintOf(project, queue.origin) }, sourceLanguage, targetLanguage,
    queue: { name: queue.name, blind: queue.blind }, annotator: { name, createdAt }, scheme: schemeById(project, queue.scheme),
  };
  const files = atomicFiles([packedPath(path)], overwrite);
  try {
    const { dragoman, version } = packageKind;
    await files.write([recordLine({ dragoman, version, ...head })]);
    for (const line of termLines(project, sourceLanguage, targetLanguage)) await files.write([recordLine(line)]);
    for (let from = 0; from < count; from += slice) {
      signal.throwIfAborted();
      const rows = project.pairs.rows(queue.origin, project.views.ids(view, from, slice), []);
      await files.write([rows.map(({ id: pair, source, target }) => recordLine({ pair, source: source.text, target: target.text, sourceId: source.id, targetId: target.id })).join('')]);
      await setImmediate();
    }
    await files.write([recordLine({ end: count })]);
    const [file] = await files.commit();
    return { path: file?.path ?? path, pairs: count, bytes: file?.bytes ?? 0 };
  } catch (thrown) {
    files.discard();
    throw thrown;
  }
};

const nameOf = (project: Project, origin: PairOrigin): string => ('run' in origin ? project.runs.get(origin.run) : project.collections.get(origin.collection)).name;

const termLines = function* (project: Project, sourceLanguage: string, targetLanguage: string): Generator<unknown> {
  for (const list of project.checks.termLists()) {
    if (list.sourceLanguage !== sourceLanguage || list.targetLanguage !== targetLanguage) continue;
    for (let from = 0; from < list.terms; from += termsOfLine) {
      yield { terms: { name: list.name, sourceLanguage, targetLanguage, list: project.checks.terms(list.id, from, Math.min(termsOfLine, list.terms - from)) } };
    }
  }
};

/** Makes a bitext of the package's pairs, in the order in which they are to be judged, and a queue over it. A package that is damaged anywhere makes nothing. */
export const openPackage = async ({ project: current, now }: ReviewContext, path: string, signal: AbortSignal): Promise<Opened> => {
  const project = current();
  const filling = createFilling(project, path);
  try {
    for await (const lines of jsonLinesOf(path, signal)) {
      for (const line of lines) filling.add(line);
      await setImmediate();
    }
    const { head, collection, pairs, terms } = await filling.finish(await stat(path).then(({ size }) => size));
    const annotator = annotatorOf(project, head, now());
    rememberPackage(project, collection, { fingerprint: head.origin.fingerprint, queue: head.queue.name, annotator: head.annotator, pairs: Uint32Array.from(pairs) });
    await addTerms(project, terms);
    const origin = { collection };
    const ids = await project.pairs.select(origin, null, signal);
    const queue = await project.queues.create({
      name: head.queue.name, origin, predicate: null, sampling: { kind: 'all', sort: null }, scheme: schemeHere(project, head.scheme), annotators: [annotator.id], overlap: 0, blind: head.queue.blind, createdAt: now(),
    }, { all: ids, shares: new Map([[annotator.id, ids]]) });
    return { collection, queue: queue.id, annotator: annotator.id };
  } catch (thrown) {
    filling.abort();
    throw thrown;
  }
};

type Terms = ReadonlyMap<string, { readonly name: string; readonly sourceLanguage: string; readonly targetLanguage: string; readonly list: readonly TermPair[] }>;

/** The collection while it is filled; made once the header has been read. */
const createFilling = (project: Project, path: string) => {
  let begun: ReturnType<typeof beginCollection> | null = null;
  let end: number | null = null;
  const pairs: number[] = [];
  const terms = new Map<string, { name: string; sourceLanguage: string; targetLanguage: string; list: TermPair[] }>();
  let termCount = 0;
  const addTermsOf = ({ list, ...about }: { readonly name: string; readonly sourceLanguage: string; readonly targetLanguage: string; readonly list: readonly TermPair[] }): void => {
    const known = terms.get(about.name) ?? { ...about, list: [] };
    known.list.push(...list);
    terms.set(about.name, known);
    termCount += list.length;
  };
  return {
    add: ({ line, value, problem }: JsonLine): void => {
      if (begun === null) {
        begun = beginCollection(project, headOf(path, { value }, packageKind, packageHead));
        return;
      }
      if (problem !== null) throw damaged(path, line, problem);
      if (end !== null) throw damaged(path, line, 'it goes on behind its end');
      const pair = checked(packageLine, value);
      if (pair !== null) {
        begun.add(pair, line);
        pairs.push(pair.pair);
        if (pairs.length > mostPackagePairs) throw damaged(path, line, `a package has at most ${mostPackagePairs.toLocaleString('en')} pairs`);
        return;
      }
      const some = checked(termsLine, value);
      if (some !== null) {
        addTermsOf(some.terms);
        if (termCount > mostTerms) throw damaged(path, line, `a package has at most ${mostTerms.toLocaleString('en')} terms`);
        return;
      }
      end = checked(endLine, value)?.end ?? null;
      if (end === null) throw damaged(path, line, 'it is no pair');
    },
    finish: async (bytes: number) => {
      if (begun === null) throw damaged(path, 1, 'it is empty');
      checkEnd(path, end, pairs.length);
      if (pairs.length === 0) throw new Failure('empty-input', 'The work package has no pairs.', { detail: 'Nothing was taken over.' });
      await begun.finish(path, bytes, pairs.length);
      const { head, collection } = begun;
      return { head, collection, pairs, terms: terms as Terms };
    },
    abort: (): void => begun?.abort(),
  };
};

const beginCollection = (project: Project, head: PackageHead) => {
  const { sourceLanguage, targetLanguage } = head;
  const collection = project.collections.create({ name: head.queue.name, kind: 'bitext', language: sourceLanguage, targetLanguage });
  const sides = project.collections.sides(collection);
  const [sources, targets, pairs] = [project.sentences.writer(sides.source), project.sentences.writer(sides.target), project.pairs.writer({ collection }, sides)];
  return {
    head, collection,
    add: ({ source, target, sourceId, targetId }: { readonly source: string; readonly target: string; readonly sourceId: string; readonly targetId: string }, line: number): void => {
      pairs.add(sources.add(source.toWellFormed(), sourceId, 0, line), targets.add(target.toWellFormed(), targetId, 0, line), { file: 0, line });
    },
    finish: async (path: string, bytes: number, count: number): Promise<void> => {
      await sources.finish();
      await targets.finish();
      pairs.finish();
      const options = { layout: 'columns', compression: 'gz', encoding: 'utf-8', header: true, columns: [], language: sourceLanguage, targetLanguage, split: 'none' } as const;
      project.collections.finish(collection, { counts: { lines: count, empty: 0, malformed: 0, merged: 0, size: count }, files: [{ path, bytes, sha256: '', lines: count, options: { ...options, columns: [] } }], columns: [], state: 'ready' });
    },
    abort: (): void => {
      for (const writer of [sources, targets, pairs]) writer.abort();
      project.collections.discard(collection);
    },
  };
};

/** Who the package is for, here: by name, or as somebody new. */
const annotatorOf = (project: Project, { annotator: { name } }: PackageHead, at: number): StoredAnnotator =>
  project.reviews.annotators().find((one) => one.name === name.normalize('NFC').trim()) ?? project.reviews.addAnnotator(name, at);

/** The scheme's id here: its own where it comes along or is new or the same; else a free one, because a scheme that is used must not change. */
const schemeHere = (project: Project, scheme: Scheme): string => {
  if (bundledSchemes.some(({ id }) => id === scheme.id)) return scheme.id;
  const wanted = checkedScheme(scheme);
  const own = project.reviews.schemes();
  for (let no = 1; ; no += 1) {
    const named = no === 1 ? wanted : { ...wanted, id: `${wanted.id} ${no}` };
    const known = own.find(({ id }) => id === named.id);
    if (known === undefined) project.reviews.setScheme(named);
    if (known === undefined || JSON.stringify(known) === JSON.stringify(named)) return named.id;
  }
};

/** Lists that are not here already. */
const addTerms = async (project: Project, terms: Terms): Promise<void> => {
  const known = project.checks.termLists();
  for (const { list, ...about } of terms.values()) {
    if (known.some((one) => one.name === about.name && one.sourceLanguage === about.sourceLanguage && one.targetLanguage === about.targetLanguage && one.terms === list.length)) continue;
    const id = project.checks.addTermList(about);
    for (let from = 0; from < list.length; from += 2_048) {
      project.checks.addTerms(id, from, list.slice(from, from + 2_048));
      await setImmediate();
    }
  }
};
