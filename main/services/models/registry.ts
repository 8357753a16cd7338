import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { encoderDescription, provider, providerMeasure, type EncoderDescription, type Provider, type ProviderMeasure } from '../../contract/models.ts';

/** `models.json` of the user's data folder: added encoders, and what was measured on this machine, by encoder hash. */
const registryFile = v.object({
  version: v.literal(1),
  added: v.array(encoderDescription),
  measures: v.record(v.string(), v.array(providerMeasure)),
  /** The provider that is being tried: still there after a start, it took the engine down. */
  trying: v.nullable(provider),
});
type RegistryFile = v.InferOutput<typeof registryFile>;

export type Registry = {
  added(): readonly EncoderDescription[];
  add(encoder: EncoderDescription): void;
  remove(id: string): void;
  measures(hash: string): readonly ProviderMeasure[];
  setMeasure(hash: string, measure: ProviderMeasure): void;
  trying(): Provider | null;
  setTrying(provider: Provider | null): void;
  /** A sentence about a registry that could not be read; the unreadable file is kept beside the new one. */
  readonly problem: string | null;
};

const empty: RegistryFile = { version: 1, added: [], measures: {}, trying: null };

export const openRegistry = (dataFolder: string): Registry => {
  const path = join(dataFolder, 'models.json');
  const { file, problem } = read(path);
  let state = file;
  const save = (next: RegistryFile): void => {
    write(dataFolder, path, next);
    state = next;
  };
  return {
    problem,
    added: () => state.added,
    add: (encoder) => { save({ ...state, added: [...state.added.filter((one) => one.id !== encoder.id), encoder] }); },
    remove: (id) => { save({ ...state, added: state.added.filter((one) => one.id !== id) }); },
    measures: (hash) => state.measures[hash] ?? [],
    setMeasure: (hash, measure) => {
      const others = (state.measures[hash] ?? []).filter((one) => one.provider !== measure.provider);
      save({ ...state, measures: { ...state.measures, [hash]: [...others, measure] } });
    },
    trying: () => state.trying,
    setTrying: (trying) => { save({ ...state, trying }); },
  };
};

const read = (path: string): { readonly file: RegistryFile; readonly problem: string | null } => {
  if (!existsSync(path)) return { file: empty, problem: null };
  try {
    return { file: v.parse(registryFile, JSON.parse(readFileSync(path, 'utf8'))), problem: null };
  } catch {
    const kept = `${path}.unreadable`;
    renameSync(path, kept);
    return { file: empty, problem: `The list of added encoders could not be read; it is kept as ${kept}. Add the encoders again.` };
  }
};

/** Written whole beside its place, then renamed: a crash leaves the old file or the new one. */
const write = (folder: string, path: string, file: RegistryFile): void => {
  mkdirSync(folder, { recursive: true });
  const partial = `${path}.${process.pid}.part`;
  const handle = openSync(partial, 'w');
  writeSync(handle, `${JSON.stringify(file, undefined, 1)}\n`);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(partial, path);
};
