import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { tooFarBehind } from '../../main/hosts/server/page-socket.ts';
import { openBench, type Bench } from '../support.ts';

/** The served host from outside, over real sockets: every refusal, and that it goes on afterwards. */
let bench: Bench;
let cookie: string;

beforeAll(async () => {
  bench = await openBench({ upload: 1024 * 1024, waiting: 256 * 1024, head: 300, heartbeat: 200, pages: 8 });
  mkdirSync(join(bench.folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(bench.folder, 'page', 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(bench.folder, 'page', 'assets', 'page.js'), 'export {};');
  writeFileSync(join(bench.folder, 'secret.txt'), 'for nobody');
  cookie = await bench.cookie();
});
afterAll(() => bench.close());

type Answer = { readonly status: number; readonly body: string; readonly headers: Readonly<Record<string, string | string[] | undefined>> };

/** A request with any headers at all: `fetch` would set Host and Origin itself. */
const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET', body = ''): Promise<Answer> => new Promise((go, fail) => {
  const sent = httpRequest({ host: '127.0.0.1', port: bench.server.port, path, method, headers }, (response) => {
    let text = '';
    response.on('data', (chunk: Buffer) => { text += String(chunk); });
    response.on('end', () => go({ status: response.statusCode ?? 0, body: text, headers: response.headers }));
  });
  sent.on('error', fail);
  sent.end(body);
});

/** What comes back over a bare connection until the other end closes it. */
const raw = (text: string, host = '127.0.0.1'): Promise<string> => new Promise((go) => {
  let heard = '';
  const socket = connect(bench.server.port, host, () => socket.write(text));
  socket.on('data', (chunk) => { heard += String(chunk); });
  socket.on('error', (error: NodeJS.ErrnoException) => { heard += error.code ?? error.message; });
  socket.on('close', () => go(heard));
});

const own = (): string => `http://127.0.0.1:${bench.server.port}`;

const link = (headers: Readonly<Record<string, string>> = { cookie, origin: own() }, path = '/link'): WebSocket => new WebSocket(`ws://127.0.0.1:${bench.server.port}${path}`, { headers });

const opened = async (): Promise<WebSocket> => {
  const socket = link();
  await new Promise((go, fail) => { socket.once('open', go); socket.once('error', fail); });
  return socket;
};

const dial = (headers: Readonly<Record<string, string>>, path = '/link'): Promise<string> => new Promise((go) => {
  const socket = link(headers, path);
  socket.on('open', () => { socket.terminate(); go('open'); });
  socket.on('unexpected-response', (_request, response) => { go(String(response.statusCode)); });
  socket.on('error', (error) => go(error.message));
});

const closed = (socket: WebSocket): Promise<number> => new Promise((go) => { socket.once('close', go); });
const goesOn = async (): Promise<void> => expect((await ask('/', { cookie })).status).toBe(200);
/** The bare connection under a WebSocket. */
const wireOf = (socket: WebSocket): Socket => (socket as unknown as { readonly _socket: Socket })._socket;

