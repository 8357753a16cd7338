import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openBench, type Bench } from '../support.ts';

let bench: Bench;
let cookie: string;

beforeAll(async () => {
  bench = await openBench();
  mkdirSync(join(bench.folder, 'page'));
  writeFileSync(join(bench.folder, 'page', 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(bench.folder, 'secret.txt'), 'secret');
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

const dial = (headers: Readonly<Record<string, string>>, path = '/link'): Promise<string> => new Promise((go) => {
  const socket = new WebSocket(`ws://127.0.0.1:${bench.server.port}${path}`, { headers });
  socket.on('open', () => { socket.terminate(); go('open'); });
  socket.on('unexpected-response', (_request, response) => { go(String(response.statusCode)); });
  socket.on('error', (error) => go(error.message));
});

const own = (): string => `http://127.0.0.1:${bench.server.port}`;

test('the token opens once, sets a cookie that scripts cannot read, and leaves the address', async () => {
  const first = await ask(`/?token=${bench.token}`);
  expect(first.status).toBe(303);
  expect(first.headers['location']).toBe('/');
  expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
  expect((await ask(`/?token=${bench.token}`)).status).toBe(401);
});

test('without the cookie nothing is served', async () => {
  for (const path of ['/', '/index.html', '/link', '/upload']) expect((await ask(path)).status).toBe(401);
});

test('with the cookie the page is served with its policy and without any CORS header', async () => {
  const page = await ask('/', { cookie });
  expect(page.status).toBe(200);
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect(Object.keys(page.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('another name that resolves to this machine is not served (DNS rebinding)', async () => {
  expect((await ask('/', { cookie, host: 'evil.example' })).status).toBe(421);
  expect(await dial({ cookie, host: 'evil.example', origin: 'http://evil.example' })).toBe('421');
});

test('a foreign page cannot open the link, nor one without an origin', async () => {
  expect(await dial({ cookie, origin: 'http://evil.example' })).toBe('403');
  expect(await dial({ cookie, origin: 'null' })).toBe('403');
  expect(await dial({ cookie })).toBe('403');
  expect(await dial({ origin: own() })).toBe('401');
  expect(await dial({ cookie, origin: own() }, '/other')).toBe('404');
  expect(await dial({ cookie, origin: own() })).toBe('open');
});

test('a foreign page cannot upload', async () => {
  expect((await ask('/upload?name=x.txt', { cookie, origin: 'http://evil.example' }, 'POST', 'x')).status).toBe(403);
  expect((await ask('/upload?name=x.txt', { cookie }, 'POST', 'x')).status).toBe(403);
});

test('an upload keeps its name and nothing of its path', async () => {
  const answer = await ask(`/upload?name=${encodeURIComponent('../../up.txt')}`, { cookie, origin: own() }, 'POST', 'x');
  expect(answer.status).toBe(200);
  const { path } = JSON.parse(answer.body) as { path: string };
  expect(path.startsWith(join(bench.folder, 'uploads'))).toBe(true);
  expect(path.endsWith('/up.txt')).toBe(true);
});

test('no path leads out of the page folder', async () => {
  for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/../../secret.txt', '/%00', '/%']) {
    const answer = await ask(path, { cookie });
    expect([path, answer.status]).toEqual([path, 404]);
    expect(answer.body).not.toContain('secret.txt content');
  }
});

test('a link inside a root that leads out of it is refused', async () => {
  symlinkSync('/etc', join(bench.folder, 'way-out'));
  const client = await bench.bySocket();
  await expect(client.call('project.browse', { folder: join(bench.folder, 'way-out') })).rejects.toMatchObject({ data: { code: 'file-outside-roots' } });
});

test('wrong tokens are counted and then refused for a while', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 14; i += 1) statuses.push((await ask(`/?token=wrong-${i}`)).status);
  expect(statuses[0]).toBe(401);
  expect(statuses.at(-1)).toBe(429);
});

test('a message larger than the limit closes the link, the program goes on', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${bench.server.port}/link`, { headers: { cookie, origin: own() } });
  await new Promise((go) => { socket.once('open', go); });
  const closed = new Promise<number>((go) => { socket.once('close', go); });
  socket.send('x'.repeat(5 * 1024 * 1024));
  expect(await closed).toBe(1009);
  expect((await ask('/', { cookie })).status).toBe(200);
});

test('what is not a message closes the link', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${bench.server.port}/link`, { headers: { cookie, origin: own() } });
  await new Promise((go) => { socket.once('open', go); });
  const closed = new Promise((go) => { socket.once('close', go); });
  socket.send('{not json');
  await closed;
  expect((await ask('/', { cookie })).status).toBe(200);
});
