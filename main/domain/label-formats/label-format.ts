import { Failure } from '../../contract/errors.ts';
import type { LabelFormatName, LabelledDocument, LabelledSentence, LabelLoss } from './labelled-sentence.ts';
import type { TagScheme } from './tag-schemes.ts';

/** A file's decoded text with its name; a byte order mark is still in it. brat needs two files of one name, all others one. */
export type LabelFile = { readonly name: string; readonly text: string };

export type ReadLabelOptions = {
  /** CoNLL: told, or by default found in the file. */
  readonly scheme?: TagScheme;
  /** CoNLL: which column holds tokens and tags, from 0; by default found. */
  readonly tokenColumn?: number;
  readonly tagColumn?: number;
  /** CoNLL: what stands between two tokens unless the file says SpaceAfter=No. */
  readonly join?: 'space' | 'nothing';
  /** doccano and brat: what the file's offsets count. Both tools count code points, the default. */
  readonly offsets?: OffsetUnit;
  /** TMX: which language's segments; by default that of the header. */
  readonly language?: string;
};

/** What a number in a file counts: characters of Unicode, units of JavaScript and Java, or bytes of UTF-8. */
export type OffsetUnit = 'code-point' | 'utf-16' | 'utf-8';

export type WriteLabelOptions = {
  readonly scheme?: TagScheme;
  /** Language of the text, for finding words where a sentence has no tokens. */
  readonly language?: string;
  /** CoNLL: a third column with SpaceAfter=No, so that the text can be put together again. */
  readonly spaceColumn?: boolean;
  readonly offsets?: OffsetUnit;
  /** doccano: the name of the list of spans. */
  readonly spansField?: 'label' | 'labels' | 'entities';
  /** TMX: the program named in the header of a new file. */
  readonly tool?: { readonly name: string; readonly version: string };
};

/** `suffix` is what takes the place of the name's ending: `.conll`, or `.txt` and `.ann`. */
export type WrittenLabels = { readonly files: readonly { readonly suffix: string; readonly text: string }[]; readonly losses: readonly LabelLoss[] };

/** What is written: the losses of reading are of no concern. */
export type WritableDocument = Pick<LabelledDocument, 'sentences' | 'origin'>;

export type LabelFormat = {
  readonly name: LabelFormatName;
  /** Endings of file names, the usual one first. */
  readonly suffixes: readonly string[];
  /** How much a file looks like this format: 0 no, 1 without doubt. */
  likeness(file: LabelFile): number;
  /** @throws Failure `malformed-input` with line, column and remedy */
  read(files: readonly LabelFile[], options?: ReadLabelOptions): LabelledDocument;
  write(document: WritableDocument, options?: WriteLabelOptions): WrittenLabels;
};

/** Where something is wrong, from 1; columns count code points. */
export type FilePlace = { readonly file: string; readonly line: number; readonly column: number };

export const malformed = ({ file, line, column }: FilePlace, what: string, hint: string): Failure =>
  new Failure('malformed-input', `“${file}”, line ${line}, column ${column}: ${what}`, { detail: 'Nothing was read.', hint });

/** Losses of a document, told one by one. */
export type LossList = { readonly losses: LabelLoss[]; add(kind: LabelLoss['kind'], sentence: number | null, message: string, line?: number): void };

export const createLossList = (): LossList => {
  const losses: LabelLoss[] = [];
  return { losses, add: (kind, sentence, message, line) => { losses.push({ kind, sentence, line: line ?? null, message }); } };
};

/** The words of a span in messages, not too long. */
export const quoted = (sentence: LabelledSentence, { start, end }: { readonly start: number; readonly end: number }): string => {
  const text = sentence.text.slice(start, end);
  return text.length > 40 ? `“${text.slice(0, 39)}…”` : `“${text}”`;
};
