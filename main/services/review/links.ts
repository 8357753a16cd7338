import { Failure } from '../../contract/errors.ts';
import type { linksContract } from '../../contract/review-links.ts';
import type { Implementation } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import type { EngineLink } from '../engine/index.ts';
import type { ModelsService } from '../models/index.ts';
import { presentPairs } from './context.ts';
import { similarPairs } from './similar-pairs.ts';
import { createWordLinks } from './word-links.ts';

export type LinksInput = { readonly project: () => Project; readonly engine: EngineLink; readonly models: ModelsService };

const mostSimilar = 100;

/** What the encoder knows about a pair beyond its score. */
export const createLinksService = ({ project, engine, models }: LinksInput): Implementation<typeof linksContract> => {
  const wordLinks = createWordLinks(engine, models);
  return {
    'review.similar': (question, { signal }) => {
      if (!Number.isInteger(question.count) || question.count < 1 || question.count > mostSimilar) throw new Failure('bad-input', `Between 1 and ${mostSimilar} similar pairs can be asked for.`);
      presentPairs(project(), { origin: question.origin, pairs: [question.pair] });
      return similarPairs({ project: project(), engine, models }, question, signal);
    },
    'review.wordLinks': ({ source, target }, { signal }) => wordLinks(source, target, signal),
  };
};
