/**
 * Electron's program: where it is, and one bounded try to fetch it. Plain JavaScript for any Node >= 20, see set-up.mjs.
 *
 * Decided by files alone: `require('electron')` would download it. Since Electron 42 npm does not fetch it; its own `install.js` does, and checks what it got.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runProgram } from './set-up.mjs';

const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', mas: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/** The version that the checkout wants, or null where the package itself is absent. */
export const electronVersion = root => {
  const text = textOf(join(root, 'node_modules', 'electron', 'package.json'));
  return text === null ? null : JSON.parse(text).version;
};

/** The path of the program, or null. `ELECTRON_OVERRIDE_DIST_PATH` names another folder with one; its version is its owner's choice. */
export function findElectron(root, environment = process.env, platform = process.platform) {
  const folder = join(root, 'node_modules', 'electron');
  const program = programs[platform] ?? 'electron';
  const chosen = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  if (chosen) return existing(join(chosen, program));
  if (textOf(join(folder, 'path.txt'))?.trim() !== program) return null;
  if (textOf(join(folder, 'dist', 'version'))?.trim().replace(/^v/, '') !== electronVersion(root)) return null;
  return existing(join(folder, 'dist', program));
}

/** Why Electron is not to be fetched now, as a sentence, or null. A try that failed is remembered for its version, so that no later start waits for the same again. */
export function reasonNotToFetch(root, environment = process.env) {
  const version = electronVersion(root);
  if (version === null) return 'The package electron is not installed.';
  if (environment['ELECTRON_OVERRIDE_DIST_PATH']) return `ELECTRON_OVERRIDE_DIST_PATH names ${environment['ELECTRON_OVERRIDE_DIST_PATH']}, and there is no Electron in it.`;
  if (environment['ELECTRON_SKIP_BINARY_DOWNLOAD'] || environment['CI']) return `Electron ${version} is not here, and ${environment['CI'] ? 'CI' : 'ELECTRON_SKIP_BINARY_DOWNLOAD'} is set: it is not fetched.`;
  const failed = remembered(root);
  return failed?.version === version ? `Electron ${version} could not be fetched at an earlier start (${failed.why}); "npm start -- --window" tries again.` : null;
}

/**
 * Fetches Electron with its own install.js, run by `node`. Resolves to null, or to why not; that is remembered.
 *
 * `asked`: somebody wants the window now; then it may take ten minutes. Otherwise three, and only where the place it comes from answers at once:
 * a start without a network is not to wait.
 */
export async function fetchElectron(root, { node, asked, environment = process.env, say, answers = placeAnswers }) {
  const version = electronVersion(root);
  const mirror = ['npm_config_electron_mirror', 'ELECTRON_MIRROR'].some(name => environment[name]);
  const place = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  let why = asked || mirror || await answers(place) ? null : 'github.com does not answer';
  if (why === null) {
    say(`Dragoman: fetching Electron ${version} for its window (once, about 110 MB; "npm start -- --serve" goes without) ...`);
    why = await install(join(root, 'node_modules', 'electron', 'install.js'), node, environment, asked ? 600_000 : 180_000);
  }
  if (why === null) forget(root);
  else remember(root, { version, why });
  return why === null ? null : `Electron ${version} could not be fetched: ${why}.`;
}

async function placeAnswers(place) {
  try {
    return (await fetch(place, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(3_000) })).status < 400;
  } catch {
    return false;
  }
}

function install(script, node, environment, limit) {
  return new Promise(resolve => {
    const child = spawn(node, [script], { cwd: dirname(script), stdio: ['ignore', 'ignore', 'pipe'], env: environment, timeout: limit, killSignal: 'SIGKILL' });
    const said = [];
    child.stderr.on('data', chunk => said.push(chunk));
    child.on('error', error => resolve(error.message));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(null);
      else if (signal === 'SIGKILL') resolve(`it took longer than ${limit / 60_000} minutes`);
      else resolve(shortest(Buffer.concat(said).toString()) ?? `its installer ended with code ${code}`);
    });
  });
}

/** The line of a stack that a person can use: `Error: getaddrinfo ENOTFOUND github.com`. The innermost cause comes last. */
function shortest(text) {
  const line = text.split('\n').filter(each => /\w*Error\b.*: /.test(each)).at(-1);
  return line?.replace(/^.*?\w*Error\b[^:]*: /, '').replace(/[{\s.]+$/, '').slice(0, 200);
}

const memory = root => join(root, '.stamps', 'electron-fetch.json');
const remembered = root => { const text = textOf(memory(root)); return text === null ? null : JSON.parse(text); };
const forget = root => rmSync(memory(root), { force: true });
const remember = (root, failed) => {
  mkdirSync(dirname(memory(root)), { recursive: true });
  writeFileSync(memory(root), JSON.stringify(failed));
};

/** As a shell reports a program that is there and cannot be run: a library of the system is missing, mostly. */
export const cannotStart = 127;

/** Runs Electron on the program built in `root` until its last window is closed; `--project FILE` is a file like others to it. Resolves to its exit code. */
export function runElectron(program, root, args) {
  const { ELECTRON_RUN_AS_NODE: _node, NODE_OPTIONS: _options, ...env } = process.env;
  const files = args.flatMap(arg => (arg === '--project' ? [] : [arg.replace(/^--project=/, '')]));
  return runProgram(program, [root, ...files], { stdio: 'inherit', env }).catch(() => cannotStart);
}

const existing = path => (existsSync(path) ? path : null);
const textOf = path => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};
