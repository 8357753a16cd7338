import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkImports } from '../scripts/check-imports.ts';
import { importRules } from '../scripts/import-rules.ts';

let tree: string;

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'import-rule-'));
});
afterEach(() => {
  rmSync(tree, { recursive: true, force: true });
});

function plant(file: string, source: string): void {
  mkdirSync(dirname(join(tree, file)), { recursive: true });
  writeFileSync(join(tree, file), source);
}

function problemsOf(file: string, source: string): readonly string[] {
  plant(file, source);
  return checkImports(tree, [file]).problems;
}

/** One planted violation a row at least: file, source, and what the message must say. */
const violations: readonly (readonly [row: string, file: string, source: string, says: string])[] = [
  ['main/contract', 'main/contract/mine.ts', `import type { Bead } from '../domain/align/bead.ts';`, 'describe the data here with valibot'],
  ['main/contract', 'main/contract/mine.ts', `import { readFileSync } from 'node:fs';`, 'describe the data here with valibot'],
  ['main/domain/text', 'main/domain/text/split.ts', `import { open } from 'node:fs/promises';`, 'take the data as an argument'],
  ['main/domain/formats', 'main/domain/formats/tmx.ts', `import { createReadStream } from 'fs';`, 'take the data as an argument'],
  ['main/domain/score', 'main/domain/score/bleu.ts', `import { open } from '../../store/index.ts';`, 'take the data as an argument'],
  ['main/domain/translate', 'main/domain/translate/beam.ts', `import ort from 'onnxruntime-node';`, 'take the data as an argument'],
  ['main/domain/label-formats', 'main/domain/label-formats/brat.ts', `import { readFileSync } from 'node:fs';`, 'take the data as an argument'],
  ['main/domain/label-evaluation', 'main/domain/label-evaluation/spans.ts', `import { SaxesParser } from 'saxes';`, 'take the data as an argument'],
  ['main/domain', 'main/domain/mine/margin.ts', `import { franc } from 'franc';`, 'take the data as an argument'],
  ['main/domain', 'main/domain/mine/margin.ts', `export * from '../../../packages/sacrebleu-ts/index.ts';`, 'take the data as an argument'],
  ['main/rpc', 'main/rpc/client.ts', `import { WebSocket } from 'ws';`, 'gets its port or socket from a host'],
  ['main/rpc', 'main/rpc/client.ts', `import { margin } from '../domain/mine/margin.ts';`, 'gets its port or socket from a host'],
  ['main/store', 'main/store/open.ts', `import { mine } from '../services/mine/index.ts';`, 'the store only keeps and finds'],
  ['main/engine', 'main/engine/run.ts', `import type { Store } from '../store/open.ts';`, 'a service brings store and engine together'],
  ['main/engine', 'main/engine/run.ts', `const x = await import('../services/mine/index.ts');`, 'a service brings store and engine together'],
  ['main/services/score', 'main/services/score/index.ts', `import { run } from '../../engine/run.ts';`, 'ask the engine through its link'],
  ['main/services/translate', 'main/services/translate/index.ts', `import { run } from '../../engine/run.ts';`, 'ask the engine through its link'],
  ['main/services/export', 'main/services/export/export-pairs.ts', `import { run } from '../../engine/run.ts';`, 'ask the engine through its link'],
  ['main/services/$room', 'main/services/mine/plan.ts', `type Run = import('../../engine/run.ts').Run;`, 'ask the engine through its link'],
  ['main/services/$room', 'main/services/mine/plan.ts', `import { count } from '../clean/count.ts';`, 'another room through its index file'],
  ['main/services/$room', 'main/services/mine/plan.ts', `const worker = new URL('../../engine/index.ts', import.meta.url);`, 'ask the engine through its link'],
  ['main/services/$room', 'main/services/mine/plan.ts', `import { chrf } from 'sacrebleu-ts';`, 'ask the engine through its link'],
  ['main/services', 'main/services/workbench.ts', `import { plan } from './mine/plan.ts';`, 'another room through its index file'],
  ['main/hosts/electron', 'main/hosts/electron/shell.ts', `import { serve } from '../server/serve.ts';`, 'hosts do not know each other'],
  ['main/hosts/server', 'main/hosts/server/start.ts', `import { app } from 'electron';`, 'only main/hosts/electron and preload know Electron'],
  ['main/hosts/cli', 'main/hosts/cli/mine.ts', `import { shell } from '../electron/shell.ts';`, 'only main/hosts/electron and preload know Electron'],
  ['main/hosts', 'main/hosts/child.ts', `import { serve } from './server/serve.ts';`, 'what all hosts share knows none of them'],
  ['preload', 'preload/index.ts', `import { methods } from '../main/contract/mine.ts';`, 'imports values of'],
  ['preload', 'preload/index.ts', `import { readFileSync } from 'node:fs';`, 'hands over the port'],
  ['renderer/rooms/$room', 'renderer/rooms/mine/mine.tsx', `import { Grid } from '../review/grid.tsx';`, 'move what both rooms need to a shared folder'],
  ['renderer/rooms/$room', 'renderer/rooms/mine/mine.tsx', `import { ipcRenderer } from 'electron';`, 'ask the workbench through renderer/link'],
  ['renderer/rooms/$room', 'renderer/rooms/mine/mine.tsx', `import { join } from 'path';`, 'ask the workbench through renderer/link'],
  ['renderer/link', 'renderer/link/link.ts', `import { room } from '../rooms/mine/index.ts';`, 'ask the workbench through renderer/link'],
  ['renderer', 'renderer/app/app.tsx', `import { call } from '../../main/rpc/client.ts';`, 'ask the workbench through renderer/link'],
  ['renderer', 'renderer/app/app.tsx', `import { Table } from '../rooms/mine/table.tsx';`, 'ask the workbench through renderer/link'],
  ['packages/$room/cli', 'packages/sacrebleu-ts/cli/run.ts', `import { Command } from 'commander';`, 'its command line has Node and nothing else'],
  ['packages/$room/cli', 'packages/sacrebleu-ts/cli/run.ts', `import { words } from '../../../main/domain/text/words.ts';`, 'a package stands on its own'],
  ['packages/$room/fixtures', 'packages/sacrebleu-ts/fixtures/golden.ts', `import { sharedPath } from '../../../tests/shared-data.ts';`, 'by the tests of their own package'],
  ['packages/$room', 'packages/sacrebleu-ts/src/metrics/ter.ts', `import { readFileSync } from 'node:fs';`, 'a package stands on its own'],
  ['packages/$room', 'packages/sacrebleu-ts/src/index.ts', `import { run } from '../cli/run.ts';`, 'a package stands on its own'],
  ['packages/$room', 'packages/sacrebleu-ts/bleu.ts', `import { words } from '../../main/domain/text/words.ts';`, 'a package stands on its own'],
  ['tests/fakes', 'tests/fakes/electron.ts', `import { app } from 'electron';`, 'imports values of'],
  ['tests', 'tests/shell.test.ts', `import { app } from 'electron';`, 'import tests/fakes/electron.ts'],
  ['scripts', 'scripts/pack.ts', `const { app } = require('electron');`, 'scripts run without Electron'],
  ['*.config.ts', 'electron.vite.config.ts', `import { app } from 'electron';`, 'configuration runs without Electron'],
];

