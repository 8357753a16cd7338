import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWarnings } from './folder-warnings.ts';

const mounts = [
  '/dev/sda1 / ext4 rw 0 0', 'server:/home /home/anna nfs4 rw 0 0', '//box/team /mnt/team\\040share cifs rw 0 0', '/dev/sdb1 /home/anna/local ext4 rw 0 0',
].join('\n');

describe('the folder of a project', () => {
  it.each([
    ['/home/ben/Dropbox/corpora/x.dragoman', 'Dropbox'],
    ['/Users/ben/Dropbox (Uni Wien)/x.dragoman', 'Dropbox'],
    ['C:\\Users\\ben\\OneDrive - Uni Wien\\x.dragoman', 'OneDrive'],
    ['/Users/ben/Library/Mobile Documents/com~apple~CloudDocs/x.dragoman', 'iCloud'],
    ['/Users/ben/Library/CloudStorage/GoogleDrive-ben@example.org/My Drive/x.dragoman', 'Google Drive'],
    ['/home/ben/Google Drive/x.dragoman', 'Google Drive'],
    ['/home/anna/x.dragoman', 'network drive (nfs4)'],
    ['/mnt/team share/a/x.dragoman', 'network drive (cifs)'],
    ['/net/server/x.dragoman', 'network drive (/net)'],
    ['//server/share/x.dragoman', 'network drive (a share)'],
  ])('%s is told', (path, told) => {
    const warnings = folderWarnings(path, mounts);
    expect(warnings.length).toBe(1);
    expect(warnings[0]).toContain(told);
  });

  it.each(['/home/ben/x.dragoman', '/home/anna/local/x.dragoman', '/home/annabel/x.dragoman', '/home/ben/Dropboxes/x.dragoman', '/network/x.dragoman'])('%s is fine', (path) => {
    expect(folderWarnings(path, mounts)).toEqual([]);
  });

  it('a renamed Dropbox folder is known by what lies in it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dragoman-store-'));
    try {
      mkdirSync(join(folder, 'cloud', '.dropbox'), { recursive: true });
      mkdirSync(join(folder, 'cloud', 'corpora'));
      expect(folderWarnings(join(folder, 'cloud', 'corpora', 'x.dragoman'), null)).toEqual([expect.stringContaining('Dropbox')]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
