import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { machineSettings, type MachineSettings } from '../../contract/settings.ts';

/** `settings.json` of the user's data folder. */
const settingsFile = v.strictObject({
  version: v.literal(1),
  settings: machineSettings,
  /** Cache folders that were chosen before: projects may still have their files there. */
  formerCaches: v.array(v.string()),
});
type SettingsFile = v.InferOutput<typeof settingsFile>;

/** What is left out stays. */
export type SettingsChange = { readonly [N in keyof MachineSettings]?: MachineSettings[N] | undefined };

export type SettingsStore = {
  readonly path: string;
  read(): MachineSettings;
  /** The chosen cache folder and those chosen before. */
  cacheFolders(): readonly string[];
  change(part: SettingsChange): void;
  /** A sentence about a file that could not be read; kept until the program ends. */
  problem(): string | null;
};

const usual: SettingsFile = { version: 1, settings: { provider: 'auto', threads: null, cacheFolder: null }, formerCaches: [] };

/** Reads the file whenever it is asked, because a command line and a window share it. */
export const openSettingsFile = (dataFolder: string): SettingsStore => {
  const path = join(dataFolder, 'settings.json');
  let problem: string | null = null;

  const read = (): SettingsFile => {
    let text: string;
    try { text = readFileSync(path, 'utf8'); } catch { return usual; }
    const checked = check(text);
    if (typeof checked !== 'string') return checked;
    const kept = putAside(path);
    problem = `The settings in ${path} could not be used: ${checked} The file is kept as ${kept}, and everything is set as at first.`;
    return usual;
  };

  return {
    path,
    read: () => read().settings,
    cacheFolders: () => { const { settings, formerCaches } = read(); return [...(settings.cacheFolder === null ? [] : [settings.cacheFolder]), ...formerCaches]; },
    change: ({ provider, threads, cacheFolder }) => {
      const before = read();
      const settings: MachineSettings = {
        provider: provider ?? before.settings.provider,
        threads: threads === undefined ? before.settings.threads : threads,
        cacheFolder: cacheFolder === undefined ? before.settings.cacheFolder : cacheFolder,
      };
      const left = before.settings.cacheFolder;
      const formerCaches = [...new Set([...(left === null ? [] : [left]), ...before.formerCaches])].filter((folder) => folder !== settings.cacheFolder);
      writeWhole(dataFolder, path, { version: 1, settings, formerCaches });
    },
    problem: () => { read(); return problem; },
  };
};

/** The file's content, or the sentence that says what is wrong with it. */
const check = (text: string): SettingsFile | string => {
  let found: unknown;
  try { found = JSON.parse(text); } catch { return 'it is not JSON.'; }
  const version = typeof found === 'object' && found !== null && 'version' in found ? found.version : undefined;
  if (typeof version === 'number' && version > 1) return 'a newer Dragoman has written it.';
  const checked = v.safeParse(settingsFile, found);
  if (checked.success) return checked.output;
  return `${checked.issues.map((issue) => `“${v.getDotPath(issue) ?? 'the file'}” is not what it should be`).join('; ')}.`;
};

/** Under a name that nothing has yet, so that a second bad file does not take the first one's place. */
const putAside = (path: string): string => {
  let kept = `${path}.unreadable`;
  for (let attempt = 2; existsSync(kept); attempt += 1) kept = `${path}.unreadable-${attempt}`;
  renameSync(path, kept);
  return kept;
};

/** Beside its place, then renamed: a crash leaves the old file or the new one. */
const writeWhole = (folder: string, path: string, file: SettingsFile): void => {
  mkdirSync(folder, { recursive: true });
  const partial = `${path}.${process.pid}.part`;
  const handle = openSync(partial, 'w');
  writeSync(handle, `${JSON.stringify(file, undefined, 1)}\n`);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(partial, path);
};
