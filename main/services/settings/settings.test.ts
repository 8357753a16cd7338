import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openGate } from '../project/index.ts';
import { createSettings } from './index.ts';

const base = mkdtempSync(join(tmpdir(), 'dragoman-settings-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let homes = 0;

const home = (text?: string) => {
  const dataFolder = join(base, `home-${(homes += 1)}`);
  mkdirSync(dataFolder);
  if (text !== undefined) writeFileSync(join(dataFolder, 'settings.json'), text);
  return { dataFolder, open: () => createSettings({ dataFolder, gate: openGate([base]) }) };
};
const call = { signal: new AbortController().signal };
const usual = { provider: 'auto', threads: null, cacheFolder: null };

describe('the settings of this machine', () => {
  test('are as at first without a file, are kept, and are the same for a program that runs beside', async () => {
    const { open } = home();
    const [window, command] = [open(), open()];
    expect(await window.part['settings.read']({}, call)).toMatchObject({ settings: usual, problem: null, cores: availableParallelism() });
    await window.part['settings.change']({ provider: 'cpu', threads: 1 }, call);
    expect(command.read()).toEqual({ ...usual, provider: 'cpu', threads: 1 });
    await command.part['settings.change']({ threads: null }, call);
    expect(window.read()).toEqual({ ...usual, provider: 'cpu' });
  });

  test.each([
    ['what is not JSON', '{"version": 1, ', 'it is not JSON'],
    ['an unknown key', JSON.stringify({ version: 1, settings: { ...usual, colour: 'red' }, formerCaches: [] }), '“settings.colour” is not what it should be'],
    ['a value that is none', JSON.stringify({ version: 1, settings: { ...usual, threads: -2, provider: 'abacus' }, formerCaches: [] }), '“settings.provider”'],
    ['a newer version', JSON.stringify({ version: 2, settings: { speed: 'fast' } }), 'a newer Dragoman has written it'],
  ])('%s: the file is put aside, everything is as at first, and the reason is said', async (_name, text, reason) => {
    const { open, dataFolder } = home(text);
    const settings = open();
    const now = await settings.part['settings.read']({}, call);
    expect(now.settings).toEqual(usual);
    expect(now.problem).toContain(reason);
    expect(readFileSync(`${join(dataFolder, 'settings.json')}.unreadable`, 'utf8')).toBe(text);
    expect(existsSync(join(dataFolder, 'settings.json'))).toBe(false);
    await settings.part['settings.change']({ threads: 1 }, call);
    expect(open().read().threads).toBe(1);
  });

  test('a second bad file does not take the place of the first', () => {
    const { open, dataFolder } = home('first');
    open().read();
    writeFileSync(join(dataFolder, 'settings.json'), 'second');
    open().read();
    expect([readFileSync(join(dataFolder, 'settings.json.unreadable'), 'utf8'), readFileSync(join(dataFolder, 'settings.json.unreadable-2'), 'utf8')]).toEqual(['first', 'second']);
  });

  test('more threads than cores are refused', async () => {
    await expect(async () => home().open().part['settings.change']({ threads: availableParallelism() + 1 }, call)).rejects.toMatchObject({ data: { code: 'bad-input', message: expect.stringContaining(`${availableParallelism()} cores`) } });
  });
});

describe('the cache folder', () => {
  test('is one of its own name in the chosen one, and a project keeps the folder it has', async () => {
    const settings = home().open();
    const [first, second] = [join(base, 'first'), join(base, 'second')];
    const beside = join(base, 'beside.dragoman');
    mkdirSync(join(`${beside}.d`, 'vectors'), { recursive: true });
    expect(settings.workFolderOf(join(base, 'a.dragoman'))).toBeUndefined();

    await settings.part['settings.change']({ cacheFolder: first }, call);
    expect(settings.unpackedFolder()).toBe(join(first, 'dragoman-cache', 'models'));
    const ofA = settings.workFolderOf(join(base, 'a.dragoman'));
    expect(ofA).toMatch(/first[\\/]dragoman-cache[\\/]projects[\\/]a-[0-9a-f]{12}$/u);
    mkdirSync(join(ofA ?? '', 'vectors'), { recursive: true });
    expect(settings.workFolderOf(beside)).toBeUndefined();

    await settings.part['settings.change']({ cacheFolder: second }, call);
    expect(settings.workFolderOf(join(base, 'a.dragoman'))).toBe(ofA);
    expect(settings.workFolderOf(join(base, 'b.dragoman'))).toContain('second');
    await settings.part['settings.change']({ cacheFolder: null }, call);
    expect(settings.workFolderOf(join(base, 'a.dragoman'))).toBe(ofA);
    expect(settings.workFolderOf(join(base, 'c.dragoman'))).toBeUndefined();
    expect(settings.unpackedFolders()).toContain(join(first, 'dragoman-cache', 'models'));
  });

  test('that cannot be written is refused, and the settings stay', async () => {
    const settings = home().open();
    const file = join(base, 'a-file');
    writeFileSync(file, '');
    await expect(async () => settings.part['settings.change']({ cacheFolder: join(file, 'inside') }, call)).rejects.toMatchObject({ data: { code: 'file-unreadable' } });
    expect(settings.read().cacheFolder).toBeNull();
    expect(readdirSync(base)).toContain('a-file');
  });
});
