import { execFile } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './set-up.mjs';

const run = promisify(execFile);
const setUp = new URL('./set-up.mjs', import.meta.url).href;
const root = fileURLToPath(new URL('..', import.meta.url));

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'set-up-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the lock of a checkout', () => {
  it('lets several processes in one after the other', async () => {
    const work = `
      import { appendFileSync } from 'node:fs';
      import { withLock } from '${setUp}';
      await withLock('${folder}/lock', async () => {
        appendFileSync('${folder}/log', 'in ');
        await new Promise(resolve => setTimeout(resolve, 150));
        appendFileSync('${folder}/log', 'out ');
      });`;
    await Promise.all([1, 2, 3].map(() => run(process.execPath, ['--input-type=module', '-e', work])));
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('in out in out in out ');
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  it('is taken over from an owner that was killed', async () => {
    const lock = join(folder, 'lock');
    await expect(run(process.execPath, ['--input-type=module', '-e', `import { withLock } from '${setUp}'; await withLock('${lock}', () => process.kill(process.pid, 'SIGKILL'));`])).rejects.toMatchObject({ signal: 'SIGKILL' });
    expect(existsSync(lock)).toBe(true);
    await withLock(lock, async () => appendFileSync(join(folder, 'log'), 'mine'));
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('mine');
  });

  it('is given back when the work fails', async () => {
    const lock = join(folder, 'lock');
    await expect(withLock(lock, () => Promise.reject(new Error('no space left')))).rejects.toThrow('no space left');
    expect(existsSync(lock)).toBe(false);
  });
});

describe('an entry script', () => {
  /** Runs a body through `main`, as the scripts of package.json do. */
  const runMain = (body: string) => {
    const script = join(folder, 'entry.mjs');
    writeFileSync(script, `import { main, SetUpError } from '${setUp}'; await main(async () => { ${body} });`);
    return run(process.execPath, [script], { cwd: root }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { readonly code: number; readonly stdout: string; readonly stderr: string }) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
    );
  };

  it('ends with the code of what it ran', async () => {
    expect(await runMain('return 3;')).toEqual({ code: 3, stdout: '', stderr: '' });
  });

  it('says in a sentence what the user can do, without a stack, and not on stdout', async () => {
    expect(await runMain(`throw new SetUpError('The packages could not be installed. Check the network.');`)).toEqual({
      code: 1, stdout: '', stderr: 'Dragoman: The packages could not be installed. Check the network.\n',
    });
  });
});
