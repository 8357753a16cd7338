import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { translatedText, type TextToTranslate, type TranslatedText } from '../../contract/translation.ts';

/** What one text became; the place in its block left out. */
export type KeptTranslation = Omit<TranslatedText, 'index'>;

/**
 * Translations that are finished, in a file that is only ever appended to: one JSON line a text, found by the text's hash.
 *
 * The file's name holds the hash of everything else that decides a translation: model, languages, settings. A line that a kill has torn is cut off at the
 * next opening.
 */
export type KeptTranslations = {
  readonly count: number;
  has(key: string): boolean;
  get(key: string): KeptTranslation | null;
  /** The first translation of a text stays. */
  add(made: readonly (readonly [key: string, translation: KeptTranslation])[]): void;
  close(): void;
};

const line = v.tuple([v.string(), v.omit(translatedText, ['index'])]);

/** 128 bits of the hash of a text with its terms. */
export const keyOfText = ({ text, terms }: TextToTranslate): string => createHash('sha256').update(JSON.stringify(terms.length === 0 ? [text] : [text, terms])).digest().subarray(0, 16).toString('base64url');

/** The name of a file of translations: a hash of all that decides them but the text. */
export const keyOfSettings = (deciding: unknown): string => createHash('sha256').update(JSON.stringify(deciding)).digest('hex').slice(0, 32);

const keyLength = 22;

export const openKeptTranslations = (folder: string, settingsKey: string): KeptTranslations => {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, `${settingsKey}.jsonl`), 'a+');
  const places = new Map<string, number>();
  let end = readPlaces(file, places);
  ftruncateSync(file, end);

  const textAt = (place: number): string => {
    const parts: Buffer[] = [];
    for (let from = place; ; ) {
      const part = Buffer.alloc(4096);
      const read = readSync(file, part, 0, part.length, from);
      const lineEnd = part.subarray(0, read).indexOf(0x0a);
      parts.push(part.subarray(0, lineEnd < 0 ? read : lineEnd));
      if (lineEnd >= 0 || read === 0) return Buffer.concat(parts).toString('utf8');
      from += read;
    }
  };

  return {
    get count() { return places.size; },
    has: (key) => places.has(key),
    get: (key) => {
      const place = places.get(key);
      return place === undefined ? null : v.parse(line, JSON.parse(textAt(place)))[1];
    },
    add: (made) => {
      const lines = made.filter(([key], at) => !places.has(key) && made.findIndex(([other]) => other === key) === at)
        .map(([key, { hypotheses, tokens, tooLong }]) => ({ key, bytes: Buffer.from(`${JSON.stringify([key, { hypotheses, tokens, tooLong }])}\n`) }));
      writeSync(file, Buffer.concat(lines.map(({ bytes }) => bytes)));
      for (const { key, bytes } of lines) { places.set(key, end); end += bytes.length; }
    },
    close: () => closeSync(file),
  };
};

/** Finds each line's place; returns where the last whole one ends. Every line begins with `["` and the key. */
const readPlaces = (file: number, places: Map<string, number>): number => {
  const chunk = Buffer.alloc(1 << 20);
  let kept = Buffer.alloc(0);
  let at = 0;
  for (;;) {
    const read = readSync(file, chunk, 0, chunk.length, at + kept.length);
    if (read === 0) return at;
    kept = Buffer.concat([kept, chunk.subarray(0, read)]);
    for (let lineEnd = kept.indexOf(0x0a); lineEnd >= 0; lineEnd = kept.indexOf(0x0a)) {
      const key = kept.toString('latin1', 2, 2 + keyLength);
      if (!places.has(key)) places.set(key, at);
      at += lineEnd + 1;
      kept = kept.subarray(lineEnd + 1);
    }
  }
};
