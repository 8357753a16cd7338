/** What the CUDA step has to do here, decided from what was found: no file is touched and nothing is run. */

/** What onnxruntime-node's own install script knows (`script/install-metadata.js`). */
export type InstallMetadata = {
  readonly requirements: Readonly<Record<string, readonly string[]>>;
  readonly manifests: Readonly<Record<string, Readonly<Record<string, { readonly package: string }>>>>;
};

export type Found = {
  /** "linux/x64" */
  readonly system: string;
  readonly metadata: InstallMetadata;
  /** File names in the package's folder of this system. */
  readonly installed: readonly string[];
  /** What the system's loader knows: names of shared libraries; null where that cannot be asked. */
  readonly libraries: readonly string[] | null;
};

export type CudaPlan =
  | { readonly kind: 'impossible' | 'done'; readonly says: string }
  | { readonly kind: 'fetch'; readonly manifest: string; readonly files: readonly string[]; readonly warnings: readonly string[] };

/** NVIDIA's own libraries that CUDA's part of onnxruntime asks the system for, and where they come from. */
const needed = [
  { library: 'libcuda.so.1', from: "NVIDIA's driver" },
  { library: 'libcudart.so.12', from: 'the CUDA 12 runtime' },
  { library: 'libcublas.so.12', from: 'the CUDA 12 libraries' },
  { library: 'libcudnn.so.9', from: 'cuDNN 9 for CUDA 12' },
] as const;

const elsewhere: Readonly<Record<string, string>> = {
  linux: 'For Linux on this processor onnxruntime-node has the CPU only.',
  darwin: 'On a Mac the graphics processor is used through WebGPU or CoreML, which come along.',
  win32: 'On Windows the graphics processor is used through DirectML or WebGPU, which come along.',
};

export const planCuda = ({ system, metadata, installed, libraries }: Found): CudaPlan => {
  const manifest = (metadata.requirements[system] ?? []).find((name) => name.startsWith('cuda'));
  const files = Object.keys(metadata.manifests[`${system}:${manifest ?? ''}`] ?? {}).map((name) => name.replace(/^\.\//, ''));
  if (manifest === undefined || files.length === 0) {
    return { kind: 'impossible', says: `onnxruntime-node has no CUDA part for ${system.replace('/', ' on ')}. ${elsewhere[system.split('/')[0] ?? ''] ?? ''}`.trim() };
  }
  const missing = files.filter((name) => !installed.includes(name));
  const warnings = lacking(libraries);
  if (missing.length === 0) return { kind: 'done', says: ['CUDA’s part of onnxruntime is here already.', ...warnings].join('\n') };
  return { kind: 'fetch', manifest, files: missing, warnings };
};

const lacking = (libraries: readonly string[] | null): readonly string[] =>
  libraries === null ? [] : needed.filter(({ library }) => !libraries.includes(library)).map(({ library, from }) => `${library} was not found on this system; it comes with ${from}. Without it the probe will say that CUDA does not work, and the CPU is used.`);

/** Names out of `ldconfig -p`: "\tlibcuda.so.1 (libc6,x86-64) => /usr/lib/..." -> "libcuda.so.1". */
export const librariesOf = (listing: string): readonly string[] => [...listing.matchAll(/^\s+(\S+) \(/gm)].map(([, name]) => name ?? '');

/** One sentence for what the install script said when it failed. */
export const explainFailure = (said: string): string => {
  const address = /https:\/\/[^\s/'"]+/.exec(said)?.[0];
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET|CERT|certificate|HTTP status code/i.test(said)) {
    return `The files could not be fetched from ${address ?? 'https://api.nuget.org'}: ${firstError(said)}. Nothing was changed. Check the network (a proxy goes into GLOBAL_AGENT_HTTPS_PROXY), then run npm run gpu:cuda again.`;
  }
  return `onnxruntime-node's install script failed: ${firstError(said)}. Nothing that was here before was changed.`;
};

const firstError = (said: string): string => (/(?:Error: |error: )?((?:getaddrinfo|connect|read|Failed to|self.signed|unable to)[^\n]*)/.exec(said)?.[1] ?? said.trim().split('\n').at(-1) ?? '').replace(/\.$/, '').slice(0, 300);
