/**
 * All checks of `npm test`, one after the other, with a summary; ends with the line `N passed, N failed`.
 *
 * That line counts tests. A check that is no test (types, lint, imports, the page's build) counts as one failed when it
 * fails, and so does a test run that ends without a report: no failure can hide behind a zero.
 * `npm test -- types unit` runs only the named steps.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findElectron } from './electron-binary.mjs';
import { findChromium, howToGetChromium } from './find-chromium.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = join(root, 'test-results');
const browserRequired = Boolean(process.env['CI'] ?? process.env['DRAGOMAN_REQUIRE_BROWSER']);

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };
type Outcome = Counts & { readonly name: string; readonly note: string; readonly seconds: number };
type Step = { readonly name: string; readonly run: () => Counts & { readonly note: string } };

const steps: readonly Step[] = [
  ...['pure', 'node', 'page', 'browser'].map(part => check(`types ${part}`, ['node_modules/typescript/bin/tsc', '-p', `tsconfig.${part}.json`])),
  check('lint', ['node_modules/oxlint/bin/oxlint', '--deny-warnings']),
  check('imports', ['scripts/check-imports.ts']),
  tests('unit', {}),
  check('page', ['scripts/build-page.ts', '--if-stale']),
  { name: 'browser', run: browserTests },
  { name: 'electron', run: windowTests },
];

function check(name: string, command: readonly string[]): Step {
  return {
    name,
    run: () => {
      const failed = node(command) === 0 ? 0 : 1;
      return { passed: 0, failed, skipped: 0, note: failed === 0 ? 'ok' : 'FAILED' };
    },
  };
}

function tests(project: 'unit' | 'e2e' | 'electron', environment: Readonly<Record<string, string>>, under: readonly string[] = []): Step {
  return {
    name: project,
    run: () => {
      const report = join(reports, `${project}.json`);
      rmSync(report, { force: true });
      const code = node(['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], environment, under);
      const counts = existsSync(report) ? readReport(report) : { passed: 0, failed: 0, skipped: 0 };
      const failed = code !== 0 && counts.failed === 0 ? 1 : counts.failed;
      return { ...counts, failed, note: `${counts.passed} passed, ${failed} failed${counts.skipped > 0 ? `, ${counts.skipped} SKIPPED` : ''}` };
    },
  };
}

function browserTests(): Counts & { readonly note: string } {
  const chromium = findChromium();
  if (chromium !== null) return tests('e2e', { CHROMIUM_PATH: chromium }).run();
  const missing = `There is no Chromium for the browser tests. ${howToGetChromium}`;
  if (browserRequired) return { passed: 0, failed: 1, skipped: 0, note: `FAILED: ${missing}` };
  return { passed: 0, failed: 0, skipped: 1, note: `SKIPPED, ALL OF THEM: ${missing}` };
}

/** The real window, where Electron's binary is there: its files decide, as asking the package would fetch it. Never required: it cannot be had everywhere. */
function windowTests(): Counts & { readonly note: string } {
  const binary = findElectron(root);
  const reason = binary === null ? 'Electron\'s binary is not here ("npm start -- --window" fetches it).' : process.getuid?.() === 0 ? 'Electron opens no window for the superuser.' : null;
  const display = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
  const xvfb = display ? [] : ['xvfb-run', '-a'];
  const missing = reason ?? (display || spawnSync('xvfb-run', ['--help']).error === undefined ? null : 'There is no display and no xvfb-run.');
  if (missing !== null || binary === null) return { passed: 0, failed: 0, skipped: 1, note: `SKIPPED, ALL OF THEM: ${missing ?? ''}` };
  if (node(['node_modules/electron-vite/bin/electron-vite.js', 'build']) !== 0) return { passed: 0, failed: 1, skipped: 0, note: 'FAILED: the program could not be built' };
  return tests('electron', { ELECTRON_PATH: binary }, xvfb).run();
}

/** The parts of vitest's JSON report that are read here; a file that fails before its first test counts as one failure. */
type Report = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[];
};

function readReport(path: string): Counts {
  const report = JSON.parse(readFileSync(path, 'utf8')) as Report;
  const brokenFiles = report.testResults.filter(file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'));
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length, skipped: report.numPendingTests + report.numTodoTests };
}

/** Runs a script under this same Node, itself under another program where one is given; its output goes straight through. */
function node(command: readonly string[], environment: Readonly<Record<string, string>> = {}, under: readonly string[] = []): number {
  const [program = process.execPath, ...args] = [...under, process.execPath, ...command];
  const { status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...environment } });
  return status ?? 1;
}

function runSteps(wanted: readonly string[]): readonly Outcome[] {
  const chosen = steps.filter(step => wanted.length === 0 || wanted.some(name => step.name.startsWith(name)));
  return chosen.map(step => {
    console.log(`\n── ${step.name} ──`);
    const start = performance.now();
    return { name: step.name, ...attempt(step), seconds: (performance.now() - start) / 1000 };
  });
}

/** A step that cannot even start is one failure, and the steps after it still run. */
function attempt(step: Step): Counts & { readonly note: string } {
  try {
    return step.run();
  } catch (error) {
    return { passed: 0, failed: 1, skipped: 0, note: `FAILED: ${error instanceof Error ? error.message : String(error)}` };
  }
}

mkdirSync(reports, { recursive: true });
const outcomes = runSteps(process.argv.slice(2));
const sum = (key: keyof Counts): number => outcomes.reduce((total, outcome) => total + outcome[key], 0);

console.log('\n── summary ──');
for (const { name, seconds, note } of outcomes) console.log(`${name.padEnd(20)} ${seconds.toFixed(1).padStart(6)} s  ${note}`);
if (sum('skipped') > 0) console.log(`${sum('skipped')} SKIPPED, named above`);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') > 0 || outcomes.length === 0 ? 1 : 0;