describe('who is let in', () => {
  test('the token opens once, sets a cookie that scripts cannot read, and leaves the address', async () => {
    const first = await ask(`/?token=${bench.token}`);
    expect([first.status, first.headers['location'], first.headers['cache-control']]).toEqual([303, '/', 'no-store']);
    expect(String(first.headers['set-cookie'])).toMatch(/^dragoman-\d+=\S+; HttpOnly; SameSite=Strict; Path=\/$/);
    expect((await ask(`/?token=${bench.token}`)).status).toBe(401);
    expect((await ask(`/?token=${bench.token}`, { cookie: String(first.headers['set-cookie']).split(';')[0] ?? '' })).status).toBe(303);
  });

  test('without the cookie nothing is served', async () => {
    for (const path of ['/', '/index.html', '/assets/page.js', '/link', '/upload']) expect((await ask(path)).status).toBe(401);
    expect((await ask('/', { cookie: cookie.replace(/=.*/, '=guess') })).status).toBe(401);
  });

  test('wrong tokens are refused for a while, which the answer names; pages that are in stay in', async () => {
    const answers: Answer[] = [];
    for (let i = 0; i < 7; i += 1) answers.push(await ask(`/?token=wrong-${i}`));
    expect(answers[0]?.status).toBe(401);
    const last = answers.at(-1);
    expect([last?.status, last?.headers['retry-after']]).toEqual([429, expect.stringMatching(/^[12]$/)]);
    expect(last?.body).toMatch(/Wait [12] seconds?, then open the address/);
    await goesOn();
  });

  test('only this machine is answered', async () => {
    const others = Object.values(networkInterfaces()).flat().filter((one) => one?.family === 'IPv4' && !one.internal);
    for (const one of others) expect(await raw('GET / HTTP/1.1\r\n\r\n', one?.address)).toBe('ECONNREFUSED');
    expect(new URL(bench.server.url).hostname).toBe('127.0.0.1');
  });
});

