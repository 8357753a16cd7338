import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { realpathSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { Failure } from '../../contract/errors.ts';
import { knownFailure } from '../../contract/known-failures.ts';

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
  /** Exchanges a token for a session, or says that it is wrong or used up, or that nobody may try for so many seconds. */
  exchange(token: string): Exchange;
  hasSession(request: IncomingMessage): boolean;
};

export type Exchange = { readonly kind: 'open'; readonly session: string } | { readonly kind: 'wrong' } | { readonly kind: 'later'; readonly seconds: number };

const secret = (): string => randomBytes(24).toString('base64url');

const same = (left: string, right: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
};

/** `fixedToken`: chosen by the user (`DRAGOMAN_TOKEN`), good as often as it is offered. */
export const createAccess = (now: () => number, fixedToken?: string): Access => {
  const token = fixedToken ?? secret();
  const attachToken = secret();
  // One session for each way in: a command line that attaches a thousand times leaves nothing behind.
  const [pageSession, attachSession] = [secret(), secret()];
  const tries = wrongTries(now);
  let used = false;
  return {
    token,
    attachToken,
    exchange: (offered) => {
      if (same(offered, attachToken)) return { kind: 'open', session: attachSession };
      const right = same(offered, token);
      if (right && fixedToken === undefined && !used) {
        used = true;
        return { kind: 'open', session: pageSession };
      }
      const seconds = tries.wait();
      if (seconds > 0) return { kind: 'later', seconds };
      if (right && fixedToken !== undefined) return { kind: 'open', session: pageSession };
      if (!right) tries.wrong();
      return { kind: 'wrong' };
    },
    hasSession: (request) => {
      const offered = cookies(request).get(cookieName(request));
      return offered !== undefined && [pageSession, attachSession].some((session) => same(session, offered));
    },
  };
};

const triesBeforeWait = 5;
const longestWait = 30;
const forgottenAfter = 60_000;

/**
 * After five wrong tokens everybody waits: 1 s, then 2, 4 ... at most 30. What is tried meanwhile counts for nothing; a minute without a wrong token, and
 * all is forgotten. Our own tokens (192 random bits) need no such guard and are let in at any time, so that no stranger keeps their owner out by trying;
 * one that the user chose may be short, and waits too. Pages that are in stay in.
 */
const wrongTries = (now: () => number) => {
  let wrong = 0;
  let last = 0;
  let until = 0;
  return {
    /** Whole seconds from now; 0: anybody may try. */
    wait: (): number => Math.max(0, Math.ceil((until - now()) / 1000)),
    wrong: (): void => {
      if (now() - last > forgottenAfter) wrong = 0;
      last = now();
      wrong += 1;
      if (wrong >= triesBeforeWait) until = now() + Math.min(longestWait, 2 ** (wrong - triesBeforeWait)) * 1000;
    },
  };
};

/** Cookies know no ports: two workbenches of one browser must not take each other's. */
const cookieName = (request: IncomingMessage): string => `dragoman-${request.socket.localPort ?? 0}`;

/** Scripts cannot read it, and no other site's page makes the browser send it. */
export const sessionCookie = (request: IncomingMessage, session: string): string => `${cookieName(request)}=${session}; HttpOnly; SameSite=Strict; Path=/`;

const cookies = (request: IncomingMessage): ReadonlyMap<string, string> => new Map((request.headers.cookie ?? '').split(';').map((part) => {
  const [name = '', ...value] = part.trim().split('=');
  return [name, value.join('=')] as const;
}));

/** `Host` names the loopback and our port: a page on another name that resolves to 127.0.0.1 does not. */
export const namesLoopback = (host: string | undefined, port: number): boolean => host !== undefined && [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(host.toLowerCase());

/** A request from our own page, or one that no page made (no `Origin`). WebSockets and anything that changes must carry one. */
export const isOwnOrigin = (request: IncomingMessage, required: boolean): boolean => {
  const { origin, host } = request.headers;
  if (origin === undefined) return !required && !isPartOfForeignPage(request);
  return origin === `http://${host ?? ''}`;
};

/** An image, script or frame of another site's page, which carries no `Origin`; browsers say so in `Sec-Fetch-*`. A link that a person follows is none. */
const isPartOfForeignPage = ({ headers }: IncomingMessage): boolean =>
  (headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site') && !(headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document');

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
  if (path.includes('\0')) throw new Failure('bad-input', 'No file has such a name.');
  const absolute = resolve(path);
  const real = realPath(absolute);
  if (roots.some((root) => isInside(realPath(resolve(root)), real))) return absolute;
  throw knownFailure('file-outside-roots', { path, roots: roots.join(', ') });
};
