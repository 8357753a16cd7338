import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCollections } from './collections.ts';
import { createSql, storeFailure } from './database.ts';
import { openFile, quickCheck } from './open-file.ts';
import { createSentences } from './sentences.ts';
import { failureOf } from './testing.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a full disk', () => {
  it('stops an import with a sentence; what was committed is whole, and the import goes on once there is space', async () => {
    const path = join(folder, 'x.dragoman');
    const { driver } = openFile(path, true);
    const sql = createSql(driver, path);
    const sentences = createSentences(sql);
    const id = createCollections(sql).create({ name: 'crawl', kind: 'monolingual', language: 'de', targetLanguage: null });
    driver.pragma('max_page_count = 200');
    const writer = sentences.writer(id);
    let added = 0;
    const failure = failureOf(() => {
      for (; added < 100_000; added += 1) writer.add(`Satz Nummer ${added}, lang genug`, null, 0, added + 1);
    });
    expect(failure.code).toBe('disk-full');
    expect(failure.message).toContain(path);
    expect(quickCheck(driver)).toEqual([]);
    const committed = sentences.count(id);
    expect(committed).toBeGreaterThan(0);
    expect(committed).toBeLessThan(added);
    expect(driver.inTransaction).toBe(false);
    driver.pragma('max_page_count = 1000000');
    expect(await writer.finish()).toEqual({ size: added + 1, merged: 0 });
    expect(sentences.texts(id, added, 1)).toEqual([`Satz Nummer ${added}, lang genug`]);
    expect(sentences.count(id)).toBe(added + 1);
    driver.close();
  });

  it('other errors of the driver become sentences too, strangers pass unchanged', () => {
    const told = (code: string) => storeFailure(new Sqlite.SqliteError('disk I/O error', code), '/data/x.dragoman');
    expect(told('SQLITE_IOERR_WRITE')).toMatchObject({ data: { code: 'disk-full' } });
    expect(told('SQLITE_CORRUPT_INDEX')).toMatchObject({ data: { code: 'project-corrupt' } });
    expect(told('SQLITE_BUSY')).toMatchObject({ data: { code: 'project-locked' } });
    expect(told('SQLITE_READONLY')).toMatchObject({ data: { code: 'file-unreadable' } });
    const stranger = new Error('x');
    expect(storeFailure(stranger, '/data/x.dragoman')).toBe(stranger);
  });
});
