import { parentPort, workerData } from 'node:worker_threads';
import { editedText } from '../../domain/review/edited-text.ts';
import { createReplace, type Replacement } from '../../domain/review/replace-text.ts';
import { asOne, textsIn, type TextsAsOne } from './texts-as-one.ts';

/** Replacing by an expression, in a thread that can be stopped: some expressions never end. `at` tells where it is. */

export type ReplaceData = { readonly replacement: Replacement; readonly language: string; readonly at: Int32Array<SharedArrayBuffer> };
/** `json`: the texts, as a list. `wanted`: the new texts, too; else only which they are. */
export type ReplaceQuestion = { readonly json: Uint8Array; readonly wanted: boolean };
/** The texts that would read otherwise, by their place, and in how many places of theirs. */
export type ReplaceAnswer = TextsAsOne & { readonly found: Uint32Array; readonly places: Uint32Array };

const { replacement, language, at } = workerData as ReplaceData;
const replace = createReplace(replacement, language);

parentPort?.on('message', ({ json, wanted }: ReplaceQuestion) => {
  const [texts, found, places]: [string[], number[], number[]] = [[], [], []];
  textsIn(json).forEach((text, place) => {
    Atomics.store(at, 0, place);
    const replaced = replace(text);
    const changed = replaced.places === 0 ? text : editedText(replaced.text);
    if (changed === text) return;
    if (wanted) texts.push(changed);
    found.push(place);
    places.push(replaced.places);
  });
  parentPort?.postMessage({ ...asOne(texts), found: Uint32Array.from(found), places: Uint32Array.from(places) } satisfies ReplaceAnswer);
});
