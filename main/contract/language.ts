import * as v from 'valibot';

/** A BCP-47 tag (`de`, `zh-Hant`, `sr-Latn`, `und`, `x-klingon`). ISO 639-3 and FLORES codes are turned into these at the input's edge. */
export const languageTag = v.pipe(v.string(), v.regex(/^(?:[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*|und|x(?:-[A-Za-z0-9]{1,8})+)$/, 'is not a language tag'));

export const isLanguageTag = (text: string): boolean => v.is(languageTag, text);
