/**
 * `node scripts/smoke-packaged.ts [DIR]`: does the packaged program in DIR hold what it must, and do its parts work under plain Node?
 *
 * Without DIR the tree that `npm run package` left. Prints a table; ends with 1 when anything failed.
 */
import { resolve } from 'node:path';
import { thisTarget, unpackedFolder } from './packaging/pack.ts';
import { smokePackaged } from './packaging/smoke.ts';

const well = smokePackaged(resolve(process.argv[2] ?? unpackedFolder(thisTarget())));
console.log(well ? '\nAll is well.' : '\nSomething failed: see above.');
process.exitCode = well ? 0 : 1;
