import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import * as v from 'valibot';
import { Failure } from '../../contract/errors.ts';
import { projectionRequest, projectionResult } from '../../contract/projection.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { EngineLink } from '../engine/index.ts';
import type { Jobs } from '../jobs/index.ts';
import type { ModelsService } from '../models/index.ts';
import type { Project } from '../../store/api.ts';
import type { FileGate } from '../project/index.ts';
import type { MachineSettingsService } from '../settings/index.ts';
import { createProjectionWork, stageNames } from './projection-job.ts';
import { readGold, readPairs } from './read-sentences.ts';

export type ProjectionServiceInput = { readonly engine: EngineLink; readonly project: () => Project; readonly annotator: string; readonly models: ModelsService; readonly jobs: Jobs; readonly gate: FileGate; readonly machine: Pick<MachineSettingsService, 'read'> };

/** Labels of files carried to their translations, as jobs. */
export const createProjectionService = ({ project, engine, models, jobs, gate, machine, annotator }: ProjectionServiceInput): PartOf<WorkbenchContract, 'projection'> => {
  jobs.register('label', createProjectionWork({ project, annotator, engine, models, threads: () => machine.read().threads ?? availableParallelism() }));
  return {
    'projection.start': async (given, { signal }) => {
      const { settings } = given;
      const request = v.parse(projectionRequest, {
        ...given, input: gate.check(given.input), translations: given.translations === null ? null : gate.check(given.translations), output: given.output === null ? null : gate.check(given.output), gold: given.gold === null ? null : gate.check(given.gold),
        settings: { ...settings, model: settings.model === null ? null : { ...settings.model, folder: gate.check(settings.model.folder) } },
      });
      if (settings.method !== 'alignment' && settings.model === null) throw new Failure('bad-input', `The method ${settings.method} needs a translation model.`, { hint: 'Name its folder, or choose the method alignment.' });
      if (request.translations === null && settings.model === null) throw new Failure('bad-input', 'There are neither translations nor a model that makes them.', { hint: 'Choose a file of translations, or the folder of a translation model.' });
      if (request.output !== null && [request.input, request.translations, request.gold].includes(request.output)) throw new Failure('bad-input', 'The output would replace a file that it is made from.', { hint: 'Choose another name for the output.' });
      if (request.output !== null && !request.overwrite && existsSync(request.output)) throw new Failure('file-exists', `${request.output} exists.`, { detail: 'Nothing was written.', hint: 'Choose another name, or allow it to be replaced.' });
      // The files are read once before the job: what cannot be read or does not fit is said at once.
      const { pairs } = await readPairs(request, signal, (texts) => Promise.resolve(texts));
      if (request.gold !== null && request.translations !== null) readGold(request.gold, pairs.map(({ target }) => target));
      const spans = pairs.reduce((sum, pair) => sum + pair.spans.length, 0);
      const links = { name: stageNames.link, unit: 'sentences', seconds: 1 + pairs.length / pairsPerSecond } as const;
      const markers = { name: stageNames.place, unit: 'steps', seconds: 1 + spans / spansPerSecond } as const;
      const translate = { name: stageNames.translate, subject: settings.targetLanguage, unit: 'sentences', seconds: 1 + pairs.length / linesPerSecond } as const;
      const stages = [...(request.translations === null ? [translate] : []), ...(settings.method === 'constrained' ? [] : [links]), ...(settings.method === 'alignment' ? [] : [markers])];
      return { job: jobs.start({ kind: 'label', title: basename(request.input), params: request, stages }) };
    },
    'projection.result': ({ job }) => {
      const record = jobs.find((one) => one.job.id === job && one.job.kind === 'label');
      const result = v.safeParse(projectionResult, record?.checkpoint);
      if (!result.success) throw new Failure('not-found', 'This labelling has not ended yet.');
      return result.output;
    },
  };
};

/** On two processor cores: what the progress is planned by. */
const pairsPerSecond = 150;
const spansPerSecond = 0.5;
const linesPerSecond = 4;
