import { fileSize, readModelFile } from './model-files.ts';

/** What a model card says in its front matter (the YAML between two lines of `---` at the top of README.md, as the Hugging Face Hub reads it). */
export type ModelCard = { readonly licence: string | null; readonly languages: readonly string[]; readonly mentionsE5: boolean };

const largestCard = 4 * 1024 * 1024;

export const readModelCard = async (folder: string): Promise<ModelCard> => {
  const text = await textOf(folder, 'README.md');
  const front = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? '';
  const licence = valuesOf(front, 'license')[0] ?? await licenceOfFile(folder);
  const languages = valuesOf(front, 'language').filter((tag) => /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(tag));
  return { licence, languages, mentionsE5: /\be5-(?:small|base|large)\b/i.test(text.slice(0, 20_000)) };
};

/** The scalar or the list under one key of simple YAML; deeper structures are not needed here. */
const valuesOf = (front: string, key: string): readonly string[] => {
  const lines = front.split(/\r?\n/);
  const at = lines.findIndex((line) => line.startsWith(`${key}:`));
  const first = lines[at];
  if (first === undefined) return [];
  const scalar = first.slice(key.length + 1).trim();
  if (scalar.startsWith('[')) return scalar.slice(1, scalar.lastIndexOf(']')).split(',').map(unquoted).filter((one) => one !== '');
  if (scalar !== '') return [unquoted(scalar)];
  const items: string[] = [];
  for (const line of lines.slice(at + 1)) {
    const item = /^\s*-\s*(.+)$/.exec(line)?.[1];
    if (item === undefined) break;
    items.push(unquoted(item));
  }
  return items;
};

const unquoted = (text: string): string => text.trim().replace(/^(['"])(.*)\1$/, '$2');

const licenceNames: readonly (readonly [RegExp, string])[] = [
  [/Apache License\s+Version 2\.0/i, 'Apache-2.0'], [/\bMIT License\b|Permission is hereby granted, free of charge/i, 'MIT'], [/BSD 3-Clause/i, 'BSD-3-Clause'],
  [/Attribution-NonCommercial 4\.0/i, 'CC-BY-NC-4.0'], [/Attribution-ShareAlike 4\.0/i, 'CC-BY-SA-4.0'], [/Attribution 4\.0 International/i, 'CC-BY-4.0'],
  [/GNU LESSER GENERAL PUBLIC LICENSE/i, 'LGPL'], [/GNU GENERAL PUBLIC LICENSE/i, 'GPL'],
];

const licenceOfFile = async (folder: string): Promise<string | null> => {
  for (const name of ['LICENSE', 'LICENSE.txt', 'LICENSE.md', 'LICENCE', 'COPYING']) {
    const text = await textOf(folder, name);
    if (text === '') continue;
    return licenceNames.find(([pattern]) => pattern.test(text))?.[1] ?? `see ${name}`;
  }
  return null;
};

const textOf = async (folder: string, name: string): Promise<string> =>
  await fileSize(folder, name) === undefined ? '' : new TextDecoder().decode(await readModelFile(folder, name, largestCard));
