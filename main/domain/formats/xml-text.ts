/** How many characters could not be written. */
export type XmlCount = { replaced: number };

/** What XML 1.0 (fifth edition, production 2) forbids, also as a character reference: controls, lone surrogates, U+FFFE and U+FFFF. */
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const legal = (text: string, count: XmlCount): string => text.replace(forbidden, () => { count.replaced += 1; return '\uFFFD'; });

/**
 * Text as element content.
 *
 * A CR is written as a reference: parsers turn a bare one into LF (section 2.11). `]]>` must not stand in text, so `>` is always escaped.
 */
export const xmlText = (text: string, count: XmlCount): string =>
  legal(text, count).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');

/** Text inside a double-quoted attribute: white space other than a blank would be normalised away (section 3.3.3). */
export const xmlAttribute = (text: string, count: XmlCount): string =>
  xmlText(text, count).replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');
