import { Failure } from '../contract/errors.ts';
import type { engineContract } from '../contract/engine.ts';
import type { Implementation } from '../rpc/server.ts';
import { translateTexts } from './seq2seq/translate-texts.ts';
import type { TranslationModels } from './seq2seq/translation-models.ts';

export type TranslationPart = Pick<Implementation<typeof engineContract>, 'engine.translationModel' | 'engine.translate'>;

/** Translation: what a model's folder says of itself, and texts in, translations out. */
export const createTranslationMethods = ({ models }: { readonly models: TranslationModels }): TranslationPart => ({
  'engine.translationModel': ({ model, provider, threads, pair }) => models.use({ ...model, provider, threads }, async ({ files, family, languages, controls }) => {
    if (pair !== null) controls(...pair);
    const { folder, precision, hash, vocabularySize, longest } = files;
    return { folder, precision, family, hash, vocabularySize, longest, languages: languages === null ? null : [...languages] };
  }),
  'engine.translate': ({ model, provider, threads, ...request }, { signal, item }) => models.use({ ...model, provider, threads }, async (opened) => {
    if (request.search.kind === 'sample' && request.texts.some(({ terms }) => terms.length > 0)) throw new Failure('bad-input', 'Terms can be asked of a beam search only, not of samples.', { hint: 'Leave the glossary out, or search with beams.' });
    const controls = opened.controls(request.sourceLanguage, request.targetLanguage);
    const scorer = opened.scorer(controls, 'batch', signal);
    await translateTexts(opened, request, scorer, controls, (texts) => item({ texts: [...texts] }), signal);
    const { calls, rows } = scorer.effort;
    return { calls, rows };
  }),
});
