import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure, toFailureData } from '../../contract/errors.ts';
import type { EncoderDescription, Model, ModelAnswers, ModelInspection, Provider, ProviderMeasure } from '../../contract/models.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { Candidate } from '../../domain/models/choose-encoder.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { EngineLink } from '../engine/index.ts';
import { readBundledModels } from './bundled.ts';
import { probeInTurn, type Probe } from './probe.ts';
import { openRegistry, type Registry } from './registry.ts';

export type ModelsService = {
  readonly part: PartOf<WorkbenchContract, 'models'>;
  /** An encoder by its id; throws `not-found`. */
  encoder(id: string): EncoderDescription;
  /** What `chooseEncoder` chooses from: encoders whose files are there. */
  candidates(): readonly Candidate[];
  list(): readonly Model[];
  /** The fastest provider that computes the same as the CPU, and all speeds: as measured before on this machine, or measured now. */
  measured(id: string, signal: AbortSignal): Promise<Probe>;
};

export type ModelsServiceInput = { readonly engine: EngineLink; readonly resourcesFolder: string; readonly dataFolder: string; /** Threads of the settings; null: one a core. */ readonly threads?: () => number | null };

export const createModelsService = ({ engine, resourcesFolder, dataFolder, threads = () => null }: ModelsServiceInput): ModelsService => {
  const bundled = readBundledModels(resourcesFolder);
  const registry = openRegistry(dataFolder);
  /** What a verification said, for as long as this process lives. */
  const verified = new Map<string, Pick<Model, 'state' | 'note'>>();

  const all = (): readonly EncoderDescription[] => [...bundled, ...registry.added()];

  const encoder = (id: string): EncoderDescription => {
    const found = all().find((one) => one.id === id);
    if (found === undefined) throw new Failure('not-found', `There is no encoder "${id}" here.`, { hint: `Choose one of ${all().map((one) => one.id).join(', ')}, or add its folder.` });
    return found;
  };

  const model = (one: EncoderDescription): Model => ({
    encoder: one, bundled: bundled.includes(one), bytes: Object.values(one.checksums).reduce((sum, file) => sum + file.bytes, 0),
    ...onDisk(one) ?? verified.get(one.id) ?? { state: 'unverified' as const, note: registry.problem }, measures: [...registry.measures(one.hash)],
  });

  const inspect = async (folder: string, answers: ModelAnswers): Promise<ModelInspection> =>
    (await engine.client()).call('engine.inspectModel', { folder: resolve(folder), answers });

  const add = async (folder: string, answers: ModelAnswers): Promise<Model> => {
    const { encoder: described, questions } = await inspect(folder, answers);
    if (questions.length > 0) {
      throw new Failure('model-question', `Before this encoder can be added, say: ${questions.map((one) => `${one.field} (${one.why} Proposal: "${one.proposal}")`).join(' ')}`, { hint: 'Answer each; the model\'s web page says what is right.' });
    }
    const named = { ...described, id: freeId(described) };
    registry.add(named);
    verified.set(named.id, { state: 'ready', note: null });
    return model(named);
  };

  /** The folder's name, unless another encoder has it: then with the beginning of its hash. The same folder added again replaces itself. */
  const freeId = (described: EncoderDescription): string => {
    const taken = all().some((one) => one.id === described.id && one.folder !== described.folder);
    return taken || ['auto', 'both'].includes(described.id) ? `${described.id}-${described.hash.slice(0, 6)}` : described.id;
  };

  const remove = (id: string): { removed: string } => {
    if (bundled.includes(encoder(id))) throw new Failure('conflict', `${encoder(id).title} is part of the program and cannot be removed.`);
    registry.remove(id);
    verified.delete(id);
    return { removed: id };
  };

  const verify = async (id: string): Promise<Model> => {
    const one = encoder(id);
    try {
      await (await engine.client()).call('engine.verifyModel', { encoder: one });
      verified.set(id, { state: 'ready', note: null });
    } catch (thrown) {
      const { code, message, hint } = toFailureData(thrown);
      if (code !== 'model-corrupt' && code !== 'model-missing') throw thrown;
      verified.set(id, { state: code === 'model-missing' ? 'missing' : 'corrupt', note: hint === undefined ? message : `${message} ${hint}` });
    }
    return model(one);
  };

  const probe = (id: string, providers: readonly Provider[] | null, tell: (measure: ProviderMeasure) => Promise<void>, signal: AbortSignal): Promise<Probe> =>
    probeInTurn({ engine, registry, encoder: encoder(id), providers, threads: threads(), tell, signal });

  return {
    encoder,
    list: () => all().map(model),
    candidates: () => all().filter((one) => onDisk(one) === undefined).map((one) => ({ encoder: one, bundled: bundled.includes(one), measures: registry.measures(one.hash) })),
    measured: async (id, signal) => measuredBefore(registry, encoder(id)) ?? await probe(id, null, async () => undefined, signal),
    part: {
      'models.list': () => all().map(model),
      'models.inspect': ({ folder }) => inspect(folder, {}),
      'models.add': ({ folder, answers }) => add(folder, answers),
      'models.remove': ({ id }) => remove(id),
      'models.verify': ({ id }) => verify(id),
      'models.probe': async ({ id, providers }, call) => {
        const { chosen, measures } = await probe(id, providers, call.item, call.signal);
        return { chosen, measures: [...measures] };
      },
    },
  };
};

const measuredBefore = (registry: Registry, encoder: EncoderDescription): Probe | undefined => {
  const measures = registry.measures(encoder.hash);
  if (!measures.some((one) => one.provider === 'cpu' && one.state === 'works')) return undefined;
  const working = measures.filter((one) => one.state === 'works').sort((left, right) => (right.sentencesPerSecond ?? 0) - (left.sentencesPerSecond ?? 0));
  return { chosen: working[0]?.provider ?? 'cpu', measures };
};

/** What the sizes of the files tell without reading them; undefined where nothing is wrong. */
const onDisk = (encoder: EncoderDescription): Pick<Model, 'state' | 'note'> | undefined => {
  for (const [name, { bytes }] of Object.entries(encoder.checksums)) {
    const size = statSync(join(encoder.folder, name), { throwIfNoEntry: false })?.size;
    if (size === undefined) return { state: 'missing', note: `${name} is not in ${encoder.folder}. Copy it there again.` };
    if (size !== bytes) return { state: 'corrupt', note: `${name} has ${size} bytes where ${bytes} are expected. Copy it again from its source.` };
  }
  return undefined;
};
