import { useRef, type Ref } from 'react';
import css from './grid.module.css';

export type Thumb = { readonly start: number; readonly size: number };

type Props = {
  readonly thumbRef: Ref<HTMLDivElement>;
  readonly trackRef: React.RefObject<HTMLDivElement | null>;
  /** Where the thumb is now. */
  readonly read: () => Thumb | undefined;
  readonly onDrag: (start: number, size: number) => void;
};

/** The only part that is scaled: with a million rows a pixel of it is thousands of rows. For the mouse; the keyboard has its own ways, so it is not read aloud. */
export const Scrollbar = ({ thumbRef, trackRef, read, onDrag }: Props) => {
  const grip = useRef(0);
  const move = (clientY: number): void => {
    const thumb = read();
    const track = trackRef.current;
    if (thumb === undefined || track === null) return;
    onDrag(clientY - track.getBoundingClientRect().top - grip.current, thumb.size);
  };
  return (
    <div ref={trackRef} className={css['track']} aria-hidden="true"
      onPointerDown={(event) => {
        const thumb = read();
        if (thumb === undefined || event.button !== 0) return;
        event.preventDefault();
        const at = event.clientY - event.currentTarget.getBoundingClientRect().top;
        const onThumb = at >= thumb.start && at <= thumb.start + thumb.size;
        grip.current = onThumb ? at - thumb.start : thumb.size / 2;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.firstElementChild?.setAttribute('data-dragged', '');
        if (!onThumb) move(event.clientY);
      }}
      onPointerMove={(event) => { if (event.currentTarget.hasPointerCapture(event.pointerId)) move(event.clientY); }}
      onPointerUp={(event) => { event.currentTarget.releasePointerCapture(event.pointerId); event.currentTarget.firstElementChild?.removeAttribute('data-dragged'); }}>
      <div ref={thumbRef} className={css['thumb']} />
    </div>
  );
};
