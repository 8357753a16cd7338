import type { LabelSpan } from '../../contract/label.ts';
import { preferred } from '../../domain/label/method-agreement.ts';
import type { LabelledSentence, LabelledSpan } from '../../domain/label-formats/index.ts';
import type { Project } from '../../store/api.ts';
import { writeLabelFile, type LabelFileRequest } from './write-label-file.ts';

export type LabellingExport = Omit<LabelFileRequest, 'language'> & { readonly labelling: number; readonly side: 'source' | 'target' };

/** Sentences read at a time. */
const slice = 1_000;

/** Writes one side of a labelling with its spans; of the translation those that stand: what was accepted, else what both methods or the better one say. */
export const exportLabelling = async (project: Project, { labelling, path, side, to, overwrite }: LabellingExport, signal: AbortSignal) => {
  const { labellings } = project;
  const { sourceLanguage, targetLanguage } = labellings.get(labelling);
  const total = labellings.counts(labelling).sentences;
  const sentences: LabelledSentence[] = [];
  for (let from = 0; from < total; from += slice) {
    signal.throwIfAborted();
    for (const sentence of labellings.sentences(labelling, from, slice)) {
      const spans = labellings.spansOf(labelling, sentence.no).flatMap((span) => (side === 'source' ? [{ label: span.label, start: span.source.from, end: span.source.to }] : standing(span)));
      sentences.push({ text: sentence[side], spans });
    }
    await new Promise((go) => { setImmediate(go); });
  }
  const { file, losses } = await writeLabelFile(sentences, { path, to, language: side === 'source' ? sourceLanguage : targetLanguage, overwrite }, signal);
  return { file, spans: sentences.reduce((sum, each) => sum + each.spans.length, 0), losses: [...new Set(losses.map(({ message }) => message))].slice(0, 100) };
};

/** Where a span stands in the translation: nowhere where somebody said so. */
const standing = ({ label, decision, chosen, found }: LabelSpan): LabelledSpan[] => {
  const place = decision === 'rejected' ? null : chosen ?? preferred(found);
  return place === null ? [] : [{ label, start: place.from, end: place.to }];
};
