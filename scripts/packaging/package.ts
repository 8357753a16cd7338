/**
 * `npm run package`: installers for this system in `dist/`; `-- --dir` stops at the unpacked tree, which needs no Electron binary.
 *
 * `npm run package:check` (`-- --check`) packs the tree twice, holds the two to be the same file by file, and looks into it.
 * `-- --tested` leaves the one fuse on that Playwright needs; such a build is not for shipping.
 */
import { parseArgs } from 'node:util';
import { checkPackaging } from './check.ts';
import { packageProgram } from './pack.ts';

const { values } = parseArgs({ options: { dir: { type: 'boolean', default: false }, check: { type: 'boolean', default: false }, tested: { type: 'boolean', default: false } } });
if (values.check) process.exitCode = (await checkPackaging()) ? 0 : 1;
else {
  const folder = await packageProgram({ directoryOnly: values.dir, tested: values.tested });
  process.stderr.write(`Dragoman: the packaged program is in ${folder}${values.dir ? '' : ', its installers beside it'}. node scripts/smoke-packaged.ts looks into it.\n`);
}
