import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { drawIcons } from './write-icons.ts';

const folder = new URL('../../resources/icons/', import.meta.url);

it('keeps the icons that the two drawings give', async () => {
  const drawn = await drawIcons();
  expect([...drawn.keys()].filter((name) => name.startsWith('linux/')).toSorted()).toEqual(readdirSync(new URL('linux/', folder)).map((name) => `linux/${name}`).toSorted());
  for (const [name, bytes] of drawn) expect(readFileSync(new URL(name, folder)).equals(bytes), name).toBe(true);
});
