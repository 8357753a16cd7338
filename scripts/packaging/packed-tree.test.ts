import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPackageWithOptions } from '@electron/asar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stubMarker, writeElectronStub } from './electron-stub.ts';
import { asLines, differences, listTree, type PackedFile } from './packed-tree.ts';
import { importedPackages, licenceProblems, missingFiles, nativeProblems, pageProblems, preloadProblems, programFiles, sizeProblems, strayFiles, workerProblems } from './tree-checks.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'packed-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const plant = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

describe('the list of a tree', () => {
  it('has files, the archive’s contents and what lies beside it, sorted, with sizes and hashes', async () => {
    plant('source/out/main/index.js', 'main');
    plant('source/node_modules/x/x.node', 'machine');
    plant('tree/dragoman', 'binary');
    mkdirSync(join(folder, 'tree/resources'));
    await createPackageWithOptions(join(folder, 'source'), join(folder, 'tree/resources/app.asar'), { unpack: '**/*.node' });
    const files = listTree(join(folder, 'tree'), join(folder, 'tree/resources'));
    expect(files.map(({ path, bytes, place }) => [path, bytes, place])).toEqual([
      ['dragoman', 6, 'file'], ['resources/app.asar/node_modules/x/x.node', 7, 'unpacked'], ['resources/app.asar/out/main/index.js', 4, 'archived'],
    ]);
    const hash = createHash('sha256').update('main').digest('hex');
    expect(asLines(files).split('\n')[2]).toBe(`${hash}          4  resources/app.asar/out/main/index.js`);
  });

  it('tells two lists apart', () => {
    const file = (path: string, sha256: string): PackedFile => ({ path, bytes: 1, sha256, place: 'file' });
    expect(differences([file('a', '1'), file('b', '1')], [file('a', '2'), file('c', '1')])).toEqual(['a differs', 'b is only in the first', 'c is only in the second']);
    expect(differences([file('a', '1')], [file('a', '1')])).toEqual([]);
  });
});

describe('the checks', () => {
  const file = (path: string, place: PackedFile['place'] = 'archived', bytes = 10): PackedFile => ({ path: `resources/app.asar/${path}`, bytes, sha256: '', place });
  const linux = { platform: 'linux', arch: 'x64' } as const;

  it('miss an entry that is not packaged', () => {
    const all = programFiles.map((name) => file(name));
    expect(missingFiles(all)).toEqual([]);
    expect(missingFiles(all.slice(1))).toEqual(['package.json is not in app.asar']);
  });
  it('see a worker that is not where its starter asks for it', () => {
    const asks = 'var workerFile = new URL(import.meta.url.endsWith(".ts") ? "./text-worker.ts" : "./text-worker.js", import.meta.url);';
    const worker = file('out/main/text-worker.js');
    expect(workerProblems([worker], { 'out/main/workbench.js': asks, 'out/main/index.js': 'fork(new URL("./text-worker.js", import.meta.url))' })).toEqual([]);
    expect(workerProblems([worker], { 'out/main/chunks/text-thread.js': asks })).toEqual(['out/main/chunks/text-thread.js starts out/main/chunks/text-worker.js, which is not packaged']);
    expect(workerProblems([{ ...worker, place: 'unpacked' }], { 'out/main/workbench.js': asks })).toEqual(['out/main/workbench.js starts out/main/text-worker.js, which lies beside the archive, away from what it imports']);
    expect(workerProblems([worker], { 'out/main/workbench.js': '' })).toHaveLength(1);
  });
  it('see tests, sources and what is bundled already', () => {
    expect(strayFiles([file('out/main/index.js'), file('node_modules/a/a.d.ts'), file('node_modules/react/package.json'), file('node_modules/a/test/x.js')])).toHaveLength(3);
  });
  it('see machine code that cannot be loaded', () => {
    const name = 'node_modules/better-sqlite3/prebuilds/linux-x64.node';
    expect(nativeProblems([file(name, 'unpacked')], linux)).toEqual([]);
    expect(nativeProblems([file(name)], linux)).toEqual([`resources/app.asar/${name} is inside the archive, where it cannot be loaded`]);
    expect(nativeProblems([file('node_modules/better-sqlite3/prebuilds/win32-x64.node', 'unpacked')], linux)).toHaveLength(1);
  });
  it('see a preload that a sandbox cannot load', () => {
    expect(preloadProblems(`"use strict";\nlet e = require("electron");`)).toEqual([]);
    expect(preloadProblems(`import { x } from 'electron';`)).toHaveLength(2);
    expect(preloadProblems(`require('electron'); require('node:fs');`)).toEqual(['the preload requires node:fs']);
  });
  it('see a page that names what it has not, or what is elsewhere', () => {
    const files = [file('out/renderer/assets/index.js')];
    expect(pageProblems('<link rel="icon" href="data:,"><script src="./assets/index.js"></script>', files)).toEqual([]);
    expect(pageProblems('<script src="./assets/index.js"></script><link href="https://example.org/a.css">', files)).toHaveLength(1);
  });
  it('read the packages that a built file asks for', () => {
    const source = `import { a } from "./chunks/a.js";\nimport * as v from "valibot";\nimport "diff";\nconst { T } = requirePackage$1("tokenizers");\nx = createRequire(import.meta.url)("usearch");\nawait import("eld/extrasmall");\nimport { p } from "@scope/name/part";`;
    expect(importedPackages(source)).toEqual(['@scope/name', 'diff', 'eld', 'tokenizers', 'usearch', 'valibot']);
  });
  it('see a packaged library without its licence', () => {
    expect(licenceProblems([file('node_modules/ws/package.json'), file('node_modules/@a/b/package.json')], ['ws'])).toEqual(['@a/b is packaged and not in the licence bundle']);
  });
  it('see a part that is too large or not there', () => {
    expect(sizeProblems([{ path: 'resources/models/a/model.onnx', bytes: 200e6, sha256: '', place: 'file' }])[0]).toBe('models: 200.0 MB, more than the 125 MB of the budget');
    expect(sizeProblems([])).toContain('faces: nothing is there');
  });
});

it.skipIf(process.platform === 'win32')('makes a stub that says what it is and starts nothing', () => {
  const stub = writeElectronStub(fileURLToPath(new URL('../..', import.meta.url)), join(folder, 'stub'));
  const { status, stderr } = spawnSync(join(stub, 'electron'), { encoding: 'utf8' });
  expect([status, stderr.includes('not Electron but a stub')]).toEqual([1, true]);
  expect(spawnSync('ls', [stub], { encoding: 'utf8' }).stdout).toContain(stubMarker);
});
