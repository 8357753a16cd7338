import { Failure } from '../../contract/errors.ts';
import type { PairWriter, PairWriterOptions } from './pair-writer.ts';
import { xmlText, type XmlCount } from './xml-text.ts';

/** Rows of a sheet, the header among them, and characters (UTF-16) of a cell: what Excel opens. */
const mostRows = 1_048_576;
const longestCell = 32_767;

/**
 * An Excel workbook (Office Open XML, ECMA-376) of one sheet: ids, texts and columns under a header that stays in view.
 *
 * Every text is an inline string: a text that begins with "=" is words, never a formula. Scores are numbers with six decimals at most.
 */
export const xlsxWriter = ({ columns }: PairWriterOptions): PairWriter => {
  const count: XmlCount = { replaced: 0 };
  let pairs = 0;
  const textCell = (text: string): string => {
    if (text.length > longestCell) throw cellTooLong(pairs, text);
    return text === '' ? '<c/>' : `<c t="inlineStr"><is><t xml:space="preserve">${xmlText(unescaped(text), count)}</t></is></c>`;
  };
  const cell = (value: number | string | null): string => {
    if (typeof value === 'number') return `<c><v>${Number(value.toFixed(6))}</v></c>`;
    return textCell(value ?? '');
  };
  const row = (values: readonly (number | string | null)[]): string => `<row>${values.map(cell).join('')}</row>`;
  return {
    files: [''],
    mostPairs: mostRows - 1,
    parcel: { written: 'xl/worksheets/sheet1.xml', others: parts },
    head: () => [`${sheetHead}${row(['source_id', 'target_id', 'source', 'target', ...columns.map(({ name }) => name)])}`],
    pair: ({ source, target, sourceId, targetId, values }) => {
      pairs += 1;
      return [row([sourceId, targetId, source, target, ...values])];
    },
    tail: () => ['</sheetData></worksheet>'],
    counts: () => ({ pairs, breaks: 0, characters: count.replaced }),
  };
};

/** `_x0041_` in a string is read as the character U+0041 (ECMA-376, ST_Xstring), so that what only looks like one is escaped. */
const unescaped = (text: string): string => text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');

const cellTooLong = (pair: number, text: string): Failure => new Failure('bad-input', `A text of pair ${pair} has ${text.length.toLocaleString('en')} characters; a cell of a spreadsheet holds ${longestCell.toLocaleString('en')}.`, {
  detail: `It begins: ${text.slice(0, 80).toWellFormed()}… Nothing was written.`, hint: 'Export as TSV or JSON lines, or filter this pair out.',
});

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/package/2006/relationships';
const documentRelationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const sheetHead = `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
  + '<cols><col min="1" max="2" width="14" customWidth="1"/><col min="3" max="4" width="60" customWidth="1"/></cols><sheetData>';

const parts = [
  {
    name: '[Content_Types].xml',
    text: `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
      + '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
      + '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
  },
  { name: '_rels/.rels', text: `${declaration}<Relationships xmlns="${relationships}"><Relationship Id="rId1" Type="${documentRelationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>` },
  { name: 'xl/workbook.xml', text: `${declaration}<workbook xmlns="${main}" xmlns:r="${documentRelationships}"><sheets><sheet name="Pairs" sheetId="1" r:id="rId1"/></sheets></workbook>` },
  { name: 'xl/_rels/workbook.xml.rels', text: `${declaration}<Relationships xmlns="${relationships}"><Relationship Id="rId1" Type="${documentRelationships}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>` },
] as const;
