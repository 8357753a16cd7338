import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrate, userVersion } from '../migrate.ts';
import { first } from './0001-first.ts';
import { review } from './0002-review.ts';
import { editsByOperation } from './0003-edits-by-operation.ts';

describe('layout 3', () => {
  it('keeps the texts of a file of layout 2 as they are', () => {
    const file = new Sqlite(':memory:');
    migrate(file, ':memory:', [first]);
    review.up(file);
    file.exec("INSERT INTO edit(pair, side, body) VALUES (7, 0, 'neu'), (7, 1, '')");
    editsByOperation.up(file);
    expect(file.prepare('SELECT pair, side, body, op FROM edit ORDER BY pair, side').raw(true).all()).toEqual([[7, 0, 'neu', null], [7, 1, '', null]]);
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
    file.close();
  });

  it('is the layout of a new file', () => {
    const file = new Sqlite(':memory:');
    migrate(file, ':memory:', [first, review, editsByOperation]);
    expect(userVersion(file)).toBe(3);
    file.close();
  });
});
