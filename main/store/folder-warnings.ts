import { existsSync, readFileSync } from 'node:fs';
import { dirname, sep } from 'node:path';

/**
 * Why the folder of a project may hurt it: one sentence each.
 *
 * Sync programs copy a database while it is written, and network file systems do not keep SQLite's locks and order of writes.
 *
 * @param mounts the text of `/proc/mounts`; null where there is none (then network drives are known by their path only).
 */
export const folderWarnings = (path: string, mounts: string | null = readMounts()): readonly string[] => {
  const folder = path.replace(/[\\/][^\\/]*$/, '') || '/';
  const cloud = cloudService(folder);
  const network = networkKind(folder, mounts);
  return [
    ...(cloud === null ? [] : [`This project lies in a folder that ${cloud} synchronises: it may copy a half-written file. Move the project to a folder that is not synchronised, and put copies (Save a copy) here.`]),
    ...(network === null ? [] : [`This project lies on a network drive (${network}): a lost connection may damage it, and it is slow there. Move the project to a disk of this computer.`]),
  ];
};

const cloudNames: readonly (readonly [RegExp, string])[] = [
  [/^dropbox(?:$|[ (-])/i, 'Dropbox'],
  [/^onedrive(?:$|[ (-])/i, 'OneDrive'],
  [/^(?:icloud ?drive|mobile documents|com~apple~clouddocs)$/i, 'iCloud'],
  [/^(?:google ?drive|googledrive-.+|my drive)$/i, 'Google Drive'],
  [/^nextcloud$/i, 'Nextcloud'],
];

const cloudService = (folder: string): string | null => {
  const names = folder.split(/[\\/]/);
  for (const [pattern, service] of cloudNames) if (names.some((name) => pattern.test(name))) return service;
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(`${at}${sep}.dropbox`)) return 'Dropbox';
    if (dirname(at) === at) return null;
  }
};

const networkTypes = /^(?:nfs|nfs4|cifs|smb|smbfs|smb3|afpfs|ncpfs|9p|fuse\.sshfs|fuse\.rclone|fuse\.gvfsd-fuse|davfs|fuse\.davfs|glusterfs|fuse\.glusterfs|ceph|lustre|beegfs|afs)$/;

const networkKind = (folder: string, mounts: string | null): string | null => {
  if (/^(?:\\\\|\/\/)[^\\/]/.test(folder)) return 'a share';
  if (/^\/net(?:\/|$)/.test(folder)) return '/net';
  if (mounts === null) return null;
  const holding = mounts.split('\n').map((line) => line.split(' '))
    .map(([, point, type]) => ({ point: unescapeMount(point ?? ''), type: type ?? '' }))
    .filter(({ point }) => point === '/' || folder === point || folder.startsWith(`${point}/`))
    .reduce((best, mount) => (mount.point.length >= best.point.length ? mount : best), { point: '', type: '' });
  return networkTypes.test(holding.type) ? holding.type : null;
};

/** `/proc/mounts` writes a space as \040. */
const unescapeMount = (point: string): string => point.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

const readMounts = (): string | null => {
  try {
    return readFileSync('/proc/mounts', 'utf8');
  } catch {
    return null;
  }
};
