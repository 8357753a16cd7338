import type { Cancel, EncodedSources, Effort, ForcedRow, Frontier, Seq2SeqScorer } from '../../domain/translate/seq2seq-scorer.ts';
import { Failure } from '../../contract/errors.ts';
import { graphFile } from '../model-files.ts';
import { openSession, tokenTensor, type SessionSettings } from '../provider.ts';
import { throwIfCancelled } from '../run-queue.ts';
import { createDecoder, pickBlocks, pickRows, type Cache, type Decoder, type SourceStates } from './decoder.ts';
import { openLogSoftmax, type LogSoftmax } from './log-probabilities.ts';
import type { Seq2SeqFiles } from './model-files.ts';

/** Bytes that the logits of one call may take. They are the largest thing by far: rows x positions x vocabulary x 4. */
export const logitsBudget = 96 * 1024 * 1024;

export type OnnxScorerOptions = SessionSettings & { readonly cacheFolder: string; readonly budget?: number };

export type OnnxModel = {
  /** The seam for one pair of languages: `prompt` holds the decoder's first tokens. */
  scorer(prompt: readonly number[]): Seq2SeqScorer;
  release(): Promise<void>;
};

/** Opens encoder and decoder. Everything it is asked must come through the engine's run queue. */
export const openOnnxModel = async (files: Seq2SeqFiles, options: OnnxScorerOptions): Promise<OnnxModel> => {
  const encoder = await openSession(await graphFile(files.folder, files.encoder, options.cacheFolder), options);
  const decoder = await openSession(await graphFile(files.folder, files.decoder, options.cacheFolder), options).catch(async (thrown: unknown) => { await encoder.release(); throw thrown; });
  const logSoftmax = await openLogSoftmax(options.threads).catch(async (thrown: unknown) => { await Promise.all([encoder.release(), decoder.release()]); throw thrown; });
  const calls = createDecoder(decoder, files);
  const budget = options.budget ?? logitsBudget;

  const encode = async (sources: readonly Int32Array[]): Promise<SourceStates> => {
    const width = sources.reduce((most, source) => Math.max(most, source.length), 1);
    if (width > files.longest) throw new Failure('bad-input', `A sentence has ${width} tokens; this model reads at most ${files.longest}.`, { hint: 'Split it into sentences first.' });
    const ids = new Int32Array(sources.length * width).fill(files.pad);
    const mask = new Int32Array(sources.length * width);
    for (const [row, source] of sources.entries()) {
      ids.set(source, row * width);
      mask.fill(1, row * width, row * width + source.length);
    }
    const results = await encoder.run({ input_ids: tokenTensor('int64', ids, [sources.length, width]), attention_mask: tokenTensor('int64', mask, [sources.length, width]) }, ['last_hidden_state']);
    const states = results['last_hidden_state']?.data;
    if (!(states instanceof Float32Array)) throw new Failure('model-unsupported', `The encoder in ${files.folder} gives no 32-bit "last_hidden_state".`, { hint: 'Models in fp32 or with 8-bit weights can be run.' });
    return { states, mask, width };
  };

  return {
    scorer: (prompt) => {
      const effort: Effort = { calls: 0, rows: 0, tokens: 0 };
      return {
        vocabularySize: files.vocabularySize, end: files.end, effort,
        encode: async (sources, signal) => {
          throwIfCancelled(signal);
          return encodedSources({ files, calls, logSoftmax, budget, prompt, effort }, await encode(sources), sources.length);
        },
      };
    },
    release: async () => { await Promise.all([encoder.release(), decoder.release(), logSoftmax.release()]); },
  };
};

type Model = { readonly files: Seq2SeqFiles; readonly calls: Decoder; readonly logSoftmax: LogSoftmax; readonly budget: number; readonly prompt: readonly number[]; readonly effort: Effort };

