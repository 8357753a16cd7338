import { parentPort } from 'node:worker_threads';
import { guessLanguages } from '../../domain/text/detect-language.ts';
import { createLanguageTest } from '../../domain/text/language-of-text.ts';

/** The detectors in a thread of their own: their tables take a second to load and 100 MB to hold, neither of which the workbench should feel. */

/** Of all lines together, or of each where another language than `expected` is looked for. */
export type LanguageQuestion = { readonly no: number; readonly lines: readonly string[]; readonly expected: string | null };
export type LanguageAnswer = { readonly no: number; readonly languages: ReturnType<typeof guessLanguages> | readonly (string | null)[] };

parentPort?.on('message', ({ no, lines, expected }: LanguageQuestion) => {
  parentPort?.postMessage({ no, languages: expected === null ? guessLanguages(lines) : lines.map(createLanguageTest(expected)) } satisfies LanguageAnswer);
});
