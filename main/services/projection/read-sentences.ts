import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Failure } from '../../contract/errors.ts';
import type { ProjectionRequest } from '../../contract/projection.ts';
import { detectLabelFormat, labelFormat, type LabelFile, type LabelledDocument, type LabelledSentence } from '../../domain/label-formats/index.ts';
import { linesOfFile } from '../corpora/index.ts';
import type { LabelledPair } from './find-places.ts';

const mostBytes = 256 * 1024 * 1024;

/** Makes translations where no file has them: one for each text, in their order. */
export type Translate = (texts: readonly string[]) => Promise<readonly string[]>;

/** Labelled sentences with their translations. `bad-input` where there are not equally many. */
export const readPairs = async (request: ProjectionRequest, signal: AbortSignal, translate: Translate): Promise<{ readonly pairs: LabelledPair[]; readonly losses: string[] }> => {
  const document = readLabelled(request.input, request.from);
  const translations = request.translations === null ? await translate(document.sentences.map(({ text }) => text)) : await readLines(request.translations, signal);
  const count = document.sentences.length;
  if (count !== translations.length) {
    throw new Failure('bad-input', `${request.input} has ${count} sentences, and ${request.translations} has ${translations.length} lines.`, { detail: 'Nothing was labelled.', hint: 'There must be one translation a line, in the order of the sentences; an empty line stands for a sentence without one.' });
  }
  const losses = document.losses.map(({ sentence, line, message }) => `${request.input}${line !== null ? `, line ${line}` : sentence !== null ? `, sentence ${sentence}` : ''}: ${message}`);
  return { pairs: document.sentences.map(({ text, spans }, at) => ({ source: text, spans, target: translations[at] ?? '' })), losses };
};

const readLabelled = (path: string, from: ProjectionRequest['from']): LabelledDocument => {
  const files = filesOf(path);
  const [first] = files;
  if (first === undefined) throw new Failure('file-missing', `${path} does not exist.`);
  return (from === 'auto' ? detectLabelFormat(...files) : labelFormat(from)).read(files);
};

/** The file; where it is one of brat's two (`.ann`, `.txt`) the other one too. */
const filesOf = (path: string): LabelFile[] => {
  const stem = path.replace(/\.(?:ann|txt)$/u, '');
  const other = path.endsWith('.ann') ? `${stem}.txt` : path.endsWith('.txt') ? `${stem}.ann` : undefined;
  return [path, ...(other !== undefined && isFile(other) ? [other] : [])].map((one) => ({ name: basename(one), text: textOf(one) }));
};

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

const textOf = (path: string): string => {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) throw new Failure('file-missing', `${path} does not exist.`);
  if (!facts.isFile()) throw new Failure('file-unreadable', `${path} is not a file.`);
  if (facts.size > mostBytes) throw new Failure('bad-input', `${path} has ${facts.size} bytes; labelled files of at most ${mostBytes} are read.`, { hint: 'Split it.' });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (thrown) {
    throw new Failure('malformed-input', `${path} is not UTF-8.`, { detail: thrown instanceof Error ? thrown.message : String(thrown), hint: 'Convert it to UTF-8 first.' });
  }
};

const readLines = async (path: string, signal: AbortSignal): Promise<string[]> => {
  const lines: string[] = [];
  for await (const batch of linesOfFile(path, signal)) for (const { line, text, problem } of batch) {
    if (problem !== null) throw new Failure('malformed-input', `${path}, line ${line}, column ${problem.column}: ${problem.reason}.`, { detail: 'Nothing was labelled.', hint: 'Mend the line, or leave it empty.' });
    lines.push(text);
  }
  return lines;
};

/** The gold of the translations. `bad-input` where it is of other sentences; the spaces between tokens may differ. */
export const readGold = (path: string, targets: readonly string[]): readonly LabelledSentence[] => {
  const { sentences } = labelFormat('conll').read(filesOf(path));
  if (sentences.length !== targets.length) throw new Failure('bad-input', `The gold ${path} has ${sentences.length} sentences, and there are ${targets.length} translations.`, { detail: 'Nothing was labelled.', hint: 'The gold must hold the same sentences in the same order.' });
  for (const [at, { text }] of sentences.entries()) {
    if (withoutSpaces(text) === withoutSpaces(targets[at] ?? '')) continue;
    throw new Failure('bad-input', `Sentence ${at + 1} of the gold ${path} is another text than line ${at + 1} of the translations.`, { detail: `“${text.slice(0, 80)}” and “${(targets[at] ?? '').slice(0, 80)}”`, hint: 'The gold must be made from the same translations; only the spaces between words may differ.' });
  }
  return sentences;
};

const withoutSpaces = (text: string): string => text.replace(/\s+/gu, '');
