/** Is what `npm run package` makes always the same, and does it work as far as that can be seen without Electron? */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputFolder } from './configuration.ts';
import { packageProgram, resourcesOf, root, thisTarget } from './pack.ts';
import { asLines, differences, listTree } from './packed-tree.ts';
import { smokePackaged } from './smoke.ts';

/** Packs twice, leaves the list of files as `dist/files-SYSTEM-PROCESSOR.txt`, and tries the second tree. Returns whether all is well. */
export const checkPackaging = async (): Promise<boolean> => {
  const [first, second] = [await listOfOne(), await listOfOne()];
  const { platform, arch } = thisTarget();
  const list = join(outputFolder, `files-${platform}-${arch}.txt`);
  writeFileSync(join(root, list), asLines(second.files));
  const different = differences(first.files, second.files);
  for (const line of different.slice(0, 20)) console.log(line);
  console.log(different.length === 0 ? `\nPacked twice: the same ${second.files.length} files, listed with size and hash in ${list}\n` : `\nPacked twice: ${different.length} files differ.\n`);
  return smokePackaged(second.folder) && different.length === 0;
};

const listOfOne = async () => {
  const folder = await packageProgram({ directoryOnly: true });
  return { folder, files: listTree(folder, resourcesOf(folder)) };
};
