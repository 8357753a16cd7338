import type { teamContract } from '../../contract/review-team.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import type { FileGate } from '../project/index.ts';
import type { ReviewContext } from './context.ts';
import { agreementOf } from './team-agreement.ts';
import { cutByEvidence, evidenceOf } from './team-evidence.ts';
import { importDecisions } from './team-import.ts';
import { openPackage, writePackage } from './team-package.ts';
import { mergeWork, writeWork } from './team-work.ts';

export type TeamServiceInput = ReviewContext & { readonly gate: FileGate; /** The name in the history where nobody has said who they are. */ readonly annotator: string };

/** Several annotators, in one project and in many: agreement, evidence for a cut, and files that carry work. */
export const createTeamService = ({ gate, annotator, ...context }: TeamServiceInput): Pick<PartOf<WorkbenchContract, 'review'>, keyof typeof teamContract> => {
  const seenBy = (asker: number | undefined): Project => context.project().seenBy(asker ?? null, 'figures');
  return {
    'review.agreement': (asked, { signal }) => agreementOf(seenBy(asked.annotator), asked, signal),
    'review.evidence': (asked, { signal }) => evidenceOf(seenBy(asked.annotator), asked, signal),
    'review.cutByEvidence': async (chosen) => {
      await cutByEvidence(seenBy(chosen.annotator), chosen, annotator, context.now());
      return {};
    },
    'review.writePackage': (asked, { signal }) => writePackage(context, { ...asked, path: gate.check(asked.path) }, signal),
    'review.openPackage': ({ path }, { signal }) => openPackage(context, gate.check(path), signal),
    'review.writeWork': (asked, { signal }) => writeWork(context, { ...asked, path: gate.check(asked.path) }, signal),
    'review.mergeWork': ({ path }, { signal }) => mergeWork(context, gate.check(path), signal),
    'review.importDecisions': (asked, { signal }) => importDecisions(context, { ...asked, path: gate.check(asked.path) }, signal),
  };
};
