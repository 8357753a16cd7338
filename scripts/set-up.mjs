/**
 * Brings a fresh checkout to a state in which everything runs, and runs a script under the project's own Node.
 *
 * Plain JavaScript for any Node >= 20, without a dependency: this file runs before anything is installed. It never
 * writes to stdout, which belongs to the program that it starts. The why of each step: docs/decisions/0003-install.md.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const modules = join(root, 'node_modules');
const stamp = join(modules, '.dragoman-install.json');
const windows = process.platform === 'win32';

/** The Node that everything but these few `.mjs` files runs under, from the npm package `node`. */
export const projectNode = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');

/** Packages that may be absent: their native code is compiled here, and nothing needs them by default. */
const optionalBuilds = [
  {
    name: 'hnswlib-node',
    built: 'build/Release/addon.node',
    without: 'the index "hnsw" then always means usearch; no default result changes',
  },
];

const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
export const say = line => process.stderr.write(`${line}\n`);

/** Installs what package-lock.json names, once; concurrent calls wait for the first. Costs about a millisecond when all is there. */
export async function setUp() {
  const wanted = fingerprint();
  if (stampIs(wanted)) return;
  await withLock(join(root, '.stamps', 'install.lock'), async () => {
    if (!stampIs(wanted)) await install(wanted);
  });
}

async function install(wanted) {
  if (!packagesMatchLock()) {
    say('Dragoman: installing its packages (once, about a minute) ...');
    await mustRun(npmCommand(['ci', '--ignore-scripts', '--include=dev', '--include=optional', ...quiet]), {
      problem: 'The packages could not be installed.',
      next: 'Check the network and the npm registry, then run the same command again.',
    });
  }
  if (!existsSync(projectNode)) {
    await mustRun(npmCommand(['rebuild', 'node', '--ignore-scripts=false', ...quiet]), {
      problem: `Node 24 for ${process.platform} on ${process.arch} could not be installed from the npm package "node".`,
      next: 'Check the network and the npm registry, then run the same command again.',
    });
  }
  if (!existsSync(projectNode)) throw new SetUpError(`There is no Node 24 for ${process.platform} on ${process.arch} in the npm package "node".`);
  for (const optional of optionalBuilds) await tryBuild(optional);
  writeAtomically(stamp, `${JSON.stringify(wanted)}\n`);
}

/** Compiles one optional package; says in one line when that is not possible. */
async function tryBuild({ name, built, without }) {
  const target = join(modules, name, built);
  if (existsSync(target)) return;
  const present = existsSync(join(modules, name));
  if (present) await run(npmCommand(['rebuild', name, '--ignore-scripts=false', ...quiet]), { limit: 300_000, more: nodeHeaders() });
  if (!existsSync(target)) say(`Dragoman: the optional package ${name} could not be built on this machine (it needs a C++ compiler, Python and Node's headers); ${without}.`);
}

/** Node's C headers where they came with Node itself, so that a compilation need not download them. Any version's do for Node-API. */
function nodeHeaders() {
  const folder = dirname(dirname(process.env['npm_node_execpath'] ?? process.execPath));
  return existsSync(join(folder, 'include', 'node', 'node_api.h')) ? { npm_config_nodedir: folder } : {};
}

/** What has to be the same for an installation to be usable: the locked packages and the kind of machine. */
function fingerprint() {
  return {
    lock: createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex'),
    platform: `${process.platform}-${process.arch}`,
  }
}

function stampIs(wanted) {
  const found = readJson(stamp);
  return found !== null && found.lock === wanted.lock && found.platform === wanted.platform && existsSync(projectNode);
}

/** True when a person's own `npm ci` or `npm install` already put the locked versions there; only the finish is missing then. */
function packagesMatchLock() {
  const locked = readJson(join(root, 'package-lock.json'))?.packages ?? {};
  const installed = readJson(join(modules, '.package-lock.json'))?.packages;
  if (installed === undefined) return false;
  return Object.entries(locked).every(([path, entry]) => {
    if (!path.startsWith('node_modules/')) return true;
    const found = installed[path];
    if (found === undefined) return entry.optional === true && !meantForThisMachine(entry);
    return found.version === entry.version && existsSync(join(root, path));
  });
}

/** Native parts name their machine; an optional package that names none is needed only by such a part. */
function meantForThisMachine({ os, cpu, libc }) {
  return os?.includes(process.platform) === true && (cpu === undefined || cpu.includes(process.arch)) && libc === undefined;
}

/** npm as it was started, or the one on the PATH; never under the Node inside node_modules, which an installation replaces. */
function npmCommand(args) {
  const { npm_execpath: npm = '', npm_node_execpath: node = '' } = process.env;
  if (/npm-cli\.c?js$/.test(npm) && existsSync(npm) && existsSync(node) && !node.startsWith(modules)) return [node, [npm, ...args]];
  return [windows ? 'npm.cmd' : 'npm', args];
}

