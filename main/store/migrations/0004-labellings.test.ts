import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate, userVersion } from '../migrate.ts';
import { first } from './0001-first.ts';
import { review } from './0002-review.ts';
import { editsByOperation } from './0003-edits-by-operation.ts';
import { labellings } from './0004-labellings.ts';

it('brings a file of layout 3 up to date and keeps what was in it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dragoman-store-'));
  const path = join(folder, 'x.dragoman');
  const file = new Sqlite(path);
  try {
    migrate(file, path, [first, review, editsByOperation]);
    file.exec("INSERT INTO edit(pair, side, body, op) VALUES (1, 0, 'Köln', NULL)");
    migrate(file, path, [first, review, editsByOperation, labellings]);
    expect(userVersion(file)).toBe(4);
    expect(file.prepare('SELECT body FROM edit').pluck(true).get()).toBe('Köln');
    expect(file.prepare('SELECT count(*) FROM label_span').pluck(true).get()).toBe(0);
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
  } finally {
    file.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
