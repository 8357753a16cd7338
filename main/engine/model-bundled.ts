import type { EncoderDescription } from '../contract/models.ts';
import { describeBundled } from '../domain/models/bundled-model.ts';
import { modelHash, readModelJson } from './model-files.ts';

/** The description that the folder's own `model.json` gives; undefined where there is none, or where it is another program's file of that name. */
export const readBundledModel = async (folder: string): Promise<EncoderDescription | undefined> => describeBundled(folder, await readModelJson(folder, 'model.json'), modelHash);
