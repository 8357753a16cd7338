import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync, closeSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLock } from './lock.ts';
import { openProject } from './project.ts';
import { failureOf, killAfter, spawnChild } from './testing.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-store-'));
  path = join(folder, 'Öl & Wasser.dragoman');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const withSentences = (count: number): void => {
  const project = openProject(path, { create: true });
  const id = project.collections.create({ name: 'crawl', kind: 'monolingual', language: 'de', targetLanguage: null });
  const writer = project.sentences.writer(id);
  for (let at = 0; at < count; at += 1) writer.add(`Satz Nummer ${at}, lang genug für mehrere Seiten der Datei.`, null, 0, at + 1);
  writer.flush();
  project.collections.finish(id, { counts: { lines: count, empty: 0, malformed: 0, merged: 0, size: count }, files: [], columns: [], state: 'ready' });
  project.close();
};

describe('opening', () => {
  it('makes a project with its folder and lock, and gives the lock back when closed', () => {
    const project = openProject(path, { create: true, address: 'http://127.0.0.1:4100/' });
    expect(project.name).toBe('Öl & Wasser');
    expect(statSync(project.folder).isDirectory()).toBe(true);
    expect(readLock(path)).toMatchObject({ pid: process.pid, host: hostname(), address: 'http://127.0.0.1:4100/' });
    project.setLockAddress(null);
    expect(readLock(path)?.address).toBeNull();
    project.close();
    project.close();
    expect(existsSync(`${path}.lock`)).toBe(false);
    expect(failureOf(() => project.collections.list()).code).toBe('no-project');
  });

  it('keeps what was set over a restart', () => {
    const first = openProject(path, { create: true });
    first.setMeta('sample', 'yes');
    first.setMeta('gone', 'x');
    first.setMeta('gone', null);
    first.close();
    const second = openProject(path);
    expect([second.meta('sample'), second.meta('gone'), second.totals()]).toEqual(['yes', null, { sentences: 0, pairs: 0 }]);
    second.close();
  });

  it('says that a project or its folder is missing, and leaves nothing behind', () => {
    expect(failureOf(() => openProject(path)).code).toBe('project-missing');
    expect(failureOf(() => openProject(join(folder, 'nowhere', 'x.dragoman'), { create: true })).code).toBe('file-missing');
    expect(failureOf(() => openProject(folder)).code).toBe('file-unreadable');
    expect(existsSync(`${path}.lock`)).toBe(false);
  });
});

describe('two openers', () => {
  it('the second is told who holds the project and where', () => {
    const first = openProject(path, { create: true, address: 'http://127.0.0.1:4100/' });
    const failure = failureOf(() => openProject(path));
    expect(failure.code).toBe('project-locked');
    expect(failure.message).toContain('http://127.0.0.1:4100/');
    expect(failure.message).toContain(`process ${process.pid}`);
    first.close();
    openProject(path).close();
  });

  it('a live process elsewhere keeps it; once it is killed the lock is taken over', async () => {
    const child = await spawnChild('hold', path);
    expect(failureOf(() => openProject(path)).message).toContain(`process ${child.pid}`);
    await killAfter(child);
    expect(existsSync(`${path}.lock`)).toBe(true);
    expect(readLock(path)).toBeNull();
    const project = openProject(path);
    expect(readLock(path)?.pid).toBe(process.pid);
    project.close();
  });

  it('a lock of another computer is never taken over', () => {
    openProject(path, { create: true }).close();
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: 1, host: 'another-computer', address: null, startedAt: 0 }));
    const failure = failureOf(() => openProject(path));
    expect([failure.code, failure.message.includes('another-computer')]).toEqual(['project-locked', true]);
    expect(failure.hint).toContain(`${path}.lock`);
  });

  it('a lock whose number belongs to a younger process, or that holds no sense, is taken over', () => {
    openProject(path, { create: true }).close();
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: process.pid, host: hostname(), address: null, startedAt: 0, processStart: 'another-boot:1' }));
    openProject(path).close();
    writeFileSync(`${path}.lock`, '{"pid":');
    openProject(path).close();
    expect(existsSync(`${path}.lock`)).toBe(false);
  });
});

describe('a file that cannot be used is left as it is', () => {
  const refused = (code: string, finding: RegExp): void => {
    const before = readFileSync(path);
    const failure = failureOf(() => openProject(path, { create: true }));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(finding);
    expect(failure.hint).not.toBe('');
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(`${path}.lock`)).toBe(false);
  };

  it('text under the name of a project', () => {
    writeFileSync(path, 'source\ttarget\nHallo\tHello\n');
    refused('project-corrupt', /first bytes/);
  });

  it('a database of another program', () => {
    const other = new Sqlite(path);
    other.exec('CREATE TABLE bookmarks(url TEXT)');
    other.close();
    refused('project-corrupt', /another program/);
  });

  it('a page overwritten in the middle', () => {
    withSentences(5_000);
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(8_192, 0x5a), 0, 8_192, 8_192 * Math.floor(statSync(path).size / 8_192 / 2));
    closeSync(file);
    refused('project-corrupt', /damaged: .*(?:tree|page|malformed)/i);
  });

  it('a file cut short', () => {
    withSentences(5_000);
    writeFileSync(path, readFileSync(path).subarray(0, 8_192 * 20 + 100));
    refused('project-corrupt', /damaged/);
  });

  it('a project of a newer version', () => {
    openProject(path, { create: true }).close();
    const file = new Sqlite(path);
    file.pragma('user_version = 99');
    file.close();
    refused('project-newer', /layout 99/);
  });
});

describe('copies and a full disk', () => {
  it('saves a whole copy of the open project, which opens on its own', async () => {
    withSentences(20_000);
    const project = openProject(path);
    const copy = join(folder, 'copy.dragoman');
    const { bytes } = await project.saveCopy(copy);
    expect(bytes).toBe(statSync(copy).size);
    await expect(project.saveCopy(copy)).rejects.toMatchObject({ data: { code: 'file-exists' } });
    await project.saveCopy(copy, { overwrite: true });
    const opened = openProject(copy);
    expect(opened.totals()).toEqual(project.totals());
    expect(opened.totals().sentences).toBe(20_000);
    opened.close();
    project.close();
  });

  it('a cancelled copy leaves nothing', async () => {
    withSentences(20_000);
    const project = openProject(path);
    const stop = new AbortController();
    stop.abort();
    await expect(project.saveCopy(join(folder, 'copy.dragoman'), { signal: stop.signal })).rejects.toThrow();
    expect([existsSync(join(folder, 'copy.dragoman')), existsSync(join(folder, 'copy.dragoman.partial'))]).toEqual([false, false]);
    project.close();
  });
});
