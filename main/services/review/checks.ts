import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../contract/errors.ts';
import { type checksContract, type Finding } from '../../contract/review-checks.ts';
import type { PairOrigin } from '../../contract/pairs.ts';
import { checkMask, checkOf, checks } from '../../domain/review/checks/check-ids.ts';
import { named, type Found } from '../../domain/review/checks/found.ts';
import { readHash } from '../../domain/review/checks/repeated-side.ts';
import { normaliseLanguage } from '../../domain/text/language-code.ts';
import type { Implementation } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import type { Jobs } from '../jobs/index.ts';
import type { FileGate } from '../project/index.ts';
import { checksOfOrigin } from './checks-of-origin.ts';
import { changeIgnored, scopeOf } from './checks-ignored.ts';
import { followUpOf } from './checks-follow-up.ts';
import { checksJob } from './checks-job.ts';
import { otherLanguageFound } from './checks-language.ts';
import { createChecksWork } from './checks-run.ts';
import { importTerms } from './checks-terms.ts';
import { presentPairs } from './context.ts';
import { languagesOfPairs } from './languages.ts';

export type ChecksInput = { readonly project: () => Project; readonly jobs: Jobs; readonly gate: FileGate };

/** What rules find in pairs, what of it is set aside, and the term lists they ask. */
export const createChecksService = ({ project, jobs, gate }: ChecksInput): Implementation<typeof checksContract> => {
  jobs.register('check', createChecksWork(project));

  return {
    'review.check': ({ origin, pair, draft }) => findingsOf(project(), origin, pair, draft),
    'review.runChecks': ({ origin }) => ({ job: jobs.start(checksJob(project(), origin, project().pairs.range(origin).count)) }),
    'review.uncheckedPairs': ({ origin }) => ({
      pairs: project().checks.unchecked().find((one) => JSON.stringify(one.origin) === JSON.stringify(origin))?.count ?? 0, job: followUpOf(jobs, origin)?.id ?? null,
    }),
    'review.ignoreCheck': async ({ origin, pair, annotator, check, scope, ignore }) => {
      const opened = project();
      const by = opened.reviews.annotator(annotator);
      if (checkOf(check) === undefined) throw new Failure('bad-input', `There is no check “${check}”.`);
      presentPairs(opened, { origin, pairs: [pair] });
      const title = `${ignore ? 'Ignored' : 'Asked again for'} the check “${check}” ${{ once: `on pair ${pair}`, here: 'in these pairs', always: 'in the project' }[scope]}`;
      await opened.operations.run({ title, annotator: by.name, focusPair: pair, bulk: scope !== 'once' }, (recorder) => changeIgnored(opened, recorder, { origin, pair, check, scope, ignore }));
      return findingsOf(opened, origin, pair, null);
    },
    'review.terms': () => project().checks.termLists().map(({ id, name, terms, sourceLanguage, targetLanguage }) => ({ id, name, terms, languages: [sourceLanguage, targetLanguage] as [string, string] })),
    'review.importTerms': ({ path, sourceLanguage, targetLanguage }, { signal }) => importTerms(project(), gate.check(path), [languageOf(sourceLanguage), languageOf(targetLanguage)], signal),
    'review.removeTerms': ({ id }) => { project().checks.removeTermList(id); return {}; },
  };
};

const languageOf = (tag: string): string => {
  const known = normaliseLanguage(tag);
  if (known === null) throw new Failure('language-unknown', `“${tag}” is not the code of a language.`, { hint: 'Use a code such as de, zh-Hant or x-klingon.' });
  return known;
};

const findingsOf = async (project: Project, origin: PairOrigin, pair: number, draft: { readonly source: string; readonly target: string } | null): Promise<Finding[]> => {
  presentPairs(project, { origin, pairs: [pair] });
  const { source: [source = ''], target: [target = ''] } = draft === null ? project.pairs.texts(origin, [pair]) : { source: [draft.source], target: [draft.target] };
  const found = [...checksOfOrigin(project, origin).find(source, target), ...(draft === null ? await foundByRun(project, origin, pair, [source, target]) : [])];
  const ignored = project.checks.ignored(origin);
  const rank = (id: string): number => checkOf(id)?.bit ?? checks.length;
  return found.toSorted((left, right) => rank(left.check) - rank(right.check)).map(({ check, text, source: inSource, target: inTarget }) => ({
    check, severity: checkOf(check)?.severity ?? 'warning', text, source: inSource.map(([from, to]) => [from, to] as [number, number]), target: inTarget.map(([from, to]) => [from, to] as [number, number]), ignored: scopeOf(ignored, pair, check),
  }));
};

type RepeatedSide = { readonly check: 'same-source' | 'same-target'; readonly text: string; readonly source: readonly [number, number][]; readonly target: readonly [number, number][] };

/** What only a run of the checks finds: by the detectors of languages, and about all pairs together. Its words are about the texts as they read now. */
const foundByRun = async (project: Project, origin: PairOrigin, pair: number, texts: readonly [source: string, target: string]): Promise<(Found & { readonly check: string })[]> => {
  const columns = project.checks.existingColumns(origin);
  if (columns === null) return [];
  const bits = Number(project.columns.valuesOf(columns.open, [pair])[0]) | Number(project.columns.valuesOf(columns.ignored, [pair])[0]);
  const language = (bits & checkMask('language')) === 0 ? [] : await otherLanguageFound(languagesOfPairs(project, origin), ...texts);
  return [...language, ...await repeatedSides(project, origin, pair, texts, bits)];
};

/** With examples of the other texts where there still are some. */
const repeatedSides = async (project: Project, origin: PairOrigin, pair: number, texts: readonly [source: string, target: string], bits: number): Promise<RepeatedSide[]> => {
  const found: RepeatedSide[] = [];
  for (const [check, side] of [['same-source', 'source'], ['same-target', 'target']] as const) {
    if ((bits & checkMask(check)) === 0) continue;
    const others = await otherTexts(project, origin, pair, side, texts);
    const whole: [number, number][] = [[0, texts[side === 'source' ? 0 : 1].length]];
    const [what, rest] = side === 'source' ? ['source', 'translated otherwise'] : ['target', 'the translation of another source'];
    found.push({
      check, text: others.length === 0 ? `This ${what} is also ${rest}.` : `This ${what} is also ${rest}: ${named(others)}.`,
      source: side === 'source' ? whole : [], target: side === 'target' ? whole : [],
    });
  }
  return found;
};

const chunk = 65_536;
const examples = 3;

/** The other side of pairs with the same sentence on this one; edited texts are found by the next run, not here. */
const otherTexts = async (project: Project, origin: PairOrigin, pair: number, side: 'source' | 'target', [source, target]: readonly [string, string]): Promise<string[]> => {
  const { first, count } = project.pairs.range(origin);
  const ordinalsOf = (from: number, length: number) => project.pairs.ordinals(origin, from, length)[side === 'source' ? 'sources' : 'targets'];
  const [own = 0] = ordinalsOf(pair, 1);
  const mine = readHash(side === 'source' ? target : source);
  const found: string[] = [];
  for (let from = first; from < first + count && found.length < examples; from += chunk) {
    const ordinals = ordinalsOf(from, Math.min(chunk, first + count - from));
    const same = Uint32Array.from(ordinals.keys()).filter((at) => ordinals[at] === own).slice(0, chunk / 64).map((at) => from + at);
    const others = project.pairs.texts(origin, same)[side === 'source' ? 'target' : 'source'];
    found.push(...new Set(others.filter((text) => readHash(text) !== mine)));
    await setImmediate();
  }
  return found.slice(0, examples);
};
