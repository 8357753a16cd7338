import { basename, dirname, join } from 'node:path';
import type { LabelSpan } from '../../contract/label.ts';
import { preferred } from '../../domain/label/method-agreement.ts';
import { labelFormat, type LabelFormatName, type LabelledSentence, type LabelledSpan } from '../../domain/label-formats/index.ts';
import type { Project } from '../../store/api.ts';
import { atomicFiles } from '../export/index.ts';

export type LabellingExport = { readonly labelling: number; readonly path: string; readonly side: 'source' | 'target'; readonly to: Extract<LabelFormatName, 'conll' | 'jsonl'>; readonly overwrite: boolean };

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
      sentences.push({ text: sentence[side], spans: spans.sort((left, right) => left.start - right.start || right.end - left.end) });
    }
    await new Promise((go) => { setImmediate(go); });
  }
  const { files, losses } = labelFormat(to).write({ sentences }, { language: side === 'source' ? sourceLanguage : targetLanguage });
  const out = atomicFiles([join(dirname(path), basename(path))], overwrite);
  try {
    await out.write([files.map(({ text }) => text).join('')]);
    const [file] = await out.commit();
    if (file === undefined) throw new Error('No file was written.');
    return { file, spans: sentences.reduce((sum, each) => sum + each.spans.length, 0), losses: [...new Set(losses.map(({ message }) => message))].slice(0, 100) };
  } catch (thrown) {
    out.discard();
    throw thrown;
  }
};

/** Where a span stands in the translation: nowhere where somebody said so. */
const standing = ({ label, decision, chosen, found }: LabelSpan): LabelledSpan[] => {
  const place = decision === 'rejected' ? null : chosen ?? preferred(found);
  return place === null ? [] : [{ label, start: place.from, end: place.to }];
};
