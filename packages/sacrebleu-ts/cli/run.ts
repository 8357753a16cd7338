import { SacrebleuError } from '../src/errors.ts';
import { fromReferenceStreams } from '../src/segments.ts';
import { version } from '../src/signature.ts';
import { readArguments } from './arguments.ts';
import { CommandFailure } from './failure.ts';
import { metricFrom } from './metrics.ts';
import { allOptions, helpText } from './options.ts';
import { readLines, readReferences, type System, systemsFromColumns } from './read.ts';
import { type Settings, settingsFrom } from './settings.ts';
import { printSeveral, type SystemSegments } from './several.ts';
import { printSentences, printSingle } from './single.ts';
import type { Surroundings } from './surroundings.ts';

/** One call of the command line; resolves with the exit code. Whatever goes wrong is one line on standard error. */
export const run = async (argv: readonly string[], surroundings: Surroundings): Promise<number> => {
  try {
    await score(argv, surroundings);
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    surroundings.note(message.replace(/\s*\n\s*/g, ' '));
    return error instanceof CommandFailure ? error.exitCode : 1;
  }
};

const score = async (argv: readonly string[], surroundings: Surroundings): Promise<void> => {
  const given = readArguments(argv, allOptions);
  if (given.values.has('--help')) return surroundings.out(helpText());
  if (given.values.has('--version')) return surroundings.out(`sacrebleu-ts ${version}\n`);
  const settings = settingsFrom(given, surroundings.environment);
  const streams = readReferences(settings.references, settings.fieldsPerLine, surroundings.folder, settings.encoding);
  const systems = await readSystems(settings, surroundings);
  refuseCombinations(settings, systems.length);
  const segments = systems.map(({ name, hypotheses }): SystemSegments => ({ name, segments: segmentsOf(hypotheses, streams) }));
  const metrics = settings.metrics.map((key) => metricFrom(key, settings, surroundings.folder));
  const [only] = segments;
  const [metric] = metrics;
  if (only === undefined || metric === undefined) return;
  if (settings.sentenceLevel) printSentences(metric, only.segments, settings, surroundings);
  else if (segments.length === 1) printSingle(metrics, only.segments, settings, surroundings);
  else printSeveral(metrics, segments, settings, surroundings);
};

const segmentsOf = (hypotheses: readonly string[], streams: readonly (readonly string[])[]): SystemSegments['segments'] => {
  if (hypotheses.length === 0) throw new SacrebleuError('empty-corpus', 'A system has no line at all.');
  return fromReferenceStreams(hypotheses, streams);
};

const readSystems = async (settings: Settings, { folder, readStandardInput, note }: Surroundings): Promise<readonly System[]> => {
  const paired = settings.test !== null;
  if (settings.inputs === null) {
    const names = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => (paired ? (at === 0 ? 'Baseline' : `System ${at}`) : `System ${at + 1}`));
    return systemsFromColumns(await readStandardInput(), settings.encoding, names);
  }
  const [baseline] = settings.inputs;
  const files = settings.inputs.filter((file, at) => {
    if (settings.inputs?.indexOf(file) === at) return true;
    if (!paired || file !== baseline) throw new CommandFailure(`'${file}' already used to name a system. Give each system once, under a name of its own.`);
    if (!settings.quiet) note(`Ignoring '${file}' as it was also given as the baseline.`);
    return false;
  });
  return files.map((file, at) => ({ name: paired && at === 0 ? `Baseline: ${file}` : file, hypotheses: readLines(file, folder, settings.encoding) }));
};

const refuseCombinations = ({ sentenceLevel, confidence, test }: Settings, systems: number): void => {
  if (systems === 0) throw new CommandFailure('There is no system: -i needs at least one file.');
  if (sentenceLevel && systems > 1) throw new CommandFailure('Only one system can be evaluated in sentence-level mode.');
  if (sentenceLevel && (confidence !== null || test !== null)) throw new CommandFailure('Statistical tests are unavailable in sentence-level mode.');
  if (test !== null && systems === 1) throw new CommandFailure('Paired tests require multiple input systems given to --input (-i).');
  if (confidence !== null && systems > 1) throw new CommandFailure('Use paired tests (--paired-bs or --paired-ar) for multiple systems.');
};
