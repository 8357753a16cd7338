import { useRef } from 'react';
import { decimal, percent } from '../strings/numbers.ts';
import { rem } from '../widgets/zoom.ts';
import { ticks, xOf, type Scale } from './scale.ts';
import { useWidth } from './use-width.ts';
import css from './precision-bands.module.css';

export type PrecisionBand = { readonly low: number; readonly high: number; readonly judged: number; readonly right: number; readonly precision: number | null; readonly interval: readonly [number, number] | null; readonly pairs: number };

type Props = {
  readonly bands: readonly PrecisionBand[];
  /** Precision of all that a cut keeps. */
  readonly curve: readonly { readonly cut: number; readonly precision: number; readonly low: number; readonly high: number }[];
  readonly wanted: number | undefined;
  /** The cut that reaches it, and the one that is in force. */
  readonly cut: number | undefined;
  readonly present: number | undefined;
  /** What the chart says, for those who do not see it. */
  readonly says: string;
  readonly words: { readonly wanted: string; readonly cut: string; readonly present: string; readonly none: string; readonly of: (right: number, judged: number) => string };
};

const [height, axis, head, margin] = [240, 20, 34, 44];
/** Narrower bands have no room for their numbers. */
const leastForWords = 46;

/** Share of right pairs in each band of a score, with its interval as a whisker; over it, as a line, the precision of everything from there on. */
export const PrecisionBands = ({ bands, curve, wanted, cut, present, says, words }: Props) => {
  const box = useRef<HTMLElement>(null);
  const width = useWidth(box);
  const scale: Scale = { minimum: bands[0]?.low ?? 0, maximum: bands.at(-1)?.high ?? 1, width: Math.max(0, width - margin - 8) };
  const x = (value: number): number => margin + xOf(scale, value);
  const base = height - axis;
  const y = (share: number): number => base - Math.min(1, Math.max(0, share)) * (base - head);
  const { values, decimals } = ticks(scale.minimum, scale.maximum, Math.max(2, Math.floor(width / 110)));
  const line = (list: readonly (readonly [number, number])[]): string => list.map(([at, share]) => `${x(at).toFixed(1)} ${y(share).toFixed(1)}`).join('L');
  return (
    <figure ref={box} dir="ltr" className={css['figure']} style={{ blockSize: rem(height) }}>
      {width === 0 || bands.length === 0 ? null : (
        <svg height={rem(height)} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={says}>
          {[0, 0.5, 1].map((share) => <g key={share}><path d={`M${margin} ${y(share)}H${width - 8}`} className={share === 0 ? css['baseline'] : css['dotted']} /><text x={margin - 6} y={y(share) + 4} textAnchor="end">{percent(share)}</text></g>)}
          {curve.length < 2 ? null : <><path d={`M${line(curve.map((point) => [point.cut, point.high]))}L${line(curve.toReversed().map((point) => [point.cut, point.low]))}z`} className={css['spread']} /><path d={`M${line(curve.map((point) => [point.cut, point.precision]))}`} className={css['curve']} /></>}
          {wanted === undefined ? null : <><path d={`M${margin} ${y(wanted)}H${width - 8}`} className={css['wanted']} /><text x={width - 10} y={y(wanted) - 4} textAnchor="end" className={css['strong']}>{words.wanted}</text></>}
          {bands.map((band) => <Band key={band.low} band={band} x={x} y={y} base={base} words={words} />)}
          {values.map((value) => <g key={value}><path d={`M${x(value)} ${base}v3`} className={css['tick']} /><text x={x(value)} y={height - 4} textAnchor="middle">{decimal(value, decimals)}</text></g>)}
          {present === undefined || present < scale.minimum || present > scale.maximum ? null : <><path d={`M${x(present)} ${head - 12}V${base}`} className={css['present']} /><text x={x(present) + 4} y={24} className={css['words']}>{words.present}</text></>}
          {cut === undefined ? null : <><path d={`M${x(cut)} 2V${base}`} className={css['cut']} /><text x={x(cut) + (x(cut) > width - 120 ? -6 : 6)} y={11} textAnchor={x(cut) > width - 120 ? 'end' : 'start'} className={css['strong']}>{words.cut}</text></>}
        </svg>
      )}
    </figure>
  );
};

type BandProps = { readonly band: PrecisionBand; readonly x: (value: number) => number; readonly y: (share: number) => number; readonly base: number; readonly words: Props['words'] };

const Band = ({ band: { low, high, judged, right, precision, interval }, x, y, base, words }: BandProps) => {
  const middle = (x(low) + x(high)) / 2;
  const hasWords = x(high) - x(low) >= leastForWords;
  return (
    <g>
      <path d={`M${x(high)} ${base}v-5`} className={css['tick']} />
      {interval === null ? null : <path d={`M${middle} ${y(interval[0])}V${y(interval[1])}M${middle - 5} ${y(interval[0])}h10M${middle - 5} ${y(interval[1])}h10`} className={css['whisker']} />}
      {precision === null ? null : <circle cx={middle} cy={y(precision)} r={4.5} className={css['dot']} />}
      {hasWords ? <text x={middle} y={base - 6} textAnchor="middle" className={css['words']}>{judged === 0 ? words.none : words.of(right, judged)}</text> : null}
    </g>
  );
};
