import * as v from 'valibot';

export type Place = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export const keptPlace = v.object({ x: v.number(), y: v.number(), width: v.pipe(v.number(), v.minValue(400)), height: v.pipe(v.number(), v.minValue(300)), maximised: v.boolean() });
export type KeptPlace = v.InferOutput<typeof keptPlace>;

/** A window of this size, px, is shown where nothing is kept. */
export const usualSize = { width: 1280, height: 800 } as const;

/**
 * Where the window opens: where it was, as far as that is on a display of today; else the usual size, placed by the system.
 *
 * A display may be gone. The title bar has to be reachable, so 100 px of its width and its whole height must lie on one of the work areas; a window larger than
 * its display is made as large as that.
 */
export const placeOf = (kept: KeptPlace | undefined, workAreas: readonly Place[]): Partial<Place> & { readonly width: number; readonly height: number } => {
  const area = kept === undefined ? undefined : workAreas.find((each) => overlap(kept.x, kept.width, each.x, each.width) >= 100 && kept.y >= each.y && kept.y + 40 <= each.y + each.height);
  if (kept === undefined || area === undefined) return usualSize;
  return { x: kept.x, y: kept.y, width: Math.min(kept.width, area.width), height: Math.min(kept.height, area.height) };
};

const overlap = (start: number, length: number, otherStart: number, otherLength: number): number => Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
