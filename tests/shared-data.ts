/**
 * The evaluation data that lives beside the checkout, never inside it.
 *
 * Published corpora and golden figures are too large, and partly not ours, to be part of the project. Tests that need
 * them look in `DRAGOMAN_SHARED`, else in the folder `shared` next to the checkout. Without the data a developer's run
 * skips those tests and says so; with `CI` set the same absence is a failure, so that no check goes missing unseen.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const beside = fileURLToPath(new URL('../../shared', import.meta.url));

/**
 * The absolute path of one part of the shared data, such as `data/mining`, or null where it is absent.
 *
 * @throws when it is absent and `CI` is set.
 */
export function sharedPath(part: string): string | null {
  const path = join(resolve(process.env['DRAGOMAN_SHARED'] ?? beside), part);
  if (existsSync(path)) return path;
  const message = `The shared data "${part}" is not here. Set DRAGOMAN_SHARED to the folder that holds it.`;
  if (process.env['CI']) throw new Error(`${message} CI is set, so the tests that need it fail instead of being skipped.`);
  console.warn(`SKIPPED: ${message}`);
  return null;
}

/** A `describe` whose body gets the path of the data it needs. Where that is absent it is one skipped test in the count, or a failure under `CI`. */
export function describeWithShared(part: string, name: string, body: (path: string) => void): void {
  const path = sharedPath(part);
  describe(name, () => {
    if (path !== null) body(path);
    else it.skipIf(path === null)(`needs the shared data "${part}"`, () => expect(path).not.toBeNull());
  });
}
