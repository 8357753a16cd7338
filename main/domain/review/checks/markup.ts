import { piecesOf, type Piece } from './found.ts';

/**
 * What in a text is not prose: addresses, tags, entities, escapes and placeholders.
 *
 * The checks about them compare it; the checks about prose look past it ({@link withoutMarkup}).
 */

const url = /\b(?:https?|ftp|file):\/\/[^\s<>"“”„«»「」『』（）()，。、；]+|\bwww\.[^\s<>"“”„«»「」『』（）()，。、；]+/giu;
const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/gu;
/** Punctuation that ends the sentence, not the address. */
const trailing = /[.,;:!?'"»”’*_]+$/u;

/** HTML's elements, and those of the exchange formats (XLIFF, TMX): other words in angle brackets are prose, as in `<Ctrl>` and `<A2:C2>`. */
const elements = 'a|abbr|acronym|address|area|article|aside|audio|b|base|bdi|bdo|big|blockquote|body|br|bpt|button|canvas|caption|center|cite|code|col|colgroup|data|dd|del|details|dfn|div|dl|dt|em|embed|ept|fieldset|figure|font|footer|form|frame|g|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|it|kbd|label|legend|li|link|main|map|mark|meta|mrk|nav|noscript|object|ol|option|p|param|ph|picture|pre|q|rp|rt|ruby|s|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|ut|var|video|wbr|x|bx|ex';
const tag = new RegExp(`</?(?:${elements})(?:\\s[^<>]*)?/?>|<[A-Za-z][\\w:.-]*(?:\\s+[\\w:.-]+\\s*=\\s*(?:"[^"]*"|'[^']*'))+\\s*/?>|</[A-Za-z][\\w:.-]*>|<[A-Za-z][\\w:.-]*\\s*/>|<!--.*?-->|<!\\[CDATA\\[`, 'giu');
const entity = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/giu;
/** `\n` is a line break, but not in a path (`C:\new`). */
const escape = /(?<![:\\/]\S{0,40})\\(?:u\{[\da-fA-F]{1,6}\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[nrt])/gu;

/** printf of C, Java, Objective-C and Python; not the per cent sign of prose (`50 % des`, `5%d`). */
const printf = /(?<![\p{N}%])(?<!\p{N}\s)%(?:\d+\$)?(?:\([A-Za-z_]\w*\))?[-+#0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|ll|[hlLqjzt])?[sdiufFeEgGxXoscpaA@](?![\p{L}\p{N}])/gu;
/** `%1`, `%L1` of Qt; `%name%` of batch files and templates. */
const percent = /(?<![\p{N}%])(?<!\p{N}\s)%(?:L?[1-9]\d?(?![\d%$])|[A-Za-z_][\w.]*%)/gu;
/** `${name}`, `{{name}}`, `{0}`, `{name}`; for ICU messages (`{n, plural, ...}`) the argument and its kind. */
const brace = /\$\{[^{}\s]+\}|\{\{\s*[\w.]+\s*\}\}|\{\s*(?:\d+|[A-Za-z_][\w.-]*)\s*(?=\}|,\s*(?:plural|select|selectordinal|number|date|time|choice)\b)(?:\}|,\s*[a-z]+)/giu;

export const addressesOf = (text: string): Piece[] => {
  const urls = text.includes('://') || text.includes('www.') ? piecesOf(text, url) : [];
  const emails = text.includes('@') ? piecesOf(text, email) : [];
  const mailsOutside = emails.filter(({ span }) => !urls.some((other) => span[0] < other.span[1] && other.span[0] < span[1]));
  return [...urls, ...mailsOutside].map(({ text: found, span: [from] }) => {
    const bare = found.replace(trailing, '');
    return { text: bare, span: [from, from + bare.length] };
  });
};

export const tagsOf = (text: string): Piece[] => [...(text.includes('<') ? piecesOf(text, tag) : []), ...(text.includes('&') ? piecesOf(text, entity) : [])];

export const placeholdersOf = (text: string): Piece[] => [
  ...(text.includes('%') ? [...piecesOf(text, printf), ...piecesOf(text, percent)] : []),
  ...(text.includes('{') ? piecesOf(text, brace) : []),
  ...(text.includes('\\') ? piecesOf(text, escape) : []),
];

/** The text with spaces in the place of addresses, tags, entities, escapes and placeholders: offsets stay what they were. */
export const withoutMarkup = (text: string): string => {
  if (!/[<&%{\\@]|:\/\/|www\./u.test(text)) return text;
  return [...addressesOf(text), ...tagsOf(text), ...placeholdersOf(text)].reduce((rest, { span: [from, to] }) => rest.slice(0, from) + ' '.repeat(to - from) + rest.slice(to), text);
};
