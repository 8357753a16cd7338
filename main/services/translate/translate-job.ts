import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { Failure } from '../../contract/errors.ts';
import { translateRequest, type LineRemark, type TranslateCounts, type TranslateRequest, type TranslateResult } from '../../contract/translate.ts';
import { createGlossary, glossaryEntry, type Glossary } from '../../domain/translate/glossary.ts';
import { createLinePlanner } from '../../domain/translate/line-plan.ts';
import { bestLine, nbestHeader, nbestRows } from '../../domain/translate/translated-line.ts';
import type { Project } from '../../store/api.ts';
import { linesOfFile } from '../corpora/index.ts';
import type { EngineLink } from '../engine/index.ts';
import { atomicFiles } from '../export/index.ts';
import type { JobControl, JobWork, StageControl } from '../jobs/index.ts';
import { translateLines, type LineAnswer } from './translate-lines.ts';
import { openRoute, type OpenRoute } from './routes.ts';

/** Lines that are read, translated and written together: enough for batches of like length, few enough to hold. */
const blockLines = 1024;
/** Remarks of a kind that are told one by one. */
const remarksTold = 100;

export type TranslateWorkInput = { readonly project: () => Project; readonly engine: EngineLink; readonly threads: () => number };

/** Lines in, lines out; see README for how it goes on after a kill. */
export const createTranslateWork = (input: TranslateWorkInput): JobWork => ({
  pausable: true,
  lane: 'engine',
  run: async (control, given) => {
    const request = v.parse(translateRequest, given);
    const folder = request.keep === 'project' ? join(input.project().folder, 'translations') : `${request.output}.translating`;
    const warnings: string[] = [];
    const lines = await countLines(request.input, control.signal, (text) => { warnings.push(text); control.log('warning', text); });
    const glossary = request.glossary === null ? null : await readGlossary(request.glossary, request.settings.sourceLanguage, control.signal);
    const route = await openRoute({ engine: input.engine, threads: input.threads(), folder, settings: request.settings, note: (text) => control.log('warning', text) }, control.signal);
    let written = false;
    try {
      const result = await translateFile(request, { lines, glossary, route }, control);
      written = true;
      control.checkpoint({ ...result, warnings });
    } finally {
      route.close();
      if (request.keep === 'beside-output' && (written || route.kept() === 0)) rmSync(folder, { recursive: true, force: true });
    }
  },
});

type Prepared = { readonly lines: number; readonly glossary: Glossary | null; readonly route: OpenRoute };

const translateFile = async (request: TranslateRequest, { lines, glossary, route }: Prepared, control: JobControl): Promise<Omit<TranslateResult, 'warnings'>> => {
  const stage = control.stage('translate');
  stage.start(lines);
  const book = openBook(control);
  const startedAt = Date.now();
  const plan = createLinePlanner(request.settings.protect);
  const out = atomicFiles([request.output], request.overwrite);
  try {
    if (request.format === 'tsv') await out.write([nbestHeader]);
    for await (const block of blocksOf(request.input, control.signal)) {
      const before = book.counts.lines;
      const texts = block.filter(({ text }) => text !== null && text.trim() !== '');
      const blank = block.length - texts.length;
      const answers = await translateLines({ route, glossary, settings: request.settings }, texts.map(({ text }) => plan(text ?? '')), (done) => progress(stage, before + blank + done, route, startedAt), control.signal);
      const byLine = new Map(texts.map(({ line }, at) => [line, answers[at]] as const));
      for (const one of block) {
        const answer = byLine.get(one.line);
        book.take(one, answer);
        await out.write([request.format === 'tsv' ? nbestRows(one.line, answer?.ranked ?? []) : bestLine(answer?.ranked ?? [])]);
      }
    }
    const [file] = await out.commit();
    if (file === undefined) throw new Error('No file was written.');
    stage.finish();
    return { counts: { ...book.counts, reused: route.reused() }, remarks: [...book.remarks], seconds: (Date.now() - startedAt) / 1000, model: route.facts, pivotModel: route.pivotFacts, signature: signatureOf(request, route), file };
  } catch (thrown) {
    out.discard();
    throw thrown;
  }
};

/** The rate is that of what is translated now: lines that were kept from before come at once, and would promise too much. */
const progress = (stage: StageControl, done: number, route: OpenRoute, startedAt: number): void => {
  const seconds = (Date.now() - startedAt) / 1000;
  const now = done - route.reused();
  stage.progress(done, seconds > 0.5 && now > 0 ? { rate: now / seconds } : {});
};

