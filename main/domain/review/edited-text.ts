/**
 * A typed or computed text as it can be kept and exported: one line, no NUL, no half of a surrogate pair.
 *
 * Everything else stays as it was typed; cleaning is a step that somebody asks for.
 */
export const editedText = (text: string): string => text.replace(/\r\n|[\n-\r\u0085\u2028\u2029]/gu, ' ').replaceAll('\0', '').toWellFormed();
