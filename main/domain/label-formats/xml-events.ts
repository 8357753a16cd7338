import { SaxesParser } from 'saxes';
import { malformed, type FilePlace } from './label-format.ts';

/** What a parser of XML tells, with places in UTF-16 units of what it was given. */
export type XmlHandlers = {
  open(element: { readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly start: number; readonly end: number }): void;
  close(element: { readonly name: string; readonly start: number; readonly end: number; readonly isSelfClosing: boolean }): void;
  /** Character data, entities resolved, line ends as LF. */
  text(text: string): void;
  /** A comment or a processing instruction. */
  other?(): void;
};

/**
 * Parses well-formed XML; with `fragment`, text with elements and no root.
 *
 * @throws Failure with line, column and remedy. `place` says where a place of the given text is in the file.
 */
export const parseXml = (raw: string, fragment: boolean, place: (offset: number) => FilePlace, handlers: XmlHandlers): void => {
  const parser = new SaxesParser({ fragment, xmlns: false });
  // No tag holds a "<" but its first sign: attribute values must not contain one.
  const tagStart = (): number => raw.lastIndexOf('<', parser.position - 1);
  // A sign that began something which the end of the text cuts off.
  const unfinished = (): number => Math.max(0, raw.lastIndexOf('<'), raw.lastIndexOf('&'));
  parser.on('error', (error) => { throw malformed(place(/clos(?:e|ing) tag/u.test(error.message) ? tagStart() : /unexpected end/u.test(error.message) ? unfinished() : Math.max(0, parser.position - 1)), `${reasonOf(error.message)}.`, remedyOf(error.message)); });
  parser.on('opentag', ({ name, attributes }) => { handlers.open({ name, attributes, start: tagStart(), end: parser.position }); });
  parser.on('closetag', ({ name, isSelfClosing }) => { handlers.close({ name, start: isSelfClosing ? parser.position : tagStart(), end: parser.position, isSelfClosing }); });
  parser.on('text', (text) => { handlers.text(text); });
  parser.on('cdata', (text) => { handlers.text(text); handlers.other?.(); });
  parser.on('comment', () => { handlers.other?.(); });
  parser.on('processinginstruction', () => { handlers.other?.(); });
  parser.write(raw).close();
};

const reasonOf = (message: string): string => `the XML is not well formed: ${message.replace(/^(?:\d+:\d+:|[^:]*:\d+:\d+:) ?/u, '').replace(/\.$/u, '')}`;

const remedyOf = (message: string): string => {
  if (/entit|disallowed character|unexpected end/u.test(message)) return 'In text, & is written &amp; and < is written &lt;; other signs stand for themselves.';
  if (/clos/u.test(message)) return 'Every tag that opens must close in the same sentence, the inner ones first: <ORG><LOC>Berlin</LOC> Zoo</ORG>.';
  return 'Mend the line, or say which format the file has.';
};
