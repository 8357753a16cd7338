import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { realpathSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { Failure } from '../../contract/errors.ts';

/**
 * Who may talk to the served host, and which files it may touch.
 *
 * The served host can read and write files of its user, so it answers only: a loopback peer, that names the loopback in `Host` (against DNS rebinding),
 * that comes from its own page (`Origin` equals `Host`, against other sites' scripts), with the cookie that the one-time token was exchanged for.
 */
export type Access = {
  /** The token in the address that the browser is opened with; good until it is exchanged. */
  readonly token: string;
  /** A second secret, written into a file only this user can read: the command line attaches to a running workbench with it, as often as it likes. */
  readonly attachToken: string;
  /** Exchanges the token for a session; undefined when it is wrong or used up. Throws after too many wrong ones in a minute. */
  exchange(token: string): string | undefined;
  hasSession(request: IncomingMessage): boolean;
};

const cookieName = 'dragoman-session';
const triesPerMinute = 10;

const same = (left: string, right: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
};

export const createAccess = (now: () => number, fixedToken?: string): Access => {
  const token = fixedToken ?? randomBytes(24).toString('base64url');
  const attachToken = randomBytes(24).toString('base64url');
  const sessions: string[] = [];
  let used = false;
  let wrong: number[] = [];
  return {
    token,
    attachToken,
    exchange: (offered) => {
      const open = (): string => {
        const session = randomBytes(24).toString('base64url');
        sessions.push(session);
        return session;
      };
      if (same(offered, attachToken)) return open();
      wrong = wrong.filter((at) => now() - at < 60_000);
      if (wrong.length >= triesPerMinute) throw new Failure('conflict', 'Too many wrong tokens.', { hint: 'Wait a minute, then open the address that the program printed.' });
      if (!same(offered, token)) { wrong.push(now()); return undefined; }
      if (used && fixedToken === undefined) return undefined;
      used = true;
      return open();
    },
    hasSession: (request) => {
      const offered = cookies(request).get(cookieName);
      return offered !== undefined && sessions.some((session) => same(session, offered));
    },
  };
};

export const sessionCookie = (session: string): string => `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`;

const cookies = (request: IncomingMessage): ReadonlyMap<string, string> => new Map((request.headers.cookie ?? '').split(';').map((part) => {
  const [name = '', ...value] = part.trim().split('=');
  return [name, value.join('=')] as const;
}));

/** `Host` names the loopback and our port: a page on another name that resolves to 127.0.0.1 does not. */
export const namesLoopback = (host: string | undefined, port: number): boolean => host !== undefined && [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(host.toLowerCase());

/** A request from our own page, or one that no page made (no `Origin`). WebSockets and anything that changes must carry one. */
export const isOwnOrigin = (request: IncomingMessage, required: boolean): boolean => {
  const { origin, host } = request.headers;
  if (origin === undefined) return !required;
  return origin === `http://${host ?? ''}`;
};

/** True when `path` is `root` or inside it, by text. */
const isInside = (root: string, path: string): boolean => {
  const way = relative(root, path);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way));
};

/** The real path of the deepest part that exists, with the rest appended: so a link that leads out of a root is seen even for a file yet to be made. */
const realPath = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : resolve(realPath(parent), relative(parent, path));
  }
};

/** The path itself when it lies in one of the roots, links resolved; a Failure otherwise. */
export const insideRoots = (roots: readonly string[], path: string): string => {
  const absolute = resolve(path);
  const real = realPath(absolute);
  if (roots.some((root) => isInside(realPath(resolve(root)), real))) return absolute;
  throw new Failure('file-outside-roots', `${path} is outside the folders that this program was started with.`, {
    detail: `They are: ${roots.join(', ')}.`, hint: 'Start the program with --root FOLDER to add one, or drop the file onto the page.',
  });
};
