import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrate, userVersion } from '../migrate.ts';
import { first } from './0001-first.ts';

describe('layout 1', () => {
  it('makes an empty file a project with all its tables', () => {
    const file = new Sqlite(':memory:');
    expect(migrate(file, 'new', [first])).toBeNull();
    expect(userVersion(file)).toBe(1);
    const tables = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").pluck(true).all();
    expect(tables).toEqual(['collection', 'column_chunk', 'column_label', 'job', 'job_log', 'malformed', 'meta', 'occurrence', 'op', 'op_chunk', 'op_record', 'pair_block', 'pair_chunk', 'pair_column', 'run', 'sentence']);
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
    file.close();
  });

  it('takes sentence keys beyond 2^32 as exact integers', () => {
    const file = new Sqlite(':memory:');
    migrate(file, 'new', [first]);
    const key = 2_000_000 * 2 ** 32 + 4_294_967_295;
    file.prepare('INSERT INTO sentence(id, file, line, body) VALUES (?, 0, 1, ?)').run(key, 'x');
    expect(file.prepare('SELECT id, typeof(id) AS type FROM sentence WHERE id >= ? AND id < ?').get(key, key + 1)).toEqual({ id: key, type: 'integer' });
    file.close();
  });
});
