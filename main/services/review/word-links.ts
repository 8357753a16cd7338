import { Failure } from '../../contract/errors.ts';
import type { OutputOf } from '../../contract/method.ts';
import type { EncoderDescription } from '../../contract/models.ts';
import type { linksContract } from '../../contract/review-links.ts';
import { wordSpans } from '../../domain/text/segments.ts';
import { createByteCache } from '../../store/byte-cache.ts';
import type { EngineLink } from '../engine/index.ts';
import type { ModelsService } from '../models/index.ts';

export type WordLinks = OutputOf<(typeof linksContract)['review.wordLinks']>;
export type LinkedText = { readonly text: string; readonly language: string };

/** An encoder reads no more than some hundred words; what comes later has no links. */
const longestText = 8_000;
const keptBytes = 4 * 1024 * 1024;

/** Word links by the first encoder that shows the states of single words; what was asked before is kept. */
export const createWordLinks = (engine: EngineLink, models: ModelsService): ((source: LinkedText, target: LinkedText, signal: AbortSignal) => Promise<WordLinks>) => {
  const known = createByteCache<WordLinks>(keptBytes, ({ source, target, links }) => 64 * (source.length + target.length + links.length) + 1024);
  /** Encoders that have said they cannot, by their hash. */
  const without = new Set<string>();

  const asked = async (encoder: EncoderDescription, source: LinkedText, target: LinkedText, signal: AbortSignal): Promise<WordLinks> => {
    const sides = [source, target].map(({ text, language }) => ({ text: text.slice(0, longestText), words: wordSpans(text.slice(0, longestText), language) }));
    const [left, right] = [sides[0] ?? { text: '', words: [] }, sides[1] ?? { text: '', words: [] }];
    if (left.words.length === 0 || right.words.length === 0) return { source: left.words, target: right.words, links: [] };
    const { links } = await (await engine.client()).call('engine.wordLinks', { encoder, source: left, target: right }, { signal });
    return { source: left.words, target: right.words, links };
  };

  return async (source, target, signal) => {
    for (const { encoder } of models.candidates()) {
      if (without.has(encoder.hash)) continue;
      const key = JSON.stringify([encoder.hash, source, target]);
      const before = known.get(key);
      if (before !== undefined) return before;
      try {
        const found = await asked(encoder, source, target, signal);
        known.set(key, found);
        return found;
      } catch (thrown) {
        if (!(thrown instanceof Failure) || thrown.data.code !== 'model-unsupported') throw thrown;
        without.add(encoder.hash);
      }
    }
    throw new Failure('model-missing', 'No encoder here shows the states of single words, so words cannot be linked.', { hint: 'Add multilingual-e5-small, or another encoder that is exported with its hidden states.' });
  };
};