describe('a planted violation', () => {
  it.each(violations)('of row %s is found: %s, %s', (_row, file, source, says) => {
    const problems = problemsOf(file, source);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${file}:1 `);
    expect(problems[0]).toContain(says);
    expect(problems[0]).toContain('See README, "Who may import whom".');
  });

  it('exists for every row of the table', () => {
    expect([...new Set(violations.map(([row]) => row))]).toEqual(importRules.map(rule => rule.from));
  });

  it('is found at its line, and beside other code', () => {
    const source = `/** import 'electron' in a comment is no import. */\nconst text = "import 'electron'";\nexport const view = <T,>(x: T) => <b>{text}{String(x)}</b>;\nimport 'electron';\n`;
    expect(problemsOf('renderer/app/view.tsx', source)).toEqual([expect.stringContaining('renderer/app/view.tsx:4 imports "electron"')]);
  });
});

describe('what the table allows', () => {
  it.each([
    ['main/contract/mine.ts', `import * as v from 'valibot'; import type { Id } from './pairs.ts';`],
    ['main/domain/formats/xz.ts', `import { XzReadableStream } from 'xz-decompress';`],
    ['main/services/mine/index.ts', `import { readFile } from 'node:fs/promises'; import { jobs } from '../jobs/index.ts'; import type { Link } from '../engine-link.ts'; import { franc } from 'franc';`],
    ['main/domain/mine/margin.test.ts', `import { readFileSync } from 'node:fs'; import { it } from 'vitest'; import { sharedPath } from '../../../tests/shared-data.ts';`],
    ['preload/index.ts', `import { contextBridge } from 'electron'; import type { HostCapabilities } from '../main/contract/host.ts'; import { type Channel } from '../main/contract/host.ts';`],
    ['renderer/rooms/mine/mine.tsx', `import { useState } from 'react'; import { call } from '../../link/link.ts'; import { Bar } from './bar.tsx'; import '@fontsource-variable/source-sans-3'; import './mine.css';`],
    ['renderer/app/app.tsx', `import { Mine } from '../rooms/mine/index.ts'; import { actions } from '../rooms/mine/actions.ts';`],
    ['main/hosts/cli/index.ts', `import { Command } from 'commander'; import { serve } from '../server/serve.ts';`],
    ['main/services/score/index.ts', `import { bleu } from 'sacrebleu-ts';`],
    ['packages/sacrebleu-ts/cli/run.ts', `import { readFileSync } from 'node:fs'; import { bleu } from '../src/index.ts';`],
    ['packages/sacrebleu-ts/src/metrics/ter.golden.test.ts', `import { describeWithGolden } from '../../fixtures/golden.ts'; import { it } from 'vitest'; import { readFileSync } from 'node:fs';`],
  ])('%s: %s', (file, source) => {
    expect(problemsOf(file, source)).toEqual([]);
  });
});

describe('what cannot be checked is a failure', () => {
  it('reports an import of a computed name', () => {
    expect(problemsOf('main/engine/load.ts', `const name = 'electron'; await import(name);`)).toEqual([expect.stringContaining('computed name')]);
  });

  it('reports a file that is not TypeScript', () => {
    expect(problemsOf('main/engine/load.ts', `import { from 'electron'`)).toEqual([expect.stringContaining('cannot be read as TypeScript')]);
  });

  it('reports a folder that no row covers', () => {
    expect(problemsOf('main/elsewhere/load.ts', `export const a = 1;`)).toEqual([expect.stringContaining('belongs to no row')]);
  });

  it('reports a file that git knows and the check did not see, tracked or new', () => {
    plant('main/domain/seen.ts', `export const a = 1;`);
    plant('main/out/tracked.ts', `import 'electron';`);
    plant('main/out/new.ts', `import 'electron';`);
    execFileSync('git', ['init', '-q'], { cwd: tree });
    execFileSync('git', ['add', 'main/domain/seen.ts', 'main/out/tracked.ts'], { cwd: tree });
    const { seen, problems } = checkImports(tree);
    expect(seen).toBe(1);
    expect([...problems].sort()).toEqual([expect.stringContaining('main/out/new.ts is known to git but was not checked'), expect.stringContaining('main/out/tracked.ts is known to git')]);
  });
});
