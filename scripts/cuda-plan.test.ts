import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { explainFailure, librariesOf, planCuda, type InstallMetadata } from './cuda-plan.ts';

const metadata = createRequire(import.meta.url)('onnxruntime-node/script/install-metadata.js') as InstallMetadata;
const nvidia = ['libcuda.so.1', 'libcudart.so.12', 'libcublas.so.12', 'libcudnn.so.9'];
const parts = ['libonnxruntime_providers_cuda.so', 'libonnxruntime_providers_shared.so', 'libonnxruntime_providers_tensorrt.so'];

it('fetches for Linux x64 what the installed package names', () => {
  expect(planCuda({ system: 'linux/x64', metadata, installed: ['libonnxruntime.so.1'], libraries: nvidia })).toEqual({ kind: 'fetch', manifest: 'cuda12', files: parts, warnings: [] });
});

it('fetches only what is missing, and nothing where all is there', () => {
  expect(planCuda({ system: 'linux/x64', metadata, installed: parts.slice(1), libraries: nvidia })).toMatchObject({ kind: 'fetch', files: parts.slice(0, 1) });
  expect(planCuda({ system: 'linux/x64', metadata, installed: parts, libraries: nvidia })).toEqual({ kind: 'done', says: 'CUDA’s part of onnxruntime is here already.' });
});

it('says which of NVIDIA’s libraries the system lacks', () => {
  const plan = planCuda({ system: 'linux/x64', metadata, installed: [], libraries: ['libcuda.so.1'] });
  expect(plan.kind === 'fetch' && plan.warnings.map((line) => line.split(' ')[0])).toEqual(nvidia.slice(1));
});

it('names the other way where there is no CUDA', () => {
  expect(planCuda({ system: 'darwin/arm64', metadata, installed: [], libraries: null })).toMatchObject({ kind: 'impossible', says: expect.stringContaining('CoreML') });
  expect(planCuda({ system: 'win32/x64', metadata, installed: [], libraries: null })).toMatchObject({ kind: 'impossible', says: expect.stringContaining('DirectML') });
  expect(planCuda({ system: 'linux/arm64', metadata, installed: [], libraries: null })).toMatchObject({ kind: 'impossible', says: expect.stringContaining('the CPU only') });
});

it('reads the loader’s list', () => {
  expect(librariesOf('2 libs found in cache `/etc/ld.so.cache\'\n\tlibcuda.so.1 (libc6,x86-64) => /usr/lib/libcuda.so.1\n\tlibz.so.1 (libc6) => /lib/libz.so.1\n')).toEqual(['libcuda.so.1', 'libz.so.1']);
});

it('tells a network that does not reach nuget.org from another failure', () => {
  expect(explainFailure('Error: getaddrinfo ENOTFOUND api.nuget.org\n    at GetAddrInfo')).toContain('could not be fetched from https://api.nuget.org: getaddrinfo ENOTFOUND api.nuget.org.');
  expect(explainFailure('Error: Failed to download from https://api.nuget.org/v3-flatcontainer/x.nupkg. HTTP status code = 503')).toContain('HTTP status code = 503');
  expect(explainFailure('Error: Cannot find module adm-zip')).toMatch(/^onnxruntime-node's install script failed: /);
});