describe('other sites', () => {
  test('another name that resolves to this machine is not served (DNS rebinding)', async () => {
    for (const host of ['evil.example', `evil.example:${bench.server.port}`, `127.0.0.1:${bench.server.port + 1}`]) expect((await ask('/', { cookie, host })).status).toBe(421);
    expect(await dial({ cookie, host: 'evil.example', origin: 'http://evil.example' })).toBe('421');
    expect(await raw('GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
    expect(await raw(`GET http://evil.example/ HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 421/);
  });

  test('a foreign page cannot open the link, nor one without an origin or cookie', async () => {
    expect(await dial({ cookie, origin: 'http://evil.example' })).toBe('403');
    expect(await dial({ cookie, origin: `http://localhost:${bench.server.port}` })).toBe('403');
    expect(await dial({ cookie, origin: 'null' })).toBe('403');
    expect(await dial({ cookie })).toBe('403');
    expect(await dial({ origin: own() })).toBe('401');
    expect(await dial({ cookie, origin: own() }, '/other')).toBe('404');
    expect(await dial({ cookie, origin: own() }, '//')).toBe('404');
    expect(await dial({ cookie, origin: own() })).toBe('open');
  });

  test('a foreign page cannot upload, load a file, try a token or ask what is allowed', async () => {
    expect((await ask('/upload?name=x.txt', { cookie, origin: 'http://evil.example' }, 'POST', 'x')).status).toBe(403);
    expect((await ask('/upload?name=x.txt', { cookie }, 'POST', 'x')).status).toBe(403);
    expect((await ask('/assets/page.js', { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' })).status).toBe(403);
    expect((await ask('/?token=guess', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' })).status).toBe(403);
    expect((await ask('/upload', { cookie, origin: 'http://evil.example', 'access-control-request-method': 'POST' }, 'OPTIONS')).status).toBe(403);
  });

  test('every answer carries the policy, and none a CORS header', async () => {
    for (const answer of [await ask('/', { cookie }), await ask('/assets/page.js', { cookie }), await ask('/none', { cookie }), await ask('/'), await ask('/', { host: 'evil.example' })]) {
      expect(answer.headers).toMatchObject({
        'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self';.*frame-ancestors 'none'/), 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'permissions-policy': expect.stringContaining('camera=()'),
      });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('files', () => {
  test.each(['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/%2e%2e%2fsecret.txt', '/..%5csecret.txt', '/..\\secret.txt', '/assets/../../secret.txt', '/assets/..%2f..%2fsecret.txt',
    '/%252e%252e%252fsecret.txt', '/....//secret.txt', '//secret.txt', '/index.html%00.txt', '/%00', '/%', '/%c0%ae%c0%ae/secret.txt', '/assets', '/assets/', '/out.txt'])('%s leads to nothing', async (path) => {
    if (!existsSync(join(bench.folder, 'page', 'out.txt'))) symlinkSync(join(bench.folder, 'secret.txt'), join(bench.folder, 'page', 'out.txt'));
    // A bare connection: clients tidy such paths up themselves.
    const answer = await raw(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${bench.server.port}\r\ncookie: ${cookie}\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 40[04]/);
    expect(answer).not.toContain('for nobody');
  });

  test('a link inside a root that leads out of it is refused', async () => {
    symlinkSync('/etc', join(bench.folder, 'way-out'));
    const client = await bench.bySocket();
    await expect(client.call('project.browse', { folder: join(bench.folder, 'way-out') })).rejects.toMatchObject({ data: { code: 'file-outside-roots' } });
    await expect(client.call('corpora.inspect', { paths: [join(bench.folder, 'way-out', 'passwd')] })).rejects.toMatchObject({ data: { code: 'file-outside-roots' } });
    client.close();
  });

  test('other methods are answered with what is done instead', async () => {
    for (const method of ['PUT', 'DELETE', 'POST', 'PATCH']) {
      const answer = await ask('/', { cookie, origin: own() }, method);
      expect([method, answer.status, answer.headers['allow']]).toEqual([method, 405, 'GET']);
    }
    expect((await ask('/upload', { cookie }, 'GET')).headers['allow']).toBe('POST');
  });

  test('an upload keeps its name and nothing of its path', async () => {
    for (const name of ['../../up.txt', '..\\..\\up.txt', '/etc/up.txt', 'a\u0000/up.txt']) {
      const answer = await ask(`/upload?name=${encodeURIComponent(name)}`, { cookie, origin: own() }, 'POST', 'x');
      const { path } = JSON.parse(answer.body) as { path: string };
      expect([answer.status, path.startsWith(join(bench.folder, 'uploads')), path.endsWith('/up.txt')]).toEqual([200, true, true]);
    }
    for (const name of ['', '..', '/']) expect((await ask(`/upload?name=${encodeURIComponent(name)}`, { cookie, origin: own() }, 'POST', 'x')).status).toBe(400);
  });

  test('an upload beyond the limit is refused, announced or not, and leaves nothing behind', async () => {
    const before = readdirSync(join(bench.folder, 'uploads'));
    const announced = await raw(`POST /upload?name=big.txt HTTP/1.1\r\nhost: 127.0.0.1:${bench.server.port}\r\norigin: ${own()}\r\ncookie: ${cookie}\r\ncontent-length: ${2 ** 40}\r\n\r\n`);
    expect(announced).toMatch(/^HTTP\/1\.1 413/);
    const chunk = 'x'.repeat(64 * 1024);
    const streamed = await raw(`POST /upload?name=big.txt HTTP/1.1\r\nhost: 127.0.0.1:${bench.server.port}\r\norigin: ${own()}\r\ncookie: ${cookie}\r\ntransfer-encoding: chunked\r\n\r\n${`10000\r\n${chunk}\r\n`.repeat(20)}`);
    expect(streamed).toMatch(/^HTTP\/1\.1 413/);
    expect(readdirSync(join(bench.folder, 'uploads'))).toEqual(before);
    await goesOn();
  });

  test('half an upload is not kept', async () => {
    const before = readdirSync(join(bench.folder, 'uploads'));
    const socket = connect(bench.server.port, '127.0.0.1');
    socket.write(`POST /upload?name=half.txt HTTP/1.1\r\nhost: 127.0.0.1:${bench.server.port}\r\norigin: ${own()}\r\ncookie: ${cookie}\r\ncontent-length: 1000\r\n\r\nhalf`);
    await expect.poll(() => readdirSync(join(bench.folder, 'uploads')).length).toBe(before.length + 1);
    socket.destroy();
    await expect.poll(() => readdirSync(join(bench.folder, 'uploads'))).toEqual(before);
  });
});

describe('what would wear it down', () => {
  test('a message larger than the limit closes the link', async () => {
    const socket = await opened();
    const end = closed(socket);
    socket.send('x'.repeat(5 * 1024 * 1024));
    expect(await end).toBe(1009);
    await goesOn();
  });

  test.each<[string, string | Buffer]>([['what is not a message', '{not json'], ['a binary message', Buffer.from([1, 2, 3])]])('%s closes the link', async (_name, message) => {
    const socket = await opened();
    const end = closed(socket);
    socket.send(message);
    expect([1000, 1003, 1005]).toContain(await end);
    await goesOn();
  });

  test('an input nested a hundred thousand deep is answered', async () => {
    const socket = await opened();
    const answer = new Promise<string>((go) => { socket.once('message', (data) => go(String(data))); });
    const deep = `${'{"kind":"not","of":'.repeat(100_000)}null${'}'.repeat(100_000)}`;
    socket.send(`{"type":"call","id":1,"name":"pairs.view","input":{"origin":{"run":1},"sort":null,"predicate":${deep}}}`);
    expect(JSON.parse(await answer)).toMatchObject({ type: 'error', id: 1 });
    socket.terminate();
  });

  test('a page that does not read is let go with a code, what it asked for is not kept, and the others go on', async () => {
    const socket = await opened();
    const end = closed(socket);
    const before = process.memoryUsage().rss;
    wireOf(socket).pause();
    for (let id = 0; id < 30_000; id += 1) socket.send(JSON.stringify({ type: 'call', id, name: 'project.specimen', input: {} }));
    const client = await bench.bySocket();
    await expect.poll(() => bench.pages(), { timeout: 20_000 }).toBe(1);
    expect(await client.call('project.status', {})).toMatchObject({ path: null });
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
    wireOf(socket).resume();
    expect([tooFarBehind, 1006]).toContain(await end);
    client.close();
  });

  test('a page that reads slowly but reads gets everything', async () => {
    const client = await bench.bySocket();
    const asked = Array.from({ length: 200 }, () => client.call('project.specimen', {}));
    expect((await Promise.all(asked)).every(({ cut }) => cut === null || cut > 0)).toBe(true);
    client.close();
  });

  test('a page that gives no sign of life is gone', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${bench.server.port}/link`, { headers: { cookie, origin: own() }, autoPong: false });
    await new Promise((go) => { socket.once('open', go); });
    expect(await closed(socket)).toBe(1006);
  });

  test('a page that answers to it stays', async () => {
    const socket = await opened();
    let pings = 0;
    await new Promise<void>((go) => { socket.on('ping', () => { pings += 1; if (pings === 4) go(); }); });
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.terminate();
  });

  test('a request whose head never ends is cut off', async () => {
    expect(await raw('GET / HTTP/1.1\r\nhost: 127')).toMatch(/^HTTP\/1\.1 408/);
    expect(await raw(`GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431/);
  });

  test('there is an end to how many pages are served at once', async () => {
    await expect.poll(() => bench.pages()).toBe(0);
    const pages = await Promise.all(Array.from({ length: 8 }, opened));
    expect(await dial({ cookie, origin: own() })).toBe('503');
    for (const page of pages) page.terminate();
    await expect.poll(() => bench.pages()).toBe(0);
    expect(await dial({ cookie, origin: own() })).toBe('open');
  });

  test('a connection that breaks while it is refused harms nobody', async () => {
    for (let i = 0; i < 20; i += 1) {
      const socket = connect(bench.server.port, '127.0.0.1', () => {
        socket.write(`GET /link HTTP/1.1\r\nhost: evil.example\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n${'x'.repeat(10_000)}`);
        socket.resetAndDestroy();
      });
      socket.on('error', () => undefined);
      await new Promise((go) => { socket.once('close', go); });
    }
    expect((await ask('/', { cookie })).status).toBe(200);
  });
});
