import { useId, useRef, type ReactNode } from 'react';
import { decimal } from '../strings/numbers.ts';
import { rem } from '../widgets/zoom.ts';
import { placeLabels } from './labels.ts';
import { rootHeight, ticks, xOf, type Scale } from './scale.ts';
import { useWidth } from './use-width.ts';
import css from './histogram.module.css';

export type Bins = { /** One more than counts. */ readonly edges: readonly number[]; readonly counts: readonly number[] };
export type MarkedLine = { readonly at: number; readonly words: string };
export type CurvePoint = { readonly at: number; /** 0..1, and its interval. */ readonly value: number; readonly low: number; readonly high: number };

type Props = {
  readonly bins: Bins;
  readonly height: number;
  /** What the chart says, for those who do not see it. */
  readonly says: string;
  /** Words in the upper corner: the scale, because it is not linear. */
  readonly caption: string;
  /** Bars from here on are the kept ones. */
  readonly cut?: number | undefined;
  readonly cutWords?: string;
  readonly lines?: readonly MarkedLine[];
  readonly curve?: readonly CurvePoint[];
  readonly curveWords?: string;
  /** Laid over the chart: the handle. */
  readonly children?: (scale: Scale) => ReactNode;
};

const axis = 18;
/** Advance of a letter of 11.5 px in the interface's face, on average. */
const letter = 5.6;

/** Bars on a square-root scale over one baseline. They never animate; what is dropped is lighter, exactly up to the cut. */
export const Histogram = ({ bins, height, says, caption, cut, cutWords = '', lines = [], curve = [], curveWords = '', children }: Props) => {
  const box = useRef<HTMLElement>(null);
  const width = useWidth(box);
  const id = useId();
  const base = height - axis;
  const scale: Scale = { minimum: bins.edges[0] ?? 0, maximum: bins.edges.at(-1) ?? 1, width };
  const x = (value: number): number => xOf(scale, value);
  const { values, decimals } = ticks(scale.minimum, scale.maximum, Math.max(2, Math.floor(width / 110)));
  const cutX = cut === undefined ? undefined : Math.min(width, Math.max(0, x(cut)));
  const captionWidth = caption.length * letter;
  const seenLines = lines.filter((line) => line.at >= scale.minimum && line.at <= scale.maximum);
  const placed = placeLabels([...(cutX === undefined ? [] : [{ x: cutX, width: cutWords.length * letter + 8 }]), ...seenLines.map((line) => ({ x: x(line.at), width: line.words.length * letter }))], width, [[[0, captionWidth]], curve.length < 2 ? [] : [[width - curveWords.length * letter - 8, width]]]);
  const cutPlace = cutX === undefined ? undefined : placed[0];
  const linePlaces = cutX === undefined ? placed : placed.slice(1);
  const bars = <Bars bins={bins} scale={scale} base={base} tallest={base - (cutX === undefined && curve.length === 0 ? 20 : 44)} />;
  return (
    <figure ref={box} dir="ltr" className={css['figure']} style={{ blockSize: rem(height) }}>
      {width === 0 ? null : (
        <svg height={rem(height)} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={says}>
          {cutX === undefined ? <g className={css['dropped']}>{bars}</g> : (
            <>
              <clipPath id={`${id}-kept`}><rect x={cutX} y={0} width={Math.max(0, width - cutX)} height={base} /></clipPath>
              <clipPath id={`${id}-dropped`}><rect x={0} y={0} width={cutX} height={base} /></clipPath>
              <rect x={cutX} y={0} width={Math.max(0, width - cutX)} height={base} className={css['ground']} />
              <g className={css['dropped']} clipPath={`url(#${id}-dropped)`}>{bars}</g>
              <g className={css['kept']} clipPath={`url(#${id}-kept)`}>{bars}</g>
            </>
          )}
          <path d={`M0 ${base + 0.5}H${width}`} className={css['baseline']} />
          {values.map((value) => (
            <g key={value}><path d={`M${x(value)} ${base}v3`} className={css['tick']} /><text x={x(value)} y={height - 3} textAnchor={x(value) < 14 ? 'start' : x(value) > width - 14 ? 'end' : 'middle'}>{decimal(value, decimals)}</text></g>
          ))}
          {curve.length < 2 ? null : <Curve curve={curve} x={x} base={base} />}
          {curve.length < 2 ? null : <text x={width - 4} y={27} textAnchor="end" className={css['curveWords']}>{curveWords}</text>}
          <text x={0} y={12}>{caption}</text>
          {seenLines.map((line, index) => {
            const at = linePlaces[index];
            return (
              <g key={line.words}>
                <path d={`M${x(line.at)} 2V${base}`} className={css['line']} />
                <text x={x(line.at) + (at?.side === 'before' ? -5 : 5)} y={12 + 15 * (at?.row ?? 0)} textAnchor={at?.side === 'before' ? 'end' : 'start'} className={css['words']}>{line.words}</text>
              </g>
            );
          })}
        </svg>
      )}
      {cutX === undefined || cutPlace === undefined ? null : (
        <span aria-hidden="true" className={css['cutWords']} style={{ insetBlockStart: rem(1 + 15 * cutPlace.row), ...(cutPlace.side === 'after' ? { insetInlineStart: rem(cutX + 8) } : { insetInlineEnd: rem(width - cutX + 8) }) }}>{cutWords}</span>
      )}
      {width === 0 ? null : children?.(scale)}
    </figure>
  );
};

/** The bars alone, as one path on the baseline. */
export const Bars = ({ bins, scale, base, tallest }: { readonly bins: Bins; readonly scale: Scale; readonly base: number; readonly tallest: number }) => {
  const most = bins.counts.reduce((highest, each) => Math.max(highest, each), 0);
  const path = bins.counts.map((each, index) => {
    if (each === 0) return '';
    const start = xOf(scale, bins.edges[index] ?? 0);
    const end = xOf(scale, bins.edges[index + 1] ?? 0);
    const height = rootHeight(each, most, tallest);
    return `M${start.toFixed(2)} ${base}v${(-height).toFixed(1)}h${Math.max(0.5, end - start - 1).toFixed(2)}V${base}z`;
  }).join('');
  return <path d={path} />;
};

/** Estimated share of right pairs at each margin, from the foot (none) to below the words (all), with its interval as a band. */
const Curve = ({ curve, x, base }: { readonly curve: readonly CurvePoint[]; readonly x: (value: number) => number; readonly base: number }) => {
  const y = (share: number): number => base - 4 - Math.min(1, Math.max(0, share)) * (base - 40);
  const points = (value: (point: CurvePoint) => number, list: readonly CurvePoint[]): string => list.map((point) => `${x(point.at).toFixed(1)} ${y(value(point)).toFixed(1)}`).join('L');
  const line = `M${points((point) => point.value, curve)}`;
  return (
    <>
      <path d={`M${points((point) => point.high, curve)}L${points((point) => point.low, curve.toReversed())}z`} className={css['spread']} />
      <path d={line} className={css['curveUnder']} />
      <path d={line} className={css['curve']} />
    </>
  );
};
