import { availableParallelism } from 'node:os';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import * as v from 'valibot';
import { Failure } from '../../contract/errors.ts';
import { translateRequest, translateResult, type TranslateSettings } from '../../contract/translate.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import type { EngineLink } from '../engine/index.ts';
import type { Jobs } from '../jobs/index.ts';
import type { FileGate } from '../project/index.ts';
import type { MachineSettingsService } from '../settings/index.ts';
import { createTranslateWork } from './translate-job.ts';

export type TranslateServiceInput = {
  readonly project: () => Project; readonly engine: EngineLink; readonly jobs: Jobs; readonly gate: FileGate;
  readonly machine: Pick<MachineSettingsService, 'read'>;
};

/** Translation of files by local models, as jobs. */
export const createTranslateService = ({ project, engine, jobs, gate, machine }: TranslateServiceInput): PartOf<WorkbenchContract, 'translate'> => {
  const threads = (): number => machine.read().threads ?? availableParallelism();
  jobs.register('translate', createTranslateWork({ project, engine, threads }));
  const modelIn = <M extends TranslateSettings['model']>(model: M): M => ({ ...model, folder: gate.check(model.folder) });
  return {
    'translate.model': async ({ model, pair }, { signal }) => (await engine.client()).call('engine.translationModel', { model: modelIn(model), provider: 'cpu', threads: threads(), pair }, { signal }),
    'translate.start': (given) => {
      const { settings } = given;
      const request = {
        ...given, input: gate.check(given.input), output: gate.check(given.output), glossary: given.glossary === null ? null : gate.check(given.glossary),
        settings: { ...settings, model: modelIn(settings.model), pivot: settings.pivot === null ? null : { ...settings.pivot, model: modelIn(settings.pivot.model) } },
      };
      if (!request.overwrite && existsSync(request.output)) throw new Failure('file-exists', `${request.output} exists.`, { detail: 'Nothing was written.', hint: 'Choose another name, or allow it to be replaced.' });
      if (request.input === request.output) throw new Failure('bad-input', 'The translations would replace the text they are made from.', { hint: 'Choose another name for the output.' });
      return { job: jobs.start({ kind: 'translate', title: basename(request.input), params: v.parse(translateRequest, request), stages: [{ name: 'translate', subject: settings.targetLanguage, unit: 'lines', seconds: 1 }] }) };
    },
    'translate.result': ({ job }) => {
      const record = jobs.find((one) => one.job.id === job && one.job.kind === 'translate');
      const result = v.safeParse(translateResult, record?.checkpoint);
      if (!result.success) throw new Failure('not-found', 'This translation has not ended yet.');
      return result.output;
    },
  };
};
