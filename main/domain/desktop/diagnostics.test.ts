import { describe, expect, it } from 'vitest';
import type { Model } from '../../contract/models.ts';
import { diagnosticBundle } from './diagnostics.ts';
import { withoutContent } from './without-content.ts';

describe('a sentence without content', () => {
  it.each([
    ['Line 12 of "Der Hafen schläft" is malformed.', 'Line 12 of [text] is malformed.'],
    ['Unexpected token D in JSON at position 4, "Der Hafen"... is not valid JSON', 'Unexpected token D in JSON at position 4, [text]... is not valid JSON'],
    ['The file /home/mk/Kunden/Müller & Söhne/vertrag.tmx cannot be read.', 'The file [path]'],
    ['Cannot read C:\\Users\\mk\\texts\\a b.txt', 'Cannot read [path]'],
    ['notices-2.txt has 3 columns', '[file] has 3 columns'],
    ['Mining crawl-de to Verträge failed', 'Mining [name] to [text] failed'],
    ['fetch of https://intern.example.org/a?b=c failed for mk@example.org', 'fetch of [address] failed for [address]'],
    ['词对齐 failed at 港口', '[text] failed at [text]'],
    ['    at openLanes (/opt/Dragoman/resources/app.asar/out/main/engine.js:120:33)', '    at openLanes (engine.js:120:33)'],
    ['    at file:///C:/Program/out/main/workbench.js:1:2', '    at workbench.js:1:2'],
    ["It isn't possible: 'der Text' and it's long", "It isn't possible: [text] and it's long"],
    ['An open quote "never closes und verrät alles', 'An open quote [text]'],
    ['database disk image is malformed (11)', 'database disk image is malformed (11)'],
  ])('%s', (sentence, expected) => expect(withoutContent(sentence, ['crawl-de', 'x'])).toBe(expected));
  it('is short', () => expect(withoutContent('a '.repeat(1000))).toHaveLength(500));
});

describe('a diagnostic bundle', () => {
  const secret = ['Geheimer Kunde', 'Der Hafen schläft.', '/home/mk/kunden', 'crawl-geheim', 'mk', 'my-own-encoder'];
  const stage = { name: 'encode', subject: 'crawl-geheim', state: 'running', done: 1, total: 2, unit: 'sentences', share: 1, rate: 3, seconds: 4, note: 'Der Hafen schläft.' } as const;
  const model = (id: string, bundled: boolean): Model => ({
    encoder: { id, title: '', folder: '/home/mk/kunden', graph: '', tokenizer: '', dense: null, dimension: 512, pooling: 'mean', normalise: true, prefix: '', maximumTokens: 1, inputs: [], output: '', padId: 0, languages: [], licence: null, source: null, checksums: {}, hash: '' },
    bundled, bytes: 1, state: 'ready', note: '/home/mk/kunden', measures: [],
  });
  const bundle = diagnosticBundle({
    at: 0, versions: { program: '0.1.0' }, heapLimitBytes: 4e9, residentBytes: 1e8, ends: ['workbench: it crashed, exit code 139'],
    host: { version: '0.1.0', host: 'window', nativeDialogs: true, revealInFolder: true, taskbarProgress: true, fileDrop: 'path', cores: 2, memoryBytes: 8e9, platform: 'linux', engine: { state: 'ready', residentBytes: 1, note: 'crawl-geheim failed' } },
    project: { collections: 2, pairs: 10, sentences: 20, sample: false, warnings: ['The folder /home/mk/kunden is synced.'] },
    jobs: [{ id: 1, kind: 'mine', title: 'Mine crawl-geheim', state: 'failed', stages: [stage], progress: 0.5, secondsLeft: null, startedAt: 1000, endedAt: 3000, run: 1, collection: null, pausable: true, failure: { code: 'malformed-input', message: 'Geheimer Kunde: “Der Hafen schläft.” in crawl-geheim', detail: 'Der Hafen schläft.' } }],
    models: [model('use-multilingual-v3', true), model('my-own-encoder', false)],
    settings: { theme: 'dark', cache: '/home/mk/kunden' }, names: ['Geheimer Kunde', 'crawl-geheim', 'mk'],
  });
  const text = JSON.stringify(bundle);

  it('names nothing that belongs to the user', () => expect(secret.filter((each) => text.includes(each))).toEqual([]));
  it('says what help needs', () => {
    expect(bundle.jobs[0]).toMatchObject({ kind: 'mine', state: 'failed', seconds: 2, failure: { code: 'malformed-input', message: '[name]: [text] in [name]' }, stages: [{ name: 'encode', done: 1, total: 2 }] });
    expect(bundle).toMatchObject({ versions: { program: '0.1.0' }, settings: { theme: 'dark', cache: '[path]' }, ends: ['workbench: it crashed, exit code 139'], project: { pairs: 10 }, models: [{ id: 'use-multilingual-v3' }], addedModels: [{ dimension: 512 }] });
  });
});
