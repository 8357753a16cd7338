import { Failure } from '../../contract/errors.ts';
import type { Scheme } from '../../contract/review.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import { checkedScheme } from '../../domain/review/schemes/check-scheme.ts';
import { bundledSchemes } from '../../domain/review/schemes/schemes.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import type { ReviewContext } from './context.ts';

type Part = Pick<PartOf<WorkbenchContract, 'review'>, 'review.schemes' | 'review.saveScheme' | 'review.removeScheme'>;

/** The schemes that come along, then the project's own. */
export const allSchemes = (project: Project): Scheme[] => [...bundledSchemes, ...project.reviews.schemes()];

export const schemeById = (project: Project, id: string): Scheme => {
  const found = allSchemes(project).find((scheme) => scheme.id === id);
  if (found === undefined) throw new Failure('not-found', `There is no label scheme “${id}” in this project.`, { hint: 'It may have been removed; choose another.' });
  return found;
};

export const createSchemes = ({ project }: ReviewContext): Part => ({
  'review.schemes': () => allSchemes(project()),
  'review.saveScheme': ({ scheme }) => {
    project().reviews.setScheme(checkedScheme(scheme));
    return allSchemes(project());
  },
  'review.removeScheme': ({ id }) => {
    if (!schemeById(project(), id).custom) throw new Failure('bad-input', 'Schemes that come along cannot be removed.');
    project().reviews.removeScheme(id);
    return allSchemes(project());
  },
});
