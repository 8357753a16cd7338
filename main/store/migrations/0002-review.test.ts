import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, userVersion } from '../migrate.ts';
import { first } from './0001-first.ts';
import { review } from './0002-review.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-store-'));
  path = join(folder, 'x.dragoman');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file of the first layout with two blocks of pairs, a decision and an operation. */
const older = (): Sqlite.Database => {
  const file = new Sqlite(path);
  migrate(file, path, [first]);
  file.exec(`
    INSERT INTO pair_block(run, source, target, first, count) VALUES (1, 1, 2, 0, 100), (2, 1, 2, 100, 50), (3, 1, 2, NULL, 0), (4, 1, 2, -1, 9);
    INSERT INTO pair_column(block, run, name, kind, producer, signature) VALUES (1, NULL, 'decision', 'u8', 'review', '');
    INSERT INTO column_chunk(pair_column, no, data) VALUES (1, 0, zeroblob(100));
    INSERT INTO op(at, annotator, title, state, complete) VALUES (5, 'anna', 'Rejected', 'applied', 1);
  `);
  return file;
};

describe('layout 2', () => {
  it('brings a file of layout 1 up to date and keeps all that was in it', () => {
    const file = older();
    migrate(file, path, [first, review]);
    expect(userVersion(file)).toBe(2);
    expect(file.prepare('SELECT first, count, reserved FROM pair_block ORDER BY id').raw(true).all()).toEqual([[0, 100, 0], [100, 50, 65_536], [null, 0, 0], [-1, 9, 0]]);
    expect(file.prepare('SELECT title, bulk FROM op').raw(true).all()).toEqual([['Rejected', 0]]);
    expect(file.prepare('SELECT length(data) FROM column_chunk').pluck(true).get()).toBe(100);
    expect(file.prepare("SELECT value FROM meta WHERE key = 'pairs:next'").pluck(true).get()).toBe(String(150 + 65_536));
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
    file.close();
  });

  it('takes any text as an edit, also an empty one and one with a NUL', () => {
    const file = older();
    migrate(file, path, [first, review]);
    const put = file.prepare('INSERT INTO edit(pair, side, body) VALUES (?, ?, ?)');
    const texts = ['', 'a\0b', 'שלום'];
    texts.forEach((text, at) => put.run(at, 0, text));
    expect(file.prepare('SELECT body FROM edit ORDER BY pair').pluck(true).all()).toEqual(texts);
    file.close();
  });
});
