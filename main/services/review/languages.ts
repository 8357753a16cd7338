import type { PairOrigin } from '../../contract/pairs.ts';
import type { Project } from '../../store/api.ts';

/** The languages of both sides, whichever way the pairs came to be. */
export const languagesOfPairs = (project: Project, origin: PairOrigin): { readonly source: string; readonly target: string } => {
  if ('run' in origin) {
    const { source, target } = project.runs.get(origin.run);
    return { source: source.language, target: target.language };
  }
  const { language, targetLanguage } = project.collections.get(origin.collection);
  return { source: language, target: targetLanguage ?? 'und' };
};
