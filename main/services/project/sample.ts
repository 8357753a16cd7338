import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { ImportOptions } from '../../contract/corpora.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import { specimenRow } from '../../contract/project.ts';
import type { OutputOf } from '../../contract/method.ts';
import type { Project } from '../../store/api.ts';

export const sampleLanguages = ['de', 'en', 'fr', 'es', 'ar', 'zh', 'hi'] as const;

/** Fills the sample project where it is empty; returns the jobs it started. */
export type Sample = (project: Project, mine: boolean) => Promise<number[]>;

export type SampleInput = {
  readonly folder: string;
  readonly importFile: (name: string, path: string, options: ImportOptions) => Promise<{ readonly job: number; readonly collection: number }>;
  readonly settled: (job: number) => Promise<unknown>;
  readonly mine: (source: number, target: number, gold: string) => Promise<number>;
  readonly onError: (thrown: unknown) => void;
};

const options = (language: string): ImportOptions => ({
  layout: 'columns', compression: 'none', encoding: 'utf-8', header: false, language, targetLanguage: null, split: 'none',
  columns: [{ index: 0, name: 'id', role: 'id' }, { index: 1, name: 'text', role: 'text' }],
});

/**
 * The sample: seven collections, imported from the bundled files like anybody's, and German mined against English.
 *
 * German and English come first, so that the first pairs are there while the others are still read.
 */
export const createSample = (input: SampleInput): Sample => async (project, mine) => {
  const present = new Set(project.collections.list().map((one) => one.language));
  project.setMeta('sample', input.folder);
  const imports = new Map<string, Promise<{ readonly job: number; readonly collection: number }>>();
  for (const language of sampleLanguages) {
    if (present.has(language)) continue;
    imports.set(language, input.importFile(`sample-${language}`, join(input.folder, `${language}.tsv`), options(language)));
  }
  const started = await Promise.all(imports.values());
  const jobs = started.map((one) => one.job);
  const collectionOf = (language: string): number | undefined => project.collections.list().find((one) => one.language === language)?.id;
  const mineNow = async (): Promise<void> => {
    for (const language of ['de', 'en']) {
      const importing = await imports.get(language);
      if (importing !== undefined) await input.settled(importing.job);
    }
    const [source, target] = [collectionOf('de'), collectionOf('en')];
    if (source !== undefined && target !== undefined) await input.mine(source, target, writeGold(input.folder, project, 'de', 'en'));
  };
  if (mine && project.runs.list().length === 0) void mineNow().catch(input.onError);
  return jobs;
};

/** The sample's gold names the translations of each concept in all languages; a run wants two columns. Returns the file's path. */
const writeGold = (folder: string, project: Project, source: string, target: string): string => {
  const [header = '', ...lines] = readFileSync(join(folder, 'gold.tsv'), 'utf8').trimEnd().split('\n');
  const names = header.split('\t');
  const columns = [names.indexOf(source), names.indexOf(target)];
  const rows = lines.map((line) => line.split('\t')).map((cells) => columns.map((column) => cells[column] ?? '').join('\t'));
  const path = join(project.folder, `gold.${source}-${target}.tsv`);
  writeFileSync(path, `${['source_id\ttarget_id', ...rows].join('\n')}\n`);
  return path;
};

const specimenFile = v.object({ cut: v.optional(v.nullable(v.number())), rows: v.array(v.object({ ...specimenRow.entries, margin: v.optional(v.nullable(v.number())) })) });

/** The start page's specimen; a missing or unreadable file shows none. */
export const readSpecimen = (folder: string): OutputOf<WorkbenchContract['project.specimen']> => {
  const path = join(folder, 'specimen.json');
  if (!existsSync(path)) return { rows: [], cut: null };
  const read = v.safeParse(specimenFile, JSON.parse(readFileSync(path, 'utf8')));
  if (!read.success) return { rows: [], cut: null };
  return { rows: read.output.rows.map((row) => ({ ...row, margin: row.margin ?? null })), cut: read.output.cut ?? null };
};
