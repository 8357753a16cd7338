import { readFileSync } from 'node:fs';
import * as v from 'valibot';

export { userDataFolder } from '../data-folder.ts';

/** The program's version, from package.json. */
export const programVersion = (): string => v.parse(v.object({ version: v.string() }), JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))).version;
