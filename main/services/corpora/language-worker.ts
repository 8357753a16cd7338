import { parentPort } from 'node:worker_threads';
import { guessLanguages } from '../../domain/text/detect-language.ts';

/** The detectors in a thread of their own: their tables take a second to load and 100 MB to hold, neither of which the workbench should feel. */

export type LanguageQuestion = { readonly no: number; readonly lines: readonly string[] };
export type LanguageAnswer = { readonly no: number; readonly languages: ReturnType<typeof guessLanguages> };

parentPort?.on('message', ({ no, lines }: LanguageQuestion) => {
  parentPort?.postMessage({ no, languages: guessLanguages(lines) } satisfies LanguageAnswer);
});