/** `text` null: the bytes are no text. */
type SourceLine = { readonly line: number; readonly text: string | null; readonly problem: string | null };

async function* blocksOf(path: string, signal: AbortSignal): AsyncGenerator<readonly SourceLine[], void> {
  let block: SourceLine[] = [];
  for await (const lines of linesOfFile(path, signal)) {
    for (const { line, text, problem } of lines) {
      block.push({ line, text: problem === null ? text : null, problem: problem === null ? null : `${problem.reason} (column ${problem.column})` });
      if (block.length < blockLines) continue;
      yield block;
      block = [];
    }
  }
  if (block.length > 0) yield block;
}

const countLines = async (path: string, signal: AbortSignal, warn: (text: string) => void): Promise<number> => {
  let count = 0;
  for await (const lines of linesOfFile(path, signal, warn)) count += lines.length;
  return count;
};

const readGlossary = async (path: string, sourceLanguage: string, signal: AbortSignal): Promise<Glossary> => {
  const entries = [];
  for await (const lines of linesOfFile(path, signal)) {
    for (const { line, text, problem } of lines) {
      if (problem === null && text.trim() === '') continue;
      const entry = problem === null ? glossaryEntry(text) : null;
      if (entry === null) throw new Failure('malformed-input', `${path}, line ${line}: ${problem?.reason ?? 'there is no TAB between a source term and a target term'}.`, { detail: 'Nothing was translated.', hint: 'A glossary has two columns with a TAB between them: source term, target term; several forms of a target with | between them.' });
      entries.push(entry);
    }
  }
  return createGlossary(entries, sourceLanguage);
};

/** Counts lines and keeps the first remarks of each kind. */
const openBook = (control: JobControl) => {
  const counts: { -readonly [K in keyof TranslateCounts]: number } = {
    lines: 0, translated: 0, empty: 0, malformed: 0, tooLong: 0, cutOff: 0, reused: 0,
    protectedSegments: 0, protectedLines: 0, protectedInPieces: 0, terms: 0, termsMissing: 0,
  };
  const remarks: LineRemark[] = [];
  const remark = (kind: LineRemark['kind'], line: number, text: string): void => {
    if (remarks.filter((one) => one.kind === kind).length >= remarksTold) return;
    remarks.push({ kind, line, text });
    control.log('warning', `Line ${line}: ${text}`);
  };
  const take = ({ line, text, problem }: SourceLine, answer: LineAnswer | undefined): void => {
    counts.lines += 1;
    if (text === null) { counts.malformed += 1; remark('malformed', line, `${problem ?? 'is no text'}; left empty.`); return; }
    if (answer === undefined) { counts.empty += 1; return; }
    if (answer.tooLong) { counts.tooLong += 1; remark('too-long', line, `has ${answer.tokens} tokens, more than the model reads; left empty.`); return; }
    counts.translated += 1;
    if (answer.cutOff) { counts.cutOff += 1; remark('cut-off', line, 'the model came to no end; its translation stops in the middle.'); }
    counts.protectedSegments += answer.segments;
    if (answer.segments > 0) counts.protectedLines += 1;
    if (answer.inPieces) { counts.protectedInPieces += 1; remark('protected-in-pieces', line, 'the model lost a protected segment; the text around them was translated in pieces.'); }
    counts.terms += answer.terms;
    counts.termsMissing += answer.missing.length;
    if (answer.missing.length > 0) remark('term-missing', line, `lacks ${answer.missing.map(({ source, forms }) => `"${forms[0] ?? ''}" for "${source}"`).join(', ')}.`);
  };
  return { counts, remarks, take };
};

const signatureOf = ({ glossary, settings: { sourceLanguage, targetLanguage, search, ranking, protect, pivot } }: TranslateRequest, { facts, pivotFacts }: OpenRoute): string => [
  `model:${facts.family}-${facts.hash.slice(0, 12)}`, `weights:${facts.precision}`, `pair:${sourceLanguage}-${targetLanguage}`,
  ...(pivot === null || pivotFacts === null ? [] : [`pivot:${pivot.language}-${pivotFacts.hash.slice(0, 12)}-${pivot.count}`]),
  search.kind === 'beam' ? `beam:${search.beams}-penalty:${search.lengthPenalty}` : `sample:${search.count}-seed:${search.seed}-temperature:${search.temperature}-topk:${search.topK}-topp:${search.topP}`,
  `rank:${ranking}`, `protect:${protect ? 'yes' : 'no'}`, ...(glossary === null ? [] : ['glossary:yes']),
].join('|');
