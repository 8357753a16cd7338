import type { Metric, Segment } from '../src/metric.ts';
import { scoreText } from '../src/score-text.ts';
import { referenceCount } from '../src/segments.ts';
import { signature, type SignatureFacts } from '../src/signature.ts';
import { approximateRandomization } from '../src/significance/approximate-randomization.ts';
import { pairedBootstrap, type PairedRow } from '../src/significance/paired-bootstrap.ts';
import type { ResampledSystem } from '../src/significance/replicates.ts';
import { finish } from '../src/significance/steps.ts';
import { sumOf } from '../src/statistics.ts';
import { fixed } from '../src/text/half-even.ts';
import { PythonFloat, pythonJson, type PythonValue } from '../src/text/python-json.ts';
import type { CommandMetric } from './metrics.ts';
import { testExplanation } from './explanation.ts';
import { seedFrom } from './seed.ts';
import type { Settings, Test } from './settings.ts';
import type { Surroundings } from './surroundings.ts';
import { type Column, gridTable, latexTable, type Paint, paintWith } from './table.ts';

export type SystemSegments = { readonly name: string; readonly segments: readonly Segment[] };

/** Prints a table of several systems, compared with the first one where a test is wanted. */
export const printSeveral = (commandMetrics: readonly CommandMetric[], systems: readonly SystemSegments[], settings: Settings, surroundings: Surroundings): void => {
  const metrics = commandMetrics.map(({ metric }) => metric);
  const extracted = systems.map(({ name, segments }): ResampledSystem => ({
    name,
    statistics: commandMetrics.map(({ extract }) => {
      const { statistics, notes } = extract(segments);
      notes.forEach((text) => surroundings.note(`${name}: ${text}`));
      return statistics;
    }),
  }));
  const facts: SignatureFacts = { references: referenceCount(systems[0]?.segments ?? []), ...testFacts(settings) };
  const signatures = metrics.map((metric) => [metric.name, signature(metric, facts, settings.shortSignature)] as const);
  const results = settings.test === null ? plainResults(metrics, extracted, settings) : testResults(settings.test, metrics, extracted, settings);
  print(systems.map(({ name }) => name), results, signatures, settings, surroundings);
};

/** One metric's column: as JSON values, and as cells of a table. */
type Results = { readonly name: string; readonly title: string; readonly json: readonly PythonValue[]; cells(paint: Paint): readonly string[] };

const plainResults = (metrics: readonly Metric[], systems: readonly ResampledSystem[], { width }: Settings): readonly Results[] =>
  metrics.map((metric, at) => {
    const scores = systems.flatMap(({ statistics }) => statistics.slice(at, at + 1)).map((statistics) => scoreText(metric.score(sumOf(statistics)), { width, scoreOnly: true }));
    return { name: metric.name, title: metric.name, json: scores, cells: () => scores };
  });

const testResults = (test: Test, metrics: readonly Metric[], systems: readonly ResampledSystem[], settings: Settings): readonly Results[] => {
  const request = { metrics, systems, seed: seedFrom(settings.seed) };
  const trials = trialsOf(settings);
  const table = test === 'bootstrap' ? finish(pairedBootstrap({ ...request, resamples: trials })) : finish(approximateRandomization({ ...request, trials }));
  return metrics.map(({ name }, at) => {
    const rows = table[at] ?? [];
    const title = test === 'bootstrap' ? `${name} (μ ± 95% CI)` : name;
    return { name, title, json: rows.map(resultJson), cells: (paint) => rows.map((row) => resultCell(row, settings, paint)) };
  });
};

const trialsOf = ({ trials, test }: Settings): number => (trials > 0 ? trials : test === 'bootstrap' ? 1000 : 10_000);

const testFacts = (settings: Settings): Partial<SignatureFacts> => {
  if (settings.test === null) return {};
  return settings.test === 'bootstrap' ? { bootstrap: trialsOf(settings), seed: settings.seed } : { approximateRandomization: trialsOf(settings), seed: settings.seed };
};

const print = (names: readonly string[], results: readonly Results[], signatures: readonly (readonly [string, string])[], settings: Settings, { out, terminal }: Surroundings): void => {
  if (settings.format === 'json') {
    const rows = names.map((system, at) => ({ system, ...Object.fromEntries(results.map(({ name, json }) => [name, json[at] ?? null])) }));
    out(`${pythonJson(rows, { indent: 4, ascii: true })}\n`);
    return;
  }
  const paint = paintWith(settings.color && terminal && settings.format === 'text');
  const columns: readonly Column[] = [
    { title: 'System', cells: names },
    ...results.map(({ title, cells }) => ({ title, cells: cells(paint) })),
  ].map(({ title, cells }) => ({ title: paint(title, 'cyan'), cells: settings.test === null ? cells : cells.map((cell, at) => (at === 0 ? paint(cell, 'yellow') : cell)) }));
  out(`${settings.format === 'latex' ? latexTable(columns) : gridTable(columns)}\n\n`);
  if (settings.test !== null) out(testExplanation(settings.test, settings.trials, names[0] ?? '', paint));
  const heading = ['-----------------', 'Metric signatures', '-----------------'];
  out([...heading, ...signatures.map(([name, text]) => ` - ${name.padEnd(10)} ${text}`), ''].join('\n'));
};

const resultJson = ({ score, interval, outcome }: PairedRow): PythonValue => ({
  score: new PythonFloat(score),
  p_value: outcome && new PythonFloat(outcome.pValue),
  mean: interval && new PythonFloat(interval.mean),
  ci: interval && new PythonFloat(interval.halfWidth),
});

const resultCell = ({ score, interval, outcome }: PairedRow, { width, format }: Settings, paint: Paint): string => {
  const interval95 = interval === null ? '' : ` (${fixed(interval.mean, width)} ± ${fixed(interval.halfWidth, width)})`;
  if (outcome === null) return fixed(score, width) + interval95;
  const chance = `(p = ${fixed(outcome.pValue, 4)})`;
  return `${fixed(score, width)}${interval95}${format === 'text' ? '\n' : ' '}${outcome.pValue > 0.05 ? paint(chance, 'red') : `${chance}*`}`;
};
