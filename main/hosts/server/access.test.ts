import type { IncomingMessage } from 'node:http';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '../../contract/errors.ts';
import { createAccess, insideRoots, isOwnOrigin, namesLoopback, sessionCookie } from './access.ts';

const request = (headers: IncomingMessage['headers'], localPort = 4711): IncomingMessage => ({ headers, socket: { localPort } }) as IncomingMessage;

describe('tokens', () => {
  test('the printed one is good once, the one of the command line always, and both give the same session every time', () => {
    const access = createAccess(() => 0);
    const first = access.exchange(access.token);
    expect(first.kind).toBe('open');
    expect(access.exchange(access.token)).toEqual({ kind: 'wrong' });
    expect(access.exchange(access.attachToken)).toEqual(access.exchange(access.attachToken));
    expect(access.exchange(access.attachToken)).not.toEqual(first);
  });

  test('a session is known by the cookie of its own port only', () => {
    const access = createAccess(() => 0);
    const opened = access.exchange(access.token);
    const cookie = opened.kind === 'open' ? sessionCookie(request({}), opened.session).split(';')[0] ?? '' : '';
    expect(access.hasSession(request({ cookie: `theme=dark; ${cookie}` }))).toBe(true);
    expect(access.hasSession(request({ cookie }, 4712))).toBe(false);
    expect(access.hasSession(request({ cookie: `${cookie}x` }))).toBe(false);
    expect(access.hasSession(request({}))).toBe(false);
  });

  test('wrong ones wait longer and longer, half a minute at most, and what is tried meanwhile counts for nothing', () => {
    let now = 0;
    const access = createAccess(() => now);
    for (let i = 0; i < 5; i += 1) expect(access.exchange('guess')).toEqual({ kind: 'wrong' });
    const waits: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      const answer = access.exchange('guess');
      if (answer.kind !== 'later') throw new Error(answer.kind);
      waits.push(answer.seconds);
      for (let more = 0; more < 100; more += 1) access.exchange('guess');
      now += answer.seconds * 1000;
      expect(access.exchange('guess')).toEqual({ kind: 'wrong' });
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    now += 61_000;
    expect(access.exchange('guess')).toEqual({ kind: 'wrong' });
    expect(access.exchange('guess')).toEqual({ kind: 'wrong' });
  });

  test('nobody who tries keeps the owner out; only a token that the user chose waits, and no longer than it says', () => {
    let now = 0;
    const [own, chosen] = [createAccess(() => now), createAccess(() => now, 'tea')];
    for (const access of [own, chosen]) for (let i = 0; i < 5; i += 1) access.exchange('guess');
    expect(own.exchange(own.token).kind).toBe('open');
    expect(chosen.exchange('tea')).toEqual({ kind: 'later', seconds: 1 });
    now += 1000;
    expect(chosen.exchange('tea').kind).toBe('open');
    expect(chosen.exchange('tea').kind).toBe('open');
  });
});

test.each([
  ['127.0.0.1:4711', true], ['localhost:4711', true], ['LOCALHOST:4711', true], ['[::1]:4711', true],
  [undefined, false], ['', false], ['127.0.0.1', false], ['127.0.0.1:4712', false], ['evil.example:4711', false], ['localhost.evil.example:4711', false], ['127.0.0.1:4711@evil.example', false],
])('Host %s names us: %s', (host, expected) => expect(namesLoopback(host, 4711)).toBe(expected));

test.each<[string, IncomingMessage['headers'], boolean, boolean]>([
  ['our own page', { origin: 'http://127.0.0.1:4711' }, true, true],
  ['another port', { origin: 'http://127.0.0.1:4712' }, false, false],
  ['our name, another scheme', { origin: 'https://127.0.0.1:4711' }, false, false],
  ['a sandboxed frame', { origin: 'null' }, false, false],
  ['a program, where a page is needed', {}, true, false],
  ['a person who opens the address', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }, false, true],
  ['a link that a person follows', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }, false, true],
  ['an image of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }, false, false],
  ['a frame of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }, false, false],
  ['a script of another local server', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }, false, false],
])('%s', (_who, headers, required, expected) => expect(isOwnOrigin(request({ host: '127.0.0.1:4711', ...headers }), required)).toBe(expected));

describe('roots', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'roots-')));
    for (const name of ['texts', 'texts-of-others']) mkdirSync(join(folder, name));
    symlinkSync(join(folder, 'texts-of-others'), join(folder, 'texts', 'out'), 'junction');
    symlinkSync(join(folder, 'texts'), join(folder, 'alias'), 'junction');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const check = (root: string, path: string): string => {
    try {
      return insideRoots([join(folder, root)], join(folder, path));
    } catch (thrown) {
      return thrown instanceof Failure ? thrown.data.code : String(thrown);
    }
  };

  test.each([
    ['a file to be made', 'texts', 'texts/new/a.txt', true], ['the root itself', 'texts', 'texts', true], ['through a root that is a link', 'alias', 'alias/a.txt', true],
    ['a neighbour with the same beginning', 'texts', 'texts-of-others/a.txt', false], ['upwards', 'texts', 'texts/../secret', false],
    ['a link that leads out', 'texts', 'texts/out/a.txt', false], ['beyond a link that leads out', 'texts', 'texts/out/new/deep.txt', false],
  ])('%s', (_name, root, path, inside) => expect(check(root, path)).toBe(inside ? join(folder, path) : 'file-outside-roots'));

  test('no name holds a zero byte', () => expect(check('texts', 'texts/a\0.txt')).toBe('bad-input'));
});
