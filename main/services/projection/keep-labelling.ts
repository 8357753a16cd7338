import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { TextSpan } from '../../contract/label.ts';
import type { ProjectionRequest } from '../../contract/projection.ts';
import { labelWords, type WordRange } from '../../domain/label/label-words.ts';
import type { Project } from '../../store/api.ts';
import type { FoundInSentence, WordLink } from '../../store/api-labellings.ts';
import type { LabelledPair, Places } from './find-places.ts';

/** Sentences a transaction: well under 20 ms. */
const slice = 256;

/**
 * Keeps what the methods found in the project, for people to decide where they differ.
 *
 * The same sentences with the same spans are the same labelling: another run writes what methods say anew, and never what people said.
 */
export const keepLabelling = async ({ labellings, operations }: Project, { input, settings }: ProjectionRequest, pairs: readonly LabelledPair[], places: Places, annotator: string, signal: AbortSignal): Promise<number> => {
  const { sourceLanguage, targetLanguage } = settings;
  const texts = createHash('sha256').update(JSON.stringify([sourceLanguage, targetLanguage, pairs])).digest('hex');
  const known = labellings.list().find(({ facts }) => facts['texts'] === texts);
  const id = known?.id ?? labellings.create({ name: `${basename(input)}, ${targetLanguage}`, sourceLanguage, targetLanguage, settings, facts: { texts, input } });
  const inSlices = async (write: (from: number, end: number) => void): Promise<void> => {
    for (let from = 0; from < pairs.length; from += slice) {
      write(from, Math.min(pairs.length, from + slice));
      await setImmediate();
      if (known === undefined) signal.throwIfAborted();
    }
  };
  try {
    if (known === undefined) {
      await inSlices((from, end) => labellings.add(id, pairs.slice(from, end).map(({ source, target, spans }) => ({ source, target, form: null, spans: spans.map(({ label, start, end: to }) => ({ label, source: { from: start, to } })) }))));
    }
    await inSlices((from, end) => labellings.found(id, new Map(pairs.slice(from, end).map((pair, index) => [from + index, foundIn(pair, places, from + index, settings)]))));
  } catch (thrown) {
    if (known === undefined) labellings.discard(id);
    throw thrown;
  }
  if (known === undefined) {
    labellings.finish(id);
    await operations.run({ title: `Carried the labels of ${basename(input)} over`, annotator }, (recorder) => recorder.addedLabelling(id));
  }
  return id;
};

const foundIn = ({ source, target }: LabelledPair, { found, links }: Places, at: number, { sourceLanguage, targetLanguage }: ProjectionRequest['settings']): FoundInSentence => {
  const own = links[at] ?? [];
  if (own.length === 0) return { spans: found[at] ?? [], links: [] };
  const [sourceWords, targetWords] = [labelWords(source, sourceLanguage), labelWords(target, targetLanguage)];
  return { spans: found[at] ?? [], links: own.flatMap(([from, to]): WordLink[] => {
    const [one, other] = [asSpan(sourceWords[from]), asSpan(targetWords[to])];
    return one === null || other === null ? [] : [{ source: one, target: other }];
  }) };
};

const asSpan = (word: WordRange | undefined): TextSpan | null => (word === undefined ? null : { from: word[0], to: word[1] });
