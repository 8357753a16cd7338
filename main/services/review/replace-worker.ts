import { parentPort, workerData } from 'node:worker_threads';
import { createReplace, type Replaced, type Replacement } from '../../domain/review/replace-text.ts';
import { asMany, asOne, type TextsAsOne } from './texts-as-one.ts';

/** Replacing by an expression, in a thread that can be stopped: some expressions never end. `at` tells where it is. */

export type ReplaceData = { readonly replacement: Replacement; readonly language: string; readonly at: Int32Array<SharedArrayBuffer> };
export type ReplaceAnswer = TextsAsOne & { readonly places: Uint32Array };

const { replacement, language, at } = workerData as ReplaceData;
const replace = createReplace(replacement, language);

parentPort?.on('message', (asked: TextsAsOne) => {
  const replaced = asMany(asked).map((text, place): Replaced => {
    Atomics.store(at, 0, place);
    return replace(text);
  });
  parentPort?.postMessage({ ...asOne(replaced.map(({ text }) => text)), places: Uint32Array.from(replaced, ({ places }) => places) } satisfies ReplaceAnswer);
});
