import { useLayoutEffect, useState, type RefObject } from 'react';
import { useZoom } from '../widgets/zoom.ts';

/** The width of an element in px of the unzoomed page, kept true while window and zoom change; 0 until it is there. */
export const useWidth = (box: RefObject<HTMLElement | null>): number => {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width / useZoom();
};
