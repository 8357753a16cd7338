/**
 * Loaded with `--import` into every process of a program under measurement (scripts/bench/soak.ts): at SIGUSR2 it collects garbage and appends what the process
 * holds to $DRAGOMAN_PROBE/<pid>.jsonl. The program itself knows nothing of it.
 */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

const folder = process.env['DRAGOMAN_PROBE'];
if (isMainThread && folder !== undefined) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  process.on('SIGUSR2', async () => {
    // Twice with a pause: finalizers of native objects run between collections.
    collect();
    await new Promise(resolve => setTimeout(resolve, 50));
    collect();
    const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
    const handles = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
    appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify({ rss, heapUsed, external, arrayBuffers, handles })}\n`);
  });
}
