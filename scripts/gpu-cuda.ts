/**
 * `npm run gpu:cuda`: fetches CUDA's part of onnxruntime-node, about 200 MB to download, for Linux x64 with an NVIDIA card.
 *
 * It is too large for the npm registry, so the package's own install script fetches it from nuget.org; here it is asked to, by name. Nothing else
 * of the project ever reaches that host. What a card needs besides: docs/gpu.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { explainFailure, librariesOf, planCuda, type InstallMetadata } from './cuda-plan.ts';

const requirePackage = createRequire(import.meta.url);
const home = dirname(requirePackage.resolve('onnxruntime-node/package.json'));
const folder = join(home, 'bin/napi-v6', process.platform, process.arch);

const installed = (): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

const loaderKnows = (): readonly string[] | null => {
  const { status, stdout } = spawnSync('ldconfig', ['-p'], { encoding: 'utf8', env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/sbin:/usr/sbin` } });
  return status === 0 ? librariesOf(stdout) : null;
};

/** Where npm says that its own project is being installed, the script takes that for its authors' checkout, ends well and fetches nothing. */
const withoutNpm = (): NodeJS.ProcessEnv => Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));

const fetchFiles = (manifest: string, files: readonly string[]): number => {
  process.stderr.write(`Fetching ${files.join(', ')} from nuget.org, about 200 MB ...\n`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(home, 'script/install.js')], { cwd: home, encoding: 'utf8', env: { ...withoutNpm(), ONNXRUNTIME_NODE_INSTALL: manifest } });
  const missing = files.filter((name) => !installed().includes(name));
  if (status === 0 && missing.length === 0) {
    process.stdout.write('CUDA’s part of onnxruntime is installed. Measure it: Models in the program, or npm run -s dragoman -- models probe\n');
    return 0;
  }
  process.stderr.write(`${status === 0 ? `The install script ended well, but ${missing.join(', ')} did not arrive.` : explainFailure(`${stdout}\n${stderr}`)}\n`);
  return 1;
};

const plan = planCuda({
  system: `${process.platform}/${process.arch}`,
  metadata: requirePackage(join(home, 'script/install-metadata.js')) as InstallMetadata,
  installed: installed(),
  libraries: loaderKnows(),
});
if (plan.kind === 'fetch') {
  for (const warning of plan.warnings) process.stderr.write(`${warning}\n`);
  process.exitCode = fetchFiles(plan.manifest, plan.files);
} else {
  process.stdout.write(`${plan.says}\n`);
  process.exitCode = plan.kind === 'done' ? 0 : 1;
}
