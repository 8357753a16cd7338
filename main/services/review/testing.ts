import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bulkContract } from '../../contract/review-bulk.ts';
import { annotatorsContract } from '../../contract/review-team.ts';
import { reviewContract } from '../../contract/review.ts';
import { connect } from '../../rpc/client.ts';
import { pipe } from '../../rpc/pipe.ts';
import { serve } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import { openProject } from '../../store/project.ts';
import { linesFile, runOf } from '../../store/testing.ts';
import { createReviewService } from './index.ts';

const contract = { ...reviewContract, ...annotatorsContract, ...bulkContract } as const;

/** The room over a real project and a real link that checks every answer: pair n is (`sources[n]`, `targets[n]`), German to English, with margin n. */
export const openReview = async (sources: readonly string[], targets: readonly string[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'dragoman-review-'));
  let project: Project = openProject(join(folder, 'x.dragoman'), { create: true });
  const importOf = async (name: string, language: string, texts: readonly string[]) => {
    const id = project.collections.create({ name, kind: 'monolingual', language, targetLanguage: null });
    const writer = project.sentences.writer(id);
    const ordinals = Uint32Array.from(texts, (text, at) => writer.add(text, null, 0, at + 1));
    const { size, merged } = await writer.finish();
    project.collections.finish(id, { counts: { lines: texts.length, empty: 0, malformed: 0, merged, size }, files: [linesFile(`/data/${name}.txt`)], columns: [], state: 'ready' });
    return { id, ordinals };
  };
  const [source, target] = [await importOf('crawl-de', 'de', sources), await importOf('crawl-en', 'en', targets)];
  const run = runOf({ source: source.id, target: target.id, cut: 0 });
  const origin = { run: project.runs.create({ ...run, source: { ...run.source, language: 'de' } }).id };
  const writer = project.pairs.writer(origin, { source: source.id, target: target.id });
  writer.append(source.ordinals, target.ordinals);
  const { first, count } = writer.finish();
  const margin = project.columns.create({ origin, name: 'margin', kind: 'f64', producer: 'mine', signature: '' });
  project.columns.write(margin, first, Float64Array.from({ length: count }, (_, at) => at));

  const touched: string[] = [];
  let now = 1_700_000_000_000;
  const service = createReviewService({ project: () => project, now: () => { now += 1_000; return now; }, touched: () => touched.push('touched') });
  const [near, far] = pipe();
  serve(far, contract, service, { checkOutputs: true });
  const client = connect(near, contract);
  return {
    client, origin, first, touched,
    project: () => project,
    anna: (await client.call('review.addAnnotator', { name: 'anna' })).id,
    ben: (await client.call('review.addAnnotator', { name: 'ben' })).id,
    texts: (pair: number): readonly [string, string] => {
      const { source: [left = ''], target: [right = ''] } = project.pairs.texts(origin, [pair]);
      return [left, right];
    },
    reopen: (): void => {
      const { path } = project;
      project.close();
      project = openProject(path);
    },
    close: (): void => {
      client.close();
      project.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
