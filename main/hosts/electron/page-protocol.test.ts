import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { observed, reset } from '../../../tests/fakes/electron.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';

let folder: string;
let built: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'page-'));
  built = join(folder, 'renderer');
  mkdirSync(join(built, 'assets'), { recursive: true });
  writeFileSync(join(built, 'index.html'), '<!doctype html><title>Dragoman</title>');
  writeFileSync(join(built, 'assets', 'page.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'not for pages');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(reset);

const get = async (address: string): Promise<Response> => {
  servePage(built);
  const handler = observed.handlers.get('app');
  if (handler === undefined) throw new Error('Nothing serves app://');
  return handler({ url: address } as Request);
};

it('serves the built page with a policy that allows no inline script', async () => {
  const response = await get('app://dragoman/index.html');
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('<title>Dragoman</title>');
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
  expect((await get('app://dragoman/assets/page.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
});

it.each([
  'app://dragoman/../secret.txt', 'app://dragoman/%2e%2e/secret.txt', 'app://dragoman/..%2fsecret.txt', 'app://dragoman/..%5csecret.txt', 'app://dragoman/assets/..%2f..%2fsecret.txt',
  'app://dragoman/%00', 'app://dragoman/%', 'app://dragoman/', 'app://dragoman/assets', 'app://elsewhere/index.html', 'app://dragoman.example/index.html', 'file:///etc/passwd',
])('answers %s with 404', async (address) => {
  const response = await get(address);
  expect(response.status).toBe(404);
  expect(await response.text()).not.toContain('not for pages');
});

it('is a scheme with an origin of its own', () => {
  registerPageScheme();
  expect(observed.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
});
