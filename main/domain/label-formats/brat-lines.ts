import type { FileLine } from './file-lines.ts';
import { malformed } from './label-format.ts';

/** A text-bound annotation of brat; offsets as the file counts them. */
export type TextBound = { readonly id: string; readonly label: string; readonly fragments: readonly (readonly [start: number, end: number])[]; readonly words: string };

const shape = /^(T[^\t]*)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)$/su;

/**
 * The span of a line, or null for a line of another kind.
 *
 * @throws Failure for a line that begins like a span and is none, and for a line of no kind
 */
export const readTextBound = (file: string, line: FileLine): TextBound | null => {
  const { text } = line;
  const [, id, label, places, words] = shape.exec(text) ?? [];
  if (id === undefined || label === undefined || places === undefined || words === undefined) {
    if (text.trim() === '' || (/^(?:[REAMN][^\t]*|#[^\t]*|\*)\t/u.test(text))) return null;
    const tabs = text.split('\t');
    throw malformed({ file, line: line.line, column: text.startsWith('T') ? [...(tabs[0] ?? '')].length + 1 : 1 }, `“${text.slice(0, 60)}” is no annotation of brat.`, 'A span is written T1, a TAB, its label, a blank, start, a blank, end, a TAB and its words.');
  }
  const fragments = places.split(';').map((fragment): readonly [number, number] => {
    const [start, end] = fragment.split(' ').map(Number);
    return [start ?? 0, end ?? 0];
  });
  if (fragments.some(([start, end]) => end < start)) throw malformed({ file, line: line.line, column: [...id].length + [...label].length + 3 }, `${id} ends before it starts.`, 'The start comes first, then the end.');
  return { id, label, fragments, words };
};

/** The names a line refers to: those of an attribute, a relation, an event or a note. Words of notes are none. */
export const referencesOf = (text: string): string[] => {
  const [head = '', body = ''] = text.split('\t');
  return head.startsWith('T') ? [] : (body.match(/(?<![^\s:])[TREAMN]\d+(?!\S)/gu) ?? []);
};
