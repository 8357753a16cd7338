import * as v from 'valibot';
import { Failure } from '../../contract/errors.ts';
import { pooling, type EncoderDescription } from '../../contract/models.ts';

/** `model.json`, as the bundled encoders carry it: every fact stated, every file with its checksum. */
const positive = (largest: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(largest));
const shortText = v.pipe(v.string(), v.maxLength(1000));

const modelFile = v.object({
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)),
  title: shortText,
  dim: positive(16_384),
  languages: v.array(v.string()),
  licence: shortText,
  source: v.optional(v.record(v.string(), v.unknown())),
  prefix: shortText,
  pooling,
  normalised: v.boolean(),
  maxTokens: positive(32_768),
  inputs: v.array(shortText),
  output: shortText,
  padId: v.pipe(v.number(), v.integer(), v.minValue(0)),
  files: v.record(v.string(), v.object({ bytes: v.number(), sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) })),
});

/**
 * The description that a folder's `model.json` gives; undefined where it is another program's file of that name.
 *
 * `hash` turns the names of the files that decide the vectors into the key of the vectors; hashing is not a pure rule's business.
 */
export const describeBundled = (folder: string, json: unknown, hash: (checksums: EncoderDescription['checksums'], names: readonly string[]) => string): EncoderDescription | undefined => {
  if (typeof json !== 'object' || json === null || !('files' in json) || !('maxTokens' in json)) return undefined;
  const parsed = v.safeParse(modelFile, json);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new Failure('model-corrupt', `model.json in ${folder} does not describe an encoder: ${v.getDotPath(issue) ?? ''} ${issue.message}`, { hint: 'Copy the model folder again from its source.' });
  }
  const facts = parsed.output;
  const graph = namedFile(facts.files, /\.onnx(?:\.gz|\.zst)?$/);
  const tokenizer = namedFile(facts.files, /(?:^|\/)tokenizer\.json(?:\.gz|\.zst)?$/);
  if (graph === undefined || tokenizer === undefined) throw new Failure('model-corrupt', `model.json in ${folder} names no graph or no tokenizer.`, { hint: 'Copy the model folder again from its source.' });
  return {
    id: facts.id, title: facts.title, folder, graph, tokenizer, dense: null,
    dimension: facts.dim, pooling: facts.pooling, normalise: !facts.normalised, prefix: facts.prefix,
    maximumTokens: facts.maxTokens, inputs: facts.inputs, output: facts.output, padId: facts.padId,
    languages: facts.languages, licence: facts.licence, source: sourceLine(facts.source),
    checksums: facts.files, hash: hash(facts.files, [graph, tokenizer]),
  };
};

/** The text whose sha256 is an encoder's hash: the sorted checksums of the files that decide its vectors, one a line. */
export const hashedLines = (checksums: EncoderDescription['checksums'], names: readonly string[]): string =>
  names.map((name) => checksums[name]?.sha256 ?? '').sort().join('\n');

const namedFile = (files: Readonly<Record<string, unknown>>, pattern: RegExp): string | undefined => Object.keys(files).find((name) => pattern.test(name));

const sourceLine = (source: Readonly<Record<string, unknown>> | undefined): string | null => {
  const original = source?.['originalModel'];
  return typeof original === 'string' ? original : null;
};
