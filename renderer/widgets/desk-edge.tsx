import { useRef } from 'react';
import { useApp, useSlice } from '../stores/hooks.tsx';
import { leastDesk } from '../stores/ui.ts';
import { useZoom } from './zoom.ts';
import css from './desk-edge.module.css';

/** Lengths here are those of the unzoomed page, px. At least so much of the window stays for what lies above the desk: bar, strip, instrument and some rows. */
const restOfWindow = 420;
const step = 8;
/** The same as `--desk` in tokens.css, px. */
const suggested = (zoom: number): number => Math.round(Math.min(310, Math.max(268, (window.innerHeight / zoom) * 0.31)));

/** The upper edge of the desk: drawn with the pointer or by arrow keys (Shift: further), a double click or Home gives the height back to the window. */
export const DeskEdge = ({ label }: { readonly label: string }) => {
  const { setDesk } = useApp().stores.ui.getState();
  const drawn = useSlice('ui', (ui) => ui.desk);
  const edge = useRef<HTMLDivElement>(null);
  const zoom = useZoom();
  const most = Math.max(leastDesk + step, Math.round(window.innerHeight / zoom) - restOfWindow);
  const heightNow = (): number => (edge.current?.parentElement?.getBoundingClientRect().height ?? leastDesk * zoom) / zoom;
  const draw = (height: number): void => setDesk(Math.min(most, height));

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const by = event.shiftKey ? 5 * step : step;
    if (event.key === 'ArrowUp') draw(heightNow() + by);
    else if (event.key === 'ArrowDown') draw(heightNow() - by);
    else if (event.key === 'Home') setDesk(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerDown = (event: React.PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    const [fromY, from] = [event.clientY, heightNow()];
    const { currentTarget: target, pointerId } = event;
    target.setPointerCapture(pointerId);
    const move = (next: PointerEvent): void => draw(from + (fromY - next.clientY) / zoom);
    const end = (): void => { target.removeEventListener('pointermove', move); target.removeEventListener('lostpointercapture', end); };
    target.addEventListener('pointermove', move);
    target.addEventListener('lostpointercapture', end);
  };
  return (
    <div ref={edge} className={css['edge']} role="separator" aria-orientation="horizontal" aria-label={label} tabIndex={0}
      aria-valuemin={leastDesk} aria-valuemax={most} aria-valuenow={Math.min(most, drawn ?? suggested(zoom))}
      onKeyDown={onKeyDown} onPointerDown={onPointerDown} onDoubleClick={() => setDesk(null)} />
  );
};
