import { useLayoutEffect, useState, type RefObject } from 'react';
import type { InvisiblePlace } from '../../main/domain/text/invisible.ts';
import { rangeIn } from './highlights.ts';

type Placed = { readonly key: number; readonly sign: string; readonly name: string; readonly isSpace: boolean; readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/**
 * Signs of invisible characters over a text, where the browser has set them.
 *
 * They lie on top and belong to no word: a sign between two Arabic letters would part them.
 */
export const SignLayer = ({ of, places }: { readonly of: RefObject<HTMLElement | null>; readonly places: readonly InvisiblePlace[] }) => {
  const [signs, setSigns] = useState<readonly Placed[]>([]);
  const key = JSON.stringify(places);
  useLayoutEffect(() => {
    const root = of.current;
    if (root === null) return undefined;
    const place = (): void => setSigns(placeSigns(root, places));
    place();
    const observer = new ResizeObserver(place);
    observer.observe(root);
    document.fonts.addEventListener('loadingdone', place);
    return () => { observer.disconnect(); document.fonts.removeEventListener('loadingdone', place); };
    // `key` stands for the places' value.
  }, [of, key]);
  return (
    <span className="signs" aria-hidden="true">
      {signs.map(({ key: at, sign, name, isSpace, x, y, width, height }) => (
        <span key={at} data-sign={sign} data-space={isSpace ? '' : undefined} title={name} style={{ transform: `translate(${x}px, ${y}px)`, inlineSize: width, blockSize: height }} />
      ))}
    </span>
  );
};

const placeSigns = (root: HTMLElement, places: readonly InvisiblePlace[]): readonly Placed[] => {
  const box = root.getBoundingClientRect();
  return places.flatMap(({ span: [from, to], sign, name }): readonly Placed[] => {
    const rect = rangeIn(root, from, to)?.getClientRects()[0];
    return rect === undefined ? [] : [{ key: from, sign, name, isSpace: sign.length === 1, x: rect.left - box.left, y: rect.top - box.top + root.scrollTop, width: rect.width, height: rect.height }];
  });
};
