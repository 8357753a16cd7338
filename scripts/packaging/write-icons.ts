/**
 * Makes the program's icons from their two drawings: PNGs for Linux, an ICO for Windows, an ICNS for macOS. `node scripts/packaging/write-icons.ts`
 *
 * The results are kept in the repository, since they change only with the drawings; a test compares them with what this would write.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import { IconIcns, IconIco } from '@shockpkg/icon-encoder';

const folder = fileURLToPath(new URL('../../resources/icons', import.meta.url));

const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512] as const;
const windowsSizes = [16, 24, 32, 48, 64, 128, 256] as const;
/** Type codes of an ICNS, with their sizes in pixels. */
const macTypes = { ic04: 16, ic05: 32, ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 } as const;

/** Up to here the drawing on a grid of 16 is used. */
const smallUpTo = 32;
/** Apple's icons keep a margin of a tenth on every side; a drawing that fills its square looks too large in the Dock. */
const macTile = 824 / 1024;

/** All files, by their path under `resources/icons`. */
export const drawIcons = async (): Promise<ReadonlyMap<string, Uint8Array>> => {
  const files = new Map<string, Uint8Array>();
  for (const size of linuxSizes) files.set(`linux/${size}x${size}.png`, draw(size));
  const ico = new IconIco();
  for (const size of windowsSizes) await ico.addFromPng(draw(size), size >= 256, true);
  files.set('dragoman.ico', ico.encode());
  const icns = new IconIcns();
  icns.toc = true;
  for (const [type, size] of Object.entries(macTypes)) await icns.addFromPng(draw(size, macTile), [type], type !== 'ic04' && type !== 'ic05');
  files.set('dragoman.icns', icns.encode());
  return files;
};

/** A PNG of `size` pixels, with the tile at `scale` of the square. */
const draw = (size: number, scale = 1): Uint8Array => {
  const source = readFileSync(join(folder, size <= smallUpTo ? 'dragoman-small.svg' : 'dragoman.svg'), 'utf8');
  const drawing = scale === 1 ? source : withMargin(source, scale);
  return new Resvg(drawing, { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } }).render().asPng();
};

/** Widens the drawing's view around its middle. */
const withMargin = (source: string, scale: number): string =>
  source.replace(/viewBox="0 0 (\d+) \d+"/, (_, side: string) => {
    const wide = Number(side) / scale;
    const edge = (Number(side) - wide) / 2;
    return `viewBox="${edge} ${edge} ${wide} ${wide}"`;
  });

if (import.meta.main) {
  for (const [name, bytes] of await drawIcons()) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    console.log(`${name} ${bytes.length} bytes`);
  }
}
