import type { Segment } from '../src/metric.ts';
import { type Confidence, scoreJson, scoreText } from '../src/score-text.ts';
import { referenceCount } from '../src/segments.ts';
import { signature } from '../src/signature.ts';
import { bootstrapIntervals } from '../src/significance/intervals.ts';
import { finish } from '../src/significance/steps.ts';
import { rowOf, sumOf } from '../src/statistics.ts';
import type { CommandMetric } from './metrics.ts';
import { seedFrom } from './seed.ts';
import type { Settings } from './settings.ts';
import type { Surroundings } from './surroundings.ts';
import { paintWith } from './table.ts';

/** Prints a line for each segment; text whatever the format is, as upstream. */
export const printSentences = ({ metric, extract }: CommandMetric, segments: readonly Segment[], settings: Settings, { out, note }: Surroundings): void => {
  const { statistics, notes } = extract(segments);
  notes.forEach(note);
  const signed = signature(metric, { references: referenceCount(segments) }, settings.shortSignature);
  for (let at = 0; at < segments.length; at += 1) {
    out(`${scoreText(metric.score(rowOf(statistics, at)), { width: settings.width, scoreOnly: settings.scoreOnly, signature: signed })}\n`);
  }
};

/** Prints one system's corpus scores, with intervals where they are wanted. */
export const printSingle = (metrics: readonly CommandMetric[], segments: readonly Segment[], settings: Settings, surroundings: Surroundings): void => {
  const results = metrics.map((metric) => result(metric, segments, settings, surroundings.note));
  if (settings.format === 'json') surroundings.out(results.length === 1 ? `${results[0]}\n` : `[\n${results.join(',\n')}\n]\n`);
  else surroundings.out(alignedLines(results, surroundings.terminal && settings.color).map((line) => `${line}\n`).join(''));
  if (settings.detail) surroundings.out('No subset information found. Consider using --origlang argument.\n');
};

const result = ({ metric, extract }: CommandMetric, segments: readonly Segment[], settings: Settings, note: Surroundings['note']): string => {
  const { width, scoreOnly } = settings;
  const { statistics, notes } = extract(segments);
  notes.forEach(note);
  const resamples = settings.confidence ?? 1;
  let confidence: Confidence | null = null;
  let facts = {};
  if (resamples > 1) {
    const intervals = finish(bootstrapIntervals({ metrics: [metric], systems: [{ name: '', statistics: [statistics] }], resamples, seed: seedFrom(settings.seed) }));
    confidence = intervals[0]?.[0]?.interval ?? null;
    facts = { bootstrap: resamples, seed: settings.seed };
  }
  const score = metric.score(sumOf(statistics));
  const signed = signature(metric, { references: referenceCount(segments), ...facts }, settings.shortSignature && settings.format !== 'json');
  if (settings.format === 'json' && !scoreOnly) return scoreJson(score, signed, { width, confidence });
  return scoreText(score, { width, scoreOnly, signature: signed, confidence });
};

/**
 * Lines set so that their equals signs stand below each other, as upstream does it.
 *
 * Lines without one are printed first; the others are then taken from the top of all lines again, which repeats some where only a part has one.
 */
const alignedLines = (lines: readonly string[], color: boolean): readonly string[] => {
  const paint = paintWith(color);
  const painted = (line: string): string => line.replace(/\(μ = [0-9.]+ ± [0-9.]+\)/, (interval) => paint(interval, 'cyan'));
  if (lines.length === 1) return lines.map(painted);
  const places = lines.map((line) => line.indexOf('=') - 1);
  const lefts = places.filter((place) => place >= 0);
  const widest = Math.max(0, ...lefts);
  return [
    ...lines.filter((_, at) => (places[at] ?? -1) < 0),
    ...lefts.map((place, at) => {
      const line = lines[at] ?? '';
      return painted(line.slice(0, place).padStart(widest) + line.slice(place));
    }),
  ];
};
