import { useId, useRef } from 'react';
import { decimal } from '../strings/numbers.ts';
import { rem, useZoom } from '../widgets/zoom.ts';
import { Bars, type Bins } from './histogram.tsx';
import { afterKey, onStep, stepOf } from './range-steps.ts';
import { ticks, valueAt, xOf, type Scale } from './scale.ts';
import { useWidth } from './use-width.ts';
import css from './range-histogram.module.css';

export type Range = { readonly low: number; readonly high: number };

type Props = {
  readonly bins: Bins;
  /** What is brushed; undefined: everything. */
  readonly range: Range | undefined;
  readonly says: string;
  readonly lowLabel: string;
  readonly highLabel: string;
  /** While a handle moves. */
  readonly onMove: (range: Range) => void;
  /** When it was let go of, or the keys rest. */
  readonly onPlace: (range: Range) => void;
};

const [height, axis] = [72, 16];
/** After the last key the range is placed: many small steps are one filter. */
const restAfterKeys = 500;

/** A small histogram with a brush: bars inside the range dark, outside light, a handle at either end. Arrow keys move by a thousandth of the scale, Shift by a hundredth. */
export const RangeHistogram = ({ bins, range, says, lowLabel, highLabel, onMove, onPlace }: Props) => {
  const box = useRef<HTMLElement>(null);
  const width = useWidth(box);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  const scale: Scale = { minimum: bins.edges[0] ?? 0, maximum: bins.edges.at(-1) ?? 1, width };
  const base = height - axis;
  const [low, high] = [Math.max(scale.minimum, range?.low ?? scale.minimum), Math.min(scale.maximum, range?.high ?? scale.maximum)];
  const [from, to] = [xOf(scale, low), xOf(scale, high)];
  const { values, decimals } = ticks(scale.minimum, scale.maximum, 3);
  const move = (end: 'low' | 'high', value: number, by: 'drag' | 'key'): void => {
    const next = end === 'low' ? { low: Math.min(value, high), high } : { low, high: Math.max(value, low) };
    onMove(next);
    clearTimeout(rest.current);
    if (by === 'key') rest.current = setTimeout(() => onPlace(next), restAfterKeys);
  };
  const bars = <Bars bins={bins} scale={scale} base={base} tallest={base - 8} />;
  return (
    <figure ref={box} dir="ltr" className={css['figure']} style={{ blockSize: rem(height) }}>
      {width === 0 ? null : (
        <svg width={rem(width)} height={rem(height)} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={says}>
          <clipPath id={`${id}-in`}><rect x={from} y={0} width={Math.max(0, to - from)} height={base} /></clipPath>
          <g className={css['outside']}>{bars}</g>
          <g className={css['inside']} clipPath={`url(#${id}-in)`}>{bars}</g>
          <path d={`M0 ${base + 0.5}H${width}`} className={css['baseline']} />
          {values.map((value) => <g key={value}><path d={`M${xOf(scale, value)} ${base}v3`} className={css['tick']} /><text x={xOf(scale, value)} y={height - 2} textAnchor={xOf(scale, value) < 14 ? 'start' : xOf(scale, value) > width - 14 ? 'end' : 'middle'}>{decimal(value, decimals)}</text></g>)}
        </svg>
      )}
      {width === 0 ? null : (['low', 'high'] as const).map((end) => (
        <Handle key={end} scale={scale} value={end === 'low' ? low : high} label={end === 'low' ? lowLabel : highLabel} onMove={(value, by) => move(end, value, by)} onPlace={() => { clearTimeout(rest.current); onPlace({ low, high }); }} />
      ))}
    </figure>
  );
};

type HandleProps = { readonly scale: Scale; readonly value: number; readonly label: string; readonly onMove: (value: number, by: 'drag' | 'key') => void; readonly onPlace: () => void };

const Handle = ({ scale, value, label, onMove, onPlace }: HandleProps) => {
  const dragged = useRef(false);
  const zoom = useZoom();
  return (
    <div role="slider" tabIndex={0} aria-label={label} aria-valuemin={scale.minimum} aria-valuemax={scale.maximum} aria-valuenow={value} aria-valuetext={decimal(value, stepOf(scale).decimals)} className={css['handle']} style={{ insetInlineStart: rem(xOf(scale, value)) }}
      onPointerDown={(event) => { if (event.button !== 0) return; event.preventDefault(); event.currentTarget.focus(); event.currentTarget.setPointerCapture(event.pointerId); }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        dragged.current = true;
        onMove(onStep(scale, valueAt(scale, (event.clientX - (event.currentTarget.parentElement?.getBoundingClientRect().left ?? 0)) / zoom)), 'drag');
      }}
      onPointerUp={() => { if (dragged.current) onPlace(); dragged.current = false; }}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === 'Enter') { event.preventDefault(); onPlace(); return; }
        const next = afterKey(event.key, event.shiftKey, value, scale);
        if (next === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        onMove(next, 'key');
      }}><i aria-hidden="true" /></div>
  );
};
