import { describe, expect, it } from 'vitest';
import { createLinePlanner, piecesOfText, restored, type PlannedText } from './line-plan.ts';
import { protectedSegments, segmentLoss } from './protected-segments.ts';

const found = (text: string): readonly string[] => protectedSegments(text).map((segment) => segment.text);
const planned = (line: string): PlannedText => {
  const text = createLinePlanner(true)(line).parts.find((part) => 'text' in part);
  if (text === undefined) throw new Error(`Nothing to translate in ${line}`);
  return text;
};
/** A line through a "model": every text through `translate`, as the service does it. */
const through = (line: string, translate: (text: string) => string): string => createLinePlanner(true)(line).parts.map((part) => {
  if ('kept' in part) return part.kept;
  const text = restored(part, translate(part.masked.text)) ?? piecesOfText(part).map((piece) => ('kept' in piece ? piece.kept : translate(piece.prose))).join('');
  return part.json ? JSON.stringify(text) : text;
}).join('');

describe('protected segments', () => {
  it.each([
    ['Run `npm test` and ``a `b` c`` now.', ['`npm test`', '``a `b` c``']],
    ['It costs $5 to $7 a day.', []],
    ['Let $x^2 + y$ and \\(a_1\\) be $$z$$.', ['$x^2 + y$', '\\(a_1\\)', '$$z$$']],
    ['See https://a.example/x?y=1, or write to me@b.example.', ['https://a.example/x?y=1', 'me@b.example']],
    ['Hello {name}, %1$s of %(total)d, ${user.id} and {{ x }}.', ['{name}', '%1$s', '%(total)d', '${user.id}', '{{ x }}']],
    ['one cell\tanother', ['\t']],
    ['Click <a href="https://x.example/{id}">here</a>&nbsp;now, 50 % off.', ['<a href="https://x.example/{id}">', '</a>', '&nbsp;']],
  ])('of %j', (text, expected) => { expect(found(text)).toEqual(expected); });

  const lines = [
    'Click <b>here</b>, {name}: `x = 1` costs $y_1$ at https://a.example.', '{"title": "Hello {name}", "n": 3, "on": true, "tags": ["a word", "https://a.example"]}', '  "key": "Some \\"quoted\\" text",',
    '{name}', 'No segments at all.', '  indented\twith a TAB', '{"text": "two\\nlines", "t": "tab\\there"}', '[1] is a note about {x} and [7].',
  ];
  it.each(lines)('come back byte for byte from a model that changes nothing: %s', (line) => {
    const back = through(line, (text) => text);
    expect(line.startsWith('{"') ? JSON.parse(back) : back).toEqual(line.startsWith('{"') ? JSON.parse(line) : line);
  });

  it.each([
    ['loses masks', (text: string) => text.replace(/\[\d+\]/gu, '')],
    ['doubles masks', (text: string) => text.replace(/\[\d+\]/gu, '$& $&')],
    ['swaps masks', (text: string) => { const masks = [...text.matchAll(/\[\d+\]/gu)].map(([mask]) => mask).reverse(); let at = 0; return text.replace(/\[\d+\]/gu, () => masks[at++] ?? ''); }],
    ['writes nonsense', () => 'xx'],
  ])('survive a model that %s', (_, mangle) => {
    for (const line of lines) {
      const out = through(line, mangle);
      expect(segmentLoss(protectedSegments(line), out)).toEqual([]);
      if (!line.startsWith('{"')) continue;
      const [before, after] = [JSON.parse(line), JSON.parse(out)] as Record<string, unknown>[];
      expect(Object.keys(after ?? {})).toEqual(Object.keys(before ?? {}));
      expect([after?.['n'], after?.['on']]).toEqual([before?.['n'], before?.['on']]);
      expect(String(after?.['text']).split('\n')).toHaveLength(String(before?.['text']).split('\n').length);
    }
  });

  it('find a loss, whatever it is', () => {
    const segments = protectedSegments('<i>{a}</i> and {b}');
    expect(segmentLoss(segments, '{b} und <i>{a}</i>')).toEqual([]);
    expect(segmentLoss(segments, '<i>{a}</i> und').map(({ text }) => text)).toEqual(['{b}']);
    expect(segmentLoss(segments, '<i>{a}</i> und {b}{b}').map(({ text }) => text)).toEqual(['{b}']);
    expect(segmentLoss(segments, '</i>{a}<i> und {b}').map(({ text }) => text)).toEqual(['</i>']);
  });

  it('stand as close to their neighbours as in the source', () => {
    expect(planned('Click <b>here</b> now, {name}.').masked.text).toBe('Click [1] here [2] now, [3].');
    expect(restored(planned('Click <b>here</b> now, {name}.'), 'Klick [1] hier [2] nun, [3] .')).toBe('Klick <b>hier</b> nun, {name}.');
  });

  it('are whole lines between fences', () => {
    const plan = createLinePlanner(true);
    expect(['Text.', '```js', 'const a = 1;', '```', 'Text.'].map((line) => 'kept' in (plan(line).parts[0] ?? {}))).toEqual([false, true, true, true, false]);
  });
});
