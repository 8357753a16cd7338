import { expect, test } from 'vitest';
import type { ImportPreview } from '../../../main/contract/corpora.ts';
import type { Link } from '../../link/link.ts';
import { inspectFiles } from './inspect-files.ts';

const previewOf = (path: string): ImportPreview => ({
  file: { path, targetPath: null, options: { layout: 'lines', compression: 'none', encoding: 'utf-8', header: false, columns: [], language: 'de', targetLanguage: null, split: 'none' } },
  kind: 'monolingual', bytes: 10, bom: null, lineEnd: 'lf', encodingConfidence: 1, languages: [], targetLanguages: [], sentencesPerLine: 1, sample: [], warnings: [],
});

/** A workbench that refuses every question with an unreadable file in it. */
const linkWhere = (unreadable: readonly string[]): { readonly link: Pick<Link, 'call'>; readonly asked: string[][] } => {
  const asked: string[][] = [];
  const call = (_name: string, input: { readonly paths: readonly string[] }): Promise<readonly ImportPreview[]> => {
    asked.push([...input.paths]);
    const bad = input.paths.find((path) => unreadable.includes(path));
    return bad === undefined ? Promise.resolve(input.paths.map(previewOf)) : Promise.reject(Object.assign(new Error(`${bad} is empty.`), { code: 'malformed-input' }));
  };
  return { link: { call } as unknown as Pick<Link, 'call'>, asked };
};
const signal = (): AbortSignal => new AbortController().signal;

test('files that can be read are asked about together, once', async () => {
  const { link, asked } = linkWhere([]);
  expect((await inspectFiles(link, ['a.de', 'a.en'], signal())).previews).toHaveLength(2);
  expect(asked).toEqual([['a.de', 'a.en']]);
});

test('a file that cannot be read is left out with its reason, and the others go on together', async () => {
  const { link, asked } = linkWhere(['empty']);
  const { previews, leftOut } = await inspectFiles(link, ['a.de', 'empty', 'a.en'], signal());
  expect(previews.map((each) => each.file.path)).toEqual(['a.de', 'a.en']);
  expect(leftOut.map(({ path, failure }) => [path, failure.message])).toEqual([['empty', 'empty is empty.']]);
  expect(asked.at(-1)).toEqual(['a.de', 'a.en']);
});

test('when none can be read, that is the failure', async () => {
  await expect(inspectFiles(linkWhere(['a', 'b']).link, ['a', 'b'], signal())).rejects.toThrow('a is empty.');
  await expect(inspectFiles(linkWhere(['a']).link, ['a'], signal())).rejects.toThrow('a is empty.');
});
