import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { keptPlace } from '../domain/desktop/window-place.ts';

const keptFacts = v.object({ window: v.optional(keptPlace), dumps: v.optional(v.boolean(), false) });
export type KeptFacts = v.InferOutput<typeof keptFacts>;
export type Kept = { read(): KeptFacts; write(part: Partial<KeptFacts>): void };

/** What the window's shell remembers between two starts. An unreadable file is an empty one: nothing of the user's work depends on it. */
export const keptIn = (path: string): Kept => {
  const read = (): KeptFacts => {
    try {
      return v.parse(keptFacts, JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      return { dumps: false };
    }
  };
  return {
    read,
    write: (part) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, JSON.stringify({ ...read(), ...part }));
      renameSync(`${path}.new`, path);
    },
  };
};
