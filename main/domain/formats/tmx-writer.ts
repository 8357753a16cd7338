import { sixDecimals, type PairWriter, type PairWriterOptions } from './pair-writer.ts';
import { xmlAttribute, xmlText, type XmlCount } from './xml-text.ts';

/**
 * Translation Memory eXchange 1.4b (LISA OSCAR, 2005), UTF-8.
 *
 * Scores and labels are `<prop>`s of the unit (`x-margin`), ids are `<prop type="x-id">` of each variant, as the specification asks for tool-specific types.
 * The header's date is optional and only written when given: the same pairs make the same bytes.
 */
export const tmxWriter = (options: PairWriterOptions): PairWriter => {
  const { sourceLanguage, targetLanguage, columns, tool, createdAt } = options;
  const count: XmlCount = { replaced: 0 };
  let pairs = 0;
  const variant = (language: string, id: string, text: string): string =>
    `      <tuv xml:lang="${xmlAttribute(language, count)}"><prop type="x-id">${xmlText(id, count)}</prop><seg>${xmlText(text, count)}</seg></tuv>\n`;
  const property = (name: string, value: number | string): string =>
    `      <prop type="x-${xmlAttribute(propertyName(name), count)}">${xmlText(typeof value === 'number' ? sixDecimals(value) : value, count)}</prop>\n`;
  return {
    files: [''],
    head: () => [
      '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
      + `  <header creationtool="${xmlAttribute(tool.name, count)}" creationtoolversion="${xmlAttribute(tool.version, count)}" segtype="sentence" o-tmf="dragoman"`
      + ` adminlang="en" srclang="${xmlAttribute(sourceLanguage, count)}" datatype="plaintext"${createdAt === undefined ? '' : ` creationdate="${tmxDate(createdAt)}"`}/>\n  <body>\n`,
    ],
    pair: ({ source, target, sourceId, targetId, values }) => {
      pairs += 1;
      const properties = columns.map(({ name }, at) => {
        const value = values[at] ?? null;
        return value === null ? '' : property(name, value);
      });
      return [`    <tu tuid="${pairs}">\n${properties.join('')}${variant(sourceLanguage, sourceId, source)}${variant(targetLanguage, targetId, target)}    </tu>\n`];
    },
    tail: () => ['  </body>\n</tmx>\n'],
    counts: () => ({ pairs, breaks: 0, characters: count.replaced }),
  };
};

/** Prop types are free text, but tools expect a plain word. */
const propertyName = (name: string): string => name.trim().replaceAll(/\s+/g, '-');

/** `20260131T120000Z`, as the specification writes dates. */
const tmxDate = (milliseconds: number): string => `${new Date(milliseconds).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
