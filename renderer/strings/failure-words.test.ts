import { afterEach, expect, test } from 'vitest';
import { Failure, toFailureData } from '../../main/contract/errors.ts';
import { knownFailure } from '../../main/contract/known-failures.ts';
import { job } from '../stores/testing.ts';
import { speak } from './catalogue.ts';
import { failureWords } from './failure-words.ts';
import { jobTitle } from './job-title.ts';

afterEach(() => speak('en'));

test('a known failure has the words of its sentence in English, and those of the catalogue in another language', async () => {
  const { data } = knownFailure('project-newer', { path: '/a.dragoman', version: 12, newest: 4 });
  expect(data).toMatchObject({ code: 'project-newer', message: 'The project /a.dragoman was made by a newer Dragoman (layout 12; this one knows 4).' });
  expect(failureWords(data)).toEqual({ message: data.message, detail: data.detail, hint: data.hint });
  await speak('de');
  expect(failureWords(data).message).toBe('Das Projekt /a.dragoman stammt von einem neueren Dragoman (Aufbau 12; dieses hier kennt 4).');
  expect(failureWords(toFailureData(Object.assign(new Error('write'), { code: 'ENOSPC' }))).hint).toBe('Platz schaffen und den Auftrag fortsetzen.');
  await speak('ar');
  expect(failureWords(data).message).toContain('\u2068/a.dragoman\u2069');
});

test('any other failure, and one that a newer program knows, keeps its English sentences', async () => {
  await speak('de');
  const { data } = new Failure('bad-input', 'Merging needs at least two pairs.', { hint: 'Select those that belong together.' });
  expect(failureWords(data)).toEqual({ message: 'Merging needs at least two pairs.', detail: undefined, hint: 'Select those that belong together.' });
  expect(failureWords({ ...data, known: { name: 'of-tomorrow', values: {} } }).message).toBe('Merging needs at least two pairs.');
});

test('a part that the workbench left out is not added', async () => {
  await speak('de');
  const { data } = knownFailure('disk-full');
  expect(failureWords({ code: data.code, message: data.message, known: { name: 'disk-full', values: {} } })).toEqual({ message: 'Der Datenträger ist voll.', detail: undefined, hint: undefined });
});

test('a job is titled in the language of the interface, one without a subject by its name', async () => {
  const importing = job({ kind: 'import', title: 'Import crawl', subject: 'crawl' });
  expect(jobTitle(importing)).toBe('Import crawl');
  await speak('de');
  expect([jobTitle(importing), jobTitle(job({ kind: 'export', title: 'Export to a.tsv', subject: 'a.tsv' })), jobTitle(job({ kind: 'mine', title: 'crawl-de' }))]).toEqual(['crawl importieren', 'Export nach a.tsv', 'crawl-de']);
});
