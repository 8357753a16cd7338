import type { PairWriter, PairWriterOptions } from './pair-writer.ts';

/**
 * One JSON object a line: `{"source": {...}, "target": {...}, "values": {...}}`.
 *
 * Numbers are rounded to six decimals like everywhere else. Lone surrogates are written as JSON escapes, U+2028 and U+2029 too, so that no reader of lines stumbles.
 */
export const jsonlWriter = ({ sourceLanguage, targetLanguage, columns }: PairWriterOptions): PairWriter => {
  let pairs = 0;
  const valueOf = (value: number | string | null): number | string | null => (typeof value === 'number' ? Number(value.toFixed(6)) : value);
  return {
    files: [''],
    head: () => [''],
    pair: ({ source, target, sourceId, targetId, values }) => {
      pairs += 1;
      const record = {
        source: { language: sourceLanguage, id: sourceId, text: source },
        target: { language: targetLanguage, id: targetId, text: target },
        values: Object.fromEntries(columns.map(({ name }, at) => [name, valueOf(values[at] ?? null)])),
      };
      return [`${JSON.stringify(record).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`];
    },
    tail: () => [''],
    counts: () => ({ pairs, breaks: 0, characters: 0 }),
  };
};
