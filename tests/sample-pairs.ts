import { readFileSync } from 'node:fs';

/** The German and English sentences of the sample project that translate each other, as lower-case words. */
export const samplePairs = (): readonly (readonly [german: readonly string[], english: readonly string[]])[] => {
  const sample = new URL('../resources/sample/', import.meta.url);
  const lines = (name: string): string[][] => readFileSync(new URL(name, sample), 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
  const texts = (language: string): ReadonlyMap<string, string> => new Map(lines(`${language}.tsv`).map(([id = '', text = '']) => [id, text]));
  const [german, english] = [texts('de'), texts('en')];
  const words = (text: string | undefined): readonly string[] => (text ?? '').toLowerCase().match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
  const [header = [], ...gold] = lines('gold.tsv');
  const [left, right] = [header.indexOf('de'), header.indexOf('en')];
  return gold.map((row) => [words(german.get(row[left] ?? '')), words(english.get(row[right] ?? ''))] as const).filter(([one, other]) => one.length > 0 && other.length > 0);
};
