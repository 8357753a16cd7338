import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve } from 'node:path';

/** No inline script, nothing from elsewhere: the page is made of its own files only. */
export const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2',
};

/** One file of `folder`, with the content security policy; 404 for anything that is absent, of another origin, or outside the folder. */
export const answerPageRequest = async (folder: string, origin: string, address: string): Promise<Response> => {
  const path = fileInside(folder, origin, address);
  const body = path === null ? null : await readFile(path).catch(() => null);
  if (path === null || body === null) return new Response('Not found', { status: 404 });
  return new Response(new Uint8Array(body), {
    headers: {
      'content-type': contentTypes[extname(path)] ?? 'application/octet-stream',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
    },
  });
};

const fileInside = (folder: string, origin: string, address: string): string | null => {
  if (!address.startsWith(`${origin}/`)) return null;
  let name: string;
  try {
    name = decodeURIComponent(new URL(address).pathname);
  } catch {
    return null;
  }
  const path = resolve(join(folder, name));
  const way = relative(folder, path);
  return way === '' || way.startsWith('..') || isAbsolute(way) || name.includes('\0') ? null : path;
};
