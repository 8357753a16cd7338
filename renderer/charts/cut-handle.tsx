import { useRef, type Ref } from 'react';
import { cutAfterKey, onThousandths } from './cut-keys.ts';
import { rem, useZoom } from '../widgets/zoom.ts';
import { valueAt, xOf, type Scale } from './scale.ts';
import css from './histogram.module.css';

type Props = {
  readonly scale: Scale;
  readonly value: number;
  readonly label: string;
  /** The value and what it does, read aloud when it changes. */
  readonly words: string;
  /** While it moves. */
  readonly onMove: (value: number, by: 'drag' | 'key') => void;
  /** When it was let go of, or Enter was pressed. */
  readonly onPlace: (value: number) => void;
  /** Escape: back to where it was. */
  readonly onGiveUp: () => void;
  readonly ref?: Ref<HTMLDivElement>;
};

/** The line that places a cut, with a grip: drag it, or move it by keys. */
export const CutHandle = ({ scale, value, label, words, onMove, onPlace, onGiveUp, ref }: Props) => {
  const dragging = useRef<number | undefined>(undefined);
  const zoom = useZoom();
  const at = (event: React.PointerEvent): number => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    return onThousandths(valueAt(scale, (event.clientX - (box?.left ?? 0)) / zoom));
  };
  return (
    <div ref={ref} role="slider" tabIndex={0} aria-label={label} aria-orientation="horizontal" aria-valuemin={onThousandths(scale.minimum)} aria-valuemax={onThousandths(scale.maximum)} aria-valuenow={onThousandths(value)} aria-valuetext={words}
      className={css['handle']} style={{ insetInlineStart: rem(Math.min(scale.width, Math.max(0, xOf(scale, value)))) }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.focus();
        event.currentTarget.setPointerCapture(event.pointerId);
        dragging.current = value;
      }}
      onPointerMove={(event) => {
        if (dragging.current === undefined) return;
        dragging.current = at(event);
        onMove(dragging.current, 'drag');
      }}
      onPointerUp={() => {
        if (dragging.current !== undefined) onPlace(dragging.current);
        dragging.current = undefined;
      }}
      onPointerCancel={() => { dragging.current = undefined; onGiveUp(); }}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === 'Enter') { event.preventDefault(); onPlace(value); return; }
        if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); onGiveUp(); return; }
        const next = cutAfterKey(event.key, event.shiftKey, value, scale);
        if (next === undefined) return;
        event.preventDefault();
        onMove(next, 'key');
      }}>
      <span className={css['grip']} aria-hidden="true"><i /><i /></span>
    </div>
  );
};
