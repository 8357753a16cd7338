import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { licenceEntry } from '../../contract/about.ts';
import { Failure } from '../../contract/errors.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';

/** The part of the bundle that is used; its whole shape stands at the head of `scripts/packaging/licences.ts`. */
const bundle = v.object({ format: v.literal(1), entries: v.array(licenceEntry), texts: v.record(v.string(), v.string()) });
type Bundle = v.InferOutput<typeof bundle>;

/** The licences of everything the program brings. Read when asked, and not kept: it is a megabyte that few ever look at. */
export const createAbout = ({ resourcesFolder }: { readonly resourcesFolder: string }): PartOf<WorkbenchContract, 'about'> => {
  const places = [join(resourcesFolder, 'licences.json'), join(resourcesFolder, '..', 'licences.json'), join(resourcesFolder, '..', 'out', 'licences.json')];
  const read = (): { readonly file: string; readonly found: Bundle | null } => {
    for (const file of places) {
      const text = textOf(file);
      if (text !== undefined) return { file, found: parse(file, text) };
    }
    return { file: places.at(-1) ?? '', found: null };
  };
  return {
    'about.licences': () => { const { file, found } = read(); return { file, entries: found === null ? null : found.entries }; },
    'about.licenceTexts': ({ texts }) => { const { found } = read(); return texts.map((text) => found?.texts[text] ?? ''); },
  };
};

const textOf = (file: string): string | undefined => {
  try { return readFileSync(file, 'utf8'); } catch { return undefined; }
};

const parse = (file: string, text: string): Bundle => {
  try {
    return v.parse(bundle, JSON.parse(text));
  } catch {
    throw new Failure('malformed-input', `The list of licences in ${file} cannot be read.`, { hint: 'Install the program anew; the licences also lie beside it as LICENCES.txt.' });
  }
};