const encodedSources = (model: Model, states: SourceStates, count: number): EncodedSources => {
  const { files, calls, logSoftmax, budget, prompt, effort } = model;
  const { vocabularySize } = files;
  const sourcesOf = sourcePicker(states, count, files.width);

  const forceTogether = async (rows: readonly ForcedRow[], signal: Cancel | undefined): Promise<readonly Float64Array[]> => {
    throwIfCancelled(signal);
    const positions = prompt.length + Math.max(...rows.map(({ tokens }) => tokens.length));
    if (positions > files.longest) throw new Failure('bad-input', `A target has ${positions} tokens; this model reads at most ${files.longest}.`, { hint: 'Split the text into sentences first.' });
    const ids = new Int32Array(rows.length * positions).fill(files.pad);
    for (const [row, { tokens }] of rows.entries()) {
      ids.set(prompt, row * positions);
      ids.set(tokens, row * positions + prompt.length);
    }
    tally(effort, rows.length, rows.length * positions);
    const { logits } = await calls.first(rows.length, ids, sourcesOf(Uint32Array.from(rows, ({ source }) => source)));
    // Every position has as many ids as the row that asks for most; what nobody asks for is token 0.
    const widest = Math.max(...rows.map(idsAPosition));
    const askedIds = new Int32Array(rows.length * positions * widest);
    const placeOf = (row: number, position: number): number => (row * positions + prompt.length - 1 + position) * widest;
    for (const [row, one] of rows.entries()) {
      const k = idsAPosition(one);
      for (let position = 0; position <= one.tokens.length; position += 1) askedIds.set(one.asked.subarray(position * k, (position + 1) * k), placeOf(row, position));
    }
    const known = await logSoftmax.some(logits, vocabularySize, askedIds);
    return rows.map((one, row) => {
      const k = idsAPosition(one);
      return Float64Array.from(one.asked, (_, at) => known[placeOf(row, Math.floor(at / k)) + at % k] ?? -Infinity);
    });
  };

  const force: EncodedSources['force'] = async (rows, signal) => {
    const answers: Float64Array[] = [];
    // Rows of like length share a call, so that little is padded.
    const order = Array.from(rows.keys()).sort((left, right) => (rows[left]?.tokens.length ?? 0) - (rows[right]?.tokens.length ?? 0) || left - right);
    let part: number[] = [];
    const flush = async (): Promise<void> => {
      const scores = await forceTogether(part.flatMap((index) => rows[index] ?? []), signal);
      for (const [at, index] of part.entries()) answers[index] = scores[at] ?? new Float64Array();
      part = [];
    };
    for (const index of order) {
      const positions = prompt.length + (rows[index]?.tokens.length ?? 0);
      if (part.length > 0 && (part.length + 1) * positions * vocabularySize * 4 > budget) await flush();
      part.push(index);
    }
    if (part.length > 0) await flush();
    return answers;
  };

  const begin: EncodedSources['begin'] = async (sources, signal) => {
    throwIfCancelled(signal);
    const rows = sources.length;
    const ids = Int32Array.from({ length: rows * prompt.length }, (_, at) => prompt[at % prompt.length] ?? 0);
    tally(effort, rows, ids.length);
    const { logits, positions, own, cross } = await calls.first(rows, ids, sourcesOf(sources));
    const last = pickBlocks(logits, vocabularySize, Uint32Array.from({ length: rows }, (_, row) => (row + 1) * positions - 1));
    return frontierOf(model, sourcesOf, { known: await logSoftmax.all(last, vocabularySize), own, cross, sources });
  };

  return { count, force, begin };
};

/** k of a forced row. */
const idsAPosition = ({ tokens, asked }: ForcedRow): number => asked.length / (tokens.length + 1);

const tally = (effort: Effort, rows: number, tokens: number): void => { effort.calls += 1; effort.rows += rows; effort.tokens += tokens; };

/** `known`: log P of the next tokens, [rows, vocabulary]. */
type Standing = { readonly known: Float32Array; readonly own: Cache; readonly cross: Cache; readonly sources: Uint32Array };

const frontierOf = (model: Model, sourcesOf: (rows: Uint32Array) => SourceStates, { known, own, cross, sources }: Standing): Frontier => {
  const { calls, logSoftmax, effort, files: { vocabularySize, longest } } = model;
  const rows = sources.length;
  return {
    rows,
    scores: (ids) => {
      const k = ids.length / rows;
      return Float64Array.from(ids, (id, at) => known[Math.floor(at / k) * vocabularySize + id] ?? -Infinity);
    },
    all: (row) => known.subarray(row * vocabularySize, (row + 1) * vocabularySize),
    advance: async (parents, tokens, signal) => {
      throwIfCancelled(signal);
      if (own.length + 1 > longest) throw new Failure('bad-input', `A target has more than ${longest} tokens, which is the most this model can write.`, { hint: 'Split the text into sentences first.' });
      const picked = Uint32Array.from(parents, (parent) => sources[parent] ?? 0);
      const source = picked.length === sources.length && picked.every((one, at) => one === sources[at]) ? cross : pickRows(cross, rows, parents);
      tally(effort, parents.length, parents.length);
      const answer = await calls.next(parents.length, tokens, sourcesOf(picked), pickRows(own, rows, parents), source);
      return frontierOf(model, sourcesOf, { known: await logSoftmax.all(answer.logits, vocabularySize), own: answer.own, cross: source, sources: picked });
    },
  };
};

/** States of the sources that rows belong to. Rows of one source, as all searches have them, are laid out once and cut to length. */
const sourcePicker = ({ states, mask, width }: SourceStates, count: number, hidden: number): ((rows: Uint32Array) => SourceStates) => {
  let laid: (SourceStates & { readonly rows: Uint32Array }) | undefined;
  return (rows) => {
    if (count === rows.length && rows.every((row, at) => row === at)) return { states, mask, width };
    if (laid !== undefined && rows.length <= laid.rows.length && rows.every((row, at) => row === laid?.rows[at])) return laid;
    laid = { states: pickBlocks(states, width * hidden, rows), mask: pickBlocks(mask, width, rows), width, rows };
    return laid;
  };
};
