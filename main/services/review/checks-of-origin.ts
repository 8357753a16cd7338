import type { PairOrigin } from '../../contract/pairs.ts';
import { createPairChecks, type PairChecks } from '../../domain/review/checks/check-pair.ts';
import type { TermList } from '../../domain/review/checks/terms.ts';
import type { Project } from '../../store/api.ts';
import { languagesOfPairs } from './languages.ts';

const slice = 16_384;
const made = new WeakMap<Project, Map<string, PairChecks>>();

/** The checks for the languages of an origin, with the term lists of the project. Made once for the same languages and lists. */
export const checksOfOrigin = (project: Project, origin: PairOrigin): PairChecks => {
  const languages = languagesOfPairs(project, origin);
  const lists = project.checks.termLists();
  const key = JSON.stringify([languages, lists.map(({ id, terms }) => [id, terms])]);
  const known = made.get(project) ?? new Map<string, PairChecks>();
  made.set(project, known);
  const checks = known.get(key) ?? createPairChecks(languages, lists.map(({ id, sourceLanguage, targetLanguage, terms }): TermList => ({
    languages: [sourceLanguage, targetLanguage],
    terms: Array.from({ length: Math.ceil(terms / slice) }, (_, no) => project.checks.terms(id, no * slice, slice)).flat(),
  })));
  if (known.size > 8) known.clear();
  known.set(key, checks);
  return checks;
};
