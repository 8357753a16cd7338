import type { MinePlan } from '../../contract/mine.ts';

/** What a plan knows of the run that it carries on. */
export type EarlierFacts = {
  readonly run: number;
  readonly name: string;
  readonly sentences: { readonly source: number; readonly target: number };
  /** Sentences that the earlier run did not have. */
  readonly added: { readonly source: number; readonly target: number };
};

/** Seconds that a search takes however small it is. */
const start = 0.2;

/**
 * A plan of an exact search as one that carries an earlier run on: only new sources against everything and old ones against new targets.
 *
 * The linear map is off: it depends on all pairs. The means are those of the earlier run, so that its cosines stay valid.
 */
export const carryOn = (plan: MinePlan, earlier: EarlierFacts): MinePlan => {
  const { source, target } = earlier.sentences;
  const { added } = earlier;
  const share = (added.source * target + (source - added.source) * added.target) / Math.max(1, source * target);
  const stages = plan.stages.map((stage) => (stage.name === 'neighbours' ? { ...stage, seconds: start + Math.max(0, stage.seconds - start) * share } : stage));
  const reasons: MinePlan['reasons'] = plan.reasons.map((reason) => {
    if (reason.about === 'index') {
      return { about: 'index', text: `Carries "${earlier.name}" on: ${added.source} new ${added.source === 1 ? 'source' : 'sources'} and ${added.target} new ${added.target === 1 ? 'target' : 'targets'} are compared exactly; the neighbours among the others are known.` };
    }
    if (reason.about === 'refinement' && plan.centre) return { about: 'refinement', text: `The mean vectors of "${earlier.name}" are subtracted, so that its scores stay comparable; no linear map is tried.` };
    return reason;
  });
  return {
    ...plan, linearMap: 'off', stages, seconds: stages.reduce((sum, stage) => sum + stage.seconds, 0), reasons,
    earlier: { run: earlier.run, carried: true, newSources: added.source, newTargets: added.target },
  };
};

/** A plan that was to carry an earlier run on and cannot. */
export const cannotCarryOn = (plan: MinePlan, run: number, sentences: EarlierFacts['sentences'], problem: string): MinePlan => ({
  ...plan, warnings: [...plan.warnings, `Everything will be compared anew: ${problem}.`],
  earlier: { run, carried: false, newSources: sentences.source, newTargets: sentences.target },
});
