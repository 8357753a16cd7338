/**
 * `npm start`: set up, then the workbench in Electron's window, or served on the loopback where there can be no window; `--window` and `--serve` force either.
 *
 * Which and why: choose-host.mjs. Further options go to the served page (`npm start -- --help`), files and `--project FILE` to either.
 */
import { chooseHost, readWish } from './choose-host.mjs';
import { cannotStart, fetchElectron, findElectron, reasonNotToFetch, runElectron } from './electron-binary.mjs';
import { buildPageIfStale, buildProgramIfStale, main, projectNode, root, runForHours, say, setUp, SetUpError } from './set-up.mjs';

await main(async () => {
  const read = readWish(process.argv.slice(2));
  if (typeof read === 'string') throw new SetUpError(read);
  await setUp();
  const { host, because } = await chosenHost(read.wish);
  if (host === 'none') throw new SetUpError(`The window cannot be opened. ${because} "npm start -- --serve" serves the page instead.`);
  if (host === 'window') {
    const built = await buildProgramIfStale();
    if (built !== 0) return built;
    const code = await runElectron(findElectron(root), root, read.rest);
    if (code !== cannotStart) return code;
    if (read.wish === 'window') throw new SetUpError('The window cannot be opened: Electron does not start here (what it said stands above). "npm start -- --serve" serves the page instead.');
    say('Dragoman: Electron does not start here; serving the page instead.');
  } else if (because !== undefined) say(`Dragoman: no window: ${because} Serving the page instead.`);
  const page = await buildPageIfStale();
  if (page !== 0) return page;
  return runForHours('main/hosts/server/start.ts', read.rest);
});

async function chosenHost(wish) {
  const facts = { wish, platform: process.platform, environment: process.env, root: process.getuid?.() === 0 };
  const asked = wish === 'window';
  const first = chooseHost({ ...facts, binary: findElectron(root) !== null, noFetch: asked ? null : reasonNotToFetch(root) });
  if (first.host !== 'fetch') return first;
  const noFetch = await fetchElectron(root, { node: projectNode, asked, say }) ?? 'What was fetched holds no program for this machine.';
  return chooseHost({ ...facts, binary: findElectron(root) !== null, noFetch });
}
