import { labelFormat, type LabelFormatName, type LabelledSentence } from '../../domain/label-formats/index.ts';
import { atomicFiles } from '../export/index.ts';

export type LabelFileRequest = { readonly path: string; readonly to: Extract<LabelFormatName, 'conll' | 'jsonl'>; readonly language: string; readonly overwrite: boolean };

/** Writes labelled sentences as one file, which appears whole or not at all; tells what the format could not say. */
export const writeLabelFile = async (sentences: readonly LabelledSentence[], { path, to, language, overwrite }: LabelFileRequest, signal: AbortSignal) => {
  const ordered = sentences.map(({ text, spans }) => ({ text, spans: spans.toSorted((left, right) => left.start - right.start || right.end - left.end) }));
  const { files, losses } = labelFormat(to).write({ sentences: ordered }, { language });
  const out = atomicFiles([path], overwrite);
  try {
    signal.throwIfAborted();
    await out.write([files.map(({ text }) => text).join('')]);
    const [file] = await out.commit();
    if (file === undefined) throw new Error('No file was written.');
    return { file, losses };
  } catch (thrown) {
    out.discard();
    throw thrown;
  }
};