function environmentForNpm() {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter(folder => !folder.startsWith(modules));
  return { ...process.env, PATH: path.join(delimiter), ONNXRUNTIME_NODE_INSTALL: 'skip' };
}

/** Runs a command and collects what it says. The code of a signal, a time limit or a missing command is -1. */
function run([command, args], { limit = 0, more = {} } = {}) {
  return new Promise(resolve => {
    const said = [];
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: command.endsWith('.cmd'),
      timeout: limit,
      env: { ...environmentForNpm(), ...more },
    });
    child.stdout.on('data', chunk => said.push(chunk));
    child.stderr.on('data', chunk => said.push(chunk));
    child.on('error', error => resolve({ code: -1, output: error.message }));
    child.on('close', code => resolve({ code: code ?? -1, output: Buffer.concat(said).toString() }));
  });
}

async function mustRun(command, { problem, next }) {
  const { code, output } = await run(command);
  if (code !== 0) throw new SetUpError(`${problem} ${next}\nnpm said:\n${output.split('\n').slice(0, 40).join('\n')}`);
}

/** A set-up that failed for a reason the user can do something about: its message is all they need to see. */
export class SetUpError extends Error {}

/** Runs `work` while no other process of this checkout holds the lock file. A lock whose owner is gone is taken over. */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  for (let said = false; !takeLock(path); ) {
    if (!said) say('Dragoman: waiting for another start that is preparing this checkout ...');
    said = true;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function takeLock(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const owner = Number(readOrEmpty(path));
  if (owner > 0 && !isAlive(owner)) rmSync(path, { force: true });
  return false;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function writeAtomically(path, text) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

/**
 * Runs a script of the project under its own Node, with this process's stdin, stdout and stderr.
 *
 * npm puts the project's own Node first on the PATH, so after the installation this process is often that Node already: then the
 * script simply runs here (a second process would cost 0.1 s), and ends this process when it is done.
 */
export async function runUnderProjectNode(script, args) {
  keepCompiledCode();
  if (!isProjectNode()) return runProjectNode(script, args);
  process.argv.splice(1, process.argv.length, join(root, script), ...args);
  await import(pathToFileURL(join(root, script)).href);
  return undefined;
}

/**
 * The same for a program that stays for hours, as a process of its own: in this one's place where the system allows that.
 *
 * glibc gives threads up to eight arenas a core, and each keeps what a thread that ended has freed: a workbench of short-lived threads grew by 50 MB every ten
 * projects; with two it does not grow, at the same speed (scripts/bench/soak.ts). The loader reads the setting, so it must be there before the process is.
 */
export async function runForHours(script, args) {
  if (process.platform !== 'linux' || process.env['MALLOC_ARENA_MAX'] !== undefined) return runUnderProjectNode(script, args);
  keepCompiledCode();
  process.env['MALLOC_ARENA_MAX'] = '2';
  if (isProjectNode()) process.execve?.(projectNode, [projectNode, smallYoungGeneration, join(root, script), ...args], process.env);
  return runProjectNode(script, args);
}

const isProjectNode = () => realpathSync(process.execPath) === realpathSync(projectNode);

/** Node keeps what it compiled, for this process and those it starts: halves the start of the command line. */
function keepCompiledCode() {
  const folder = (process.env['NODE_COMPILE_CACHE'] ??= join(modules, '.cache', 'compiled'));
  nodeModule.enableCompileCache?.(folder);
}

/** Streams of short-lived lines are faster and take less memory with a small young generation (measured: scripts/bench/import.ts). Also in package.json's scripts. */
const smallYoungGeneration = '--max-semi-space-size=4';

/** The same in a process of its own. */
const runProjectNode = (script, args, stdout = 'inherit') => runProgram(projectNode, [smallYoungGeneration, join(root, script), ...args], { stdio: ['inherit', stdout, 'inherit'] });

/**
 * Runs a program to its end. Resolves to the exit code, as a shell counts it (128 + the number of a signal that ended it).
 *
 * Signals sent to this process reach the program; Ctrl+C in a terminal reaches both by itself.
 */
export function runProgram(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, options);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      });
    }
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/**
 * Builds the page unless it is fresh. What the build says goes to stderr: stdout belongs to the program that is started next.
 *
 * Under the project's Node the question is asked here: a process of its own would cost every start 0.1 s.
 */
export async function buildPageIfStale() {
  keepCompiledCode();
  if (isProjectNode() && (await import('./page-stamp.ts')).pageIsFresh()) return 0;
  return runProjectNode('scripts/build-page.ts', ['--if-stale'], 2);
}

/** Builds the desktop program unless it is fresh, the page included. */
export const buildProgramIfStale = () => runProjectNode('scripts/build-program.ts', ['--if-stale'], 2);

/** Runs the body of an entry script: its result, if any, is the exit code, a {@link SetUpError} is shown as a sentence. */
export async function main(body) {
  try {
    const code = await body();
    if (code !== undefined) process.exit(code);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(`Dragoman: ${error.message}`);
    process.exit(1);
  }
}
