import { expect, it } from 'vitest';
import { isForeign } from './native-files.ts';

const linux = { platform: 'linux', arch: 'x64' } as const;
const mac = { platform: 'darwin', arch: 'arm64' } as const;
const windows = { platform: 'win32', arch: 'x64' } as const;

const files = [
  'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1', 'node_modules/onnxruntime-node/bin/napi-v6/linux/arm64/onnxruntime_binding.node',
  'node_modules/onnxruntime-node/bin/napi-v6/win32/x64/DirectML.dll', 'node_modules/onnxruntime-node/bin/napi-v6/darwin/arm64/libonnxruntime.1.dylib',
  'node_modules/better-sqlite3/prebuilds/linux-x64.node', 'node_modules/better-sqlite3/prebuilds/linuxmusl-x64.node', 'node_modules/better-sqlite3/prebuilds/darwin-arm64.node',
  'node_modules/tokenizers/tokenizers.linux-x64-gnu.node', 'node_modules/tokenizers/tokenizers.linux-x64-musl.node', 'node_modules/tokenizers/tokenizers.win32-x64-msvc.node',
  'node_modules/tokenizers/tokenizers.darwin-arm64.node', 'node_modules/tokenizers/tokenizers.darwin-universal.node', 'node_modules/tokenizers/tokenizers.android-arm64.node',
  'node_modules/usearch/prebuilds/linux-x64/usearch.node', 'node_modules/usearch/prebuilds/darwin-arm64+x64/usearch.node',
];
const keptFor = (target: Parameters<typeof isForeign>[1]): readonly string[] => files.filter((file) => !isForeign(file, target)).map((file) => file.slice('node_modules/'.length));

it('keeps what each system loads and nothing else', () => {
  expect(keptFor(linux)).toEqual(['onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1', 'better-sqlite3/prebuilds/linux-x64.node', 'tokenizers/tokenizers.linux-x64-gnu.node', 'usearch/prebuilds/linux-x64/usearch.node']);
  expect(keptFor(mac)).toEqual(['onnxruntime-node/bin/napi-v6/darwin/arm64/libonnxruntime.1.dylib', 'better-sqlite3/prebuilds/darwin-arm64.node', 'tokenizers/tokenizers.darwin-arm64.node', 'usearch/prebuilds/darwin-arm64+x64/usearch.node']);
  expect(keptFor(windows)).toEqual(['onnxruntime-node/bin/napi-v6/win32/x64/DirectML.dll', 'tokenizers/tokenizers.win32-x64-msvc.node']);
});

it('keeps what names no system: it was compiled here', () => {
  expect(isForeign('node_modules/hnswlib-node/build/Release/addon.node', linux)).toBe(false);
  expect(isForeign('node_modules/hnswlib-node/build/Release/obj.target/addon.node', linux)).toBe(true);
});

it('leaves out the second copy of a library on the Mac', () => {
  expect(isForeign('node_modules/onnxruntime-node/bin/napi-v6/darwin/arm64/libonnxruntime.1.30.0.dylib', mac)).toBe(true);
});
