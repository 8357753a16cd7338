import { createReadStream, realpathSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { pipeline } from 'node:stream';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2', '.json': 'application/json; charset=utf-8', '.png': 'image/png', '.ico': 'image/x-icon', '.txt': 'text/plain; charset=utf-8',
};

/** The page runs its own scripts and styles and talks to its own address; nothing else. React Aria and the charts set inline styles, so `style-src` allows them. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
};

/** Sends one file of the built page; false when there is none of that name inside the folder. */
export const sendFile = (folder: string, urlPath: string, response: ServerResponse): boolean => {
  let name: string;
  try {
    name = decodeURIComponent(urlPath);
  } catch {
    return false;
  }
  if (name.includes('\0')) return false;
  const path = normalize(join(folder, name === '/' ? 'index.html' : name));
  if (!path.startsWith(folder + sep)) return false;
  const type = types[extname(path)];
  if (type === undefined) return false;
  try {
    if (!statSync(path).isFile() || !realpathSync(path).startsWith(realpathSync(folder) + sep)) return false;
  } catch {
    return false;
  }
  const cached = path.includes(`${sep}assets${sep}`) ? 'private, max-age=31536000, immutable' : 'no-cache';
  response.writeHead(200, { ...pageHeaders, 'content-type': type, 'cache-control': cached });
  // A browser that goes away half way must not leave the file open: `pipe` would.
  pipeline(createReadStream(path), response, () => undefined);
  return true;
};
