import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, userVersion } from './migrate.ts';
import { migrations } from './migrations/all.ts';
import type { Migration } from './migrations/migration.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-store-'));
  path = join(folder, 'x.dragoman');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const next: Migration = { number: migrations.length + 1, title: 'a note on collections', up: (database) => database.exec('ALTER TABLE collection ADD COLUMN note TEXT') };
const broken: Migration = {
  number: migrations.length + 1, title: 'breaks half way',
  up: (database) => {
    database.exec('ALTER TABLE collection ADD COLUMN note TEXT');
    throw new Error('broken');
  },
};

const older = (): Sqlite.Database => {
  const file = new Sqlite(path);
  file.pragma('journal_mode = WAL');
  migrate(file, path);
  file.prepare("INSERT INTO meta(key, value) VALUES ('a', 'b')").run();
  return file;
};

describe('migrating', () => {
  it('numbers have no gaps', () => {
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, at) => at + 1));
  });

  it('backs an older file up, with all that was committed, before it is changed', () => {
    const file = older();
    const backup = migrate(file, path, [...migrations, next]);
    expect(backup).toBe(`${path}.before-${next.number}`);
    expect(userVersion(file)).toBe(next.number);
    expect(file.prepare('SELECT note FROM collection').all()).toEqual([]);
    const before = new Sqlite(backup ?? '', { readonly: true });
    expect([userVersion(before), before.prepare('SELECT value FROM meta').pluck(true).get()]).toEqual([migrations.length, 'b']);
    before.close();
    file.close();
  });

  it('a step that fails changes nothing, and its backups are never overwritten', () => {
    const file = older();
    expect(() => migrate(file, path, [...migrations, broken])).toThrow('broken');
    expect(userVersion(file)).toBe(migrations.length);
    expect(() => file.prepare('SELECT note FROM collection')).toThrow(/no such column/);
    const kept = readFileSync(`${path}.before-${next.number}`);
    expect(migrate(file, path, [...migrations, next])).toBe(`${path}.before-${next.number}-2`);
    expect(readFileSync(`${path}.before-${next.number}`).equals(kept)).toBe(true);
    file.close();
  });

  it('a file that is up to date is not copied', () => {
    const file = older();
    expect(migrate(file, path)).toBeNull();
    expect(existsSync(`${path}.before-1`)).toBe(false);
    file.close();
  });
});
