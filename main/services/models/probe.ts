import { Failure } from '../../contract/errors.ts';
import type { EncoderDescription, Provider, ProviderMeasure } from '../../contract/models.ts';
import type { EngineLink } from '../engine/index.ts';
import type { Registry } from './registry.ts';

export type Probe = { readonly chosen: Provider; readonly measures: readonly ProviderMeasure[] };

export type ProbeInput = {
  readonly engine: EngineLink;
  readonly registry: Registry;
  readonly encoder: EncoderDescription;
  /** null: all that this machine offers. */
  readonly providers: readonly Provider[] | null;
  /** null: one a core. */
  readonly threads: number | null;
  readonly tell: (measure: ProviderMeasure) => Promise<void>;
  readonly signal: AbortSignal;
};

/**
 * Measures one provider after the other, each in a call of its own.
 *
 * A graphics driver can take the whole engine process down. So the registry notes what is being tried; the provider that was being tried when the engine
 * died counts as failed, is said to, and is tried again only when somebody names it.
 */
export const probeInTurn = async ({ engine, registry, encoder, providers, threads, tell, signal }: ProbeInput): Promise<Probe> => {
  const offered = (await (await engine.client()).call('engine.facts', {}, { signal })).providers;
  const crashed = registry.trying();
  const wanted = [...new Set<Provider>(['cpu', ...(providers ?? offered)])];
  const measures: ProviderMeasure[] = [];
  for (const provider of wanted) {
    const measure = provider === crashed && providers === null ? crashNote(provider) : await measureOne(provider);
    registry.setMeasure(encoder.hash, measure);
    measures.push(measure);
    await tell(measure);
  }
  return { chosen: fastest(measures), measures };

  async function measureOne(provider: Provider): Promise<ProviderMeasure> {
    if (provider !== 'cpu') registry.setTrying(provider);
    try {
      const result = await (await engine.client()).stream('engine.probeModel', { encoder, providers: [provider], ...(threads === null ? {} : { threads }) }, { signal });
      if (provider !== 'cpu') registry.setTrying(null);
      const measure = result.measures.find((one) => one.provider === provider);
      return measure ?? { provider, state: 'failed', sentencesPerSecond: null, difference: null, note: 'It was not measured.' };
    } catch (thrown) {
      const lost = thrown instanceof Failure && (thrown.data.code === 'link-lost' || thrown.data.code === 'engine-lost');
      if (!lost || provider === 'cpu') {
        if (!lost) registry.setTrying(null);
        throw thrown;
      }
      return crashNote(provider);
    }
  }
};

const crashNote = (provider: Provider): ProviderMeasure => ({
  provider, state: 'failed', sentencesPerSecond: null, difference: null,
  note: `The engine process ended while it tried ${provider}: the graphics driver is at fault. It is tried again only when you name it.`,
});

const fastest = (measures: readonly ProviderMeasure[]): Provider => {
  const working = measures.filter((one) => one.state === 'works').sort((left, right) => (right.sentencesPerSecond ?? 0) - (left.sentencesPerSecond ?? 0));
  return working[0]?.provider ?? 'cpu';
};
