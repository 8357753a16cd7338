import { Failure } from '../../contract/errors.ts';
import type { MinePlan, MineSettings } from '../../contract/mine.ts';
import type { Provider, ProviderMeasure } from '../../contract/models.ts';
import { chooseEncoders } from './plan-encoders.ts';
import { planIndex } from './plan-index.ts';
import { batchTokensFor, blockSentences, speedOf } from '../models/encode-effort.ts';
import type { PlannableEncoder, PlanInput } from './plan-input.ts';

/** Below this many sentences a side, its mean says more about its topics than about its language, and centring is left out. */
export const fewestToCentre = 200;

/** Above this many sentences a side `auto` does not try the linear map: its two passes over tripled vectors take six times as long as the search itself. */
export const mostToMap = 30_000;

/** Candidates beyond k that the f32 search keeps for the float64 pass. */
const guard = 4;

type Reason = MinePlan['reasons'][number];

/**
 * The planner: from sizes, settings and a short measured probe to a plan with its time, memory, disk and reasons.
 *
 * Pure: it measures nothing and asks nobody, so a plan can be made again from the same facts, and a plan that is stored in a manifest is all that a
 * replay needs. Everything that decides bytes is in the plan.
 */
export const planMining = (input: PlanInput): MinePlan => {
  const { settings, source, target } = input;
  if (source.sentences === 0 || target.sentences === 0) {
    throw new Failure('empty-input', `The ${source.sentences === 0 ? 'source' : 'target'} collection has no sentences.`, { hint: 'Import a file with one sentence per line.' });
  }
  const chosen = chooseEncoders(input);
  const dimension = chosen.encoders.reduce((sum, encoder) => sum + encoder.encoder.dimension, 0);
  const probe = input.probe(dimension);
  const provider = chooseProvider(settings.provider, chosen.encoders[0]);
  const refinement = planRefinement(settings, source.sentences, target.sentences);
  const index = planIndex({ settings, source: source.sentences, target: target.sentences, dimension, probe, cores: input.cores, guard });
  const encode = encodingTimes(chosen.encoders, provider.provider);
  const margin = scoringSeconds(source.sentences + target.sentences, dimension, settings.k + guard, input.givenPairs ?? 0);
  const means = (source.sentences + target.sentences) * dimension * (refinement.centre ? 6e-9 : 2e-9);
  const stages: MinePlan['stages'] = [
    { name: 'encode', subject: 'source', seconds: encode.source },
    { name: 'encode', subject: 'target', seconds: encode.target },
    { name: 'neighbours', seconds: means + index.seconds },
    { name: 'margin', seconds: margin.lists },
    { name: 'retrieve', seconds: margin.pairs },
  ];
  const memoryBytes = memoryNeeded(input, dimension, chosen.encoders, index);
  return {
    encoders: chosen.encoders.map(({ encoder }) => ({ id: encoder.id, hash: encoder.hash, dimension: encoder.dimension, prefix: encoder.prefix, batchTokens: batchTokensFor(encoder, provider.provider) })),
    provider: provider.provider, threads: probe?.threads ?? input.cores, blockSentences, precision: settings.precision,
    index: index.kind, tileRows: index.tileRows, hnsw: index.hnsw, guard,
    centre: refinement.centre, linearMap: refinement.linearMap,
    stages, seconds: stages.reduce((sum, stage) => sum + stage.seconds, 0),
    memoryBytes, diskBytes: diskNeeded(input, chosen.encoders, index.graphBytes),
    reasons: [...chosen.reasons, provider.reason, index.reason, refinement.reason, index.repeatability],
    warnings: [...chosen.warnings, ...index.warnings, ...memoryWarning(memoryBytes, input.memoryBytes)],
    repeatable: index.repeatable,
  };
};

const providerNames: Readonly<Record<Provider, string>> = { cpu: 'the CPU', webgpu: 'WebGPU', cuda: 'CUDA', coreml: 'CoreML', directml: 'DirectML' };

const chooseProvider = (wanted: MineSettings['provider'], encoder: PlannableEncoder | undefined): { readonly provider: Provider; readonly reason: Reason } => {
  if (wanted !== 'auto') return { provider: wanted, reason: { about: 'provider', text: `Computed on ${providerNames[wanted]}, as the settings ask.` } };
  const works = (encoder?.measures ?? []).filter((measure) => measure.state === 'works' && measure.sentencesPerSecond !== null);
  const fastest = works.reduce<ProviderMeasure | undefined>((best, measure) => ((measure.sentencesPerSecond ?? 0) > (best?.sentencesPerSecond ?? 0) ? measure : best), undefined);
  if (fastest === undefined) return { provider: 'cpu', reason: { about: 'provider', text: 'Computed on the processor: no other provider has been measured for this encoder.' } };
  const speed = Math.round(fastest.sentencesPerSecond ?? 0);
  return { provider: fastest.provider, reason: { about: 'provider', text: works.length === 1
    ? `Computed on ${providerNames[fastest.provider]}, the only provider that works here (${speed} sentences a second).`
    : `Computed on ${providerNames[fastest.provider]}, the fastest of ${works.length} that were measured and gave the same vectors (${speed} sentences a second).` } };
};

const planRefinement = (settings: MineSettings, sources: number, targets: number): { readonly centre: boolean; readonly linearMap: MinePlan['linearMap']; readonly reason: Reason } => {
  const off = (text: string) => ({ centre: false, linearMap: 'off' as const, reason: { about: 'refinement' as const, text } });
  const smallest = Math.min(sources, targets);
  if (settings.refine === 'off') return off('No refinement, as the settings ask: the plain recipe.');
  if (smallest < fewestToCentre) return off(`No centring: the smaller side has ${smallest} sentences, and below ${fewestToCentre} the mean of a side is not yet that of its language.`);
  const centring = 'The mean vector of each side is subtracted before the search, which removes what is common to a language.';
  if (settings.refine === 'auto' && Math.max(sources, targets) > mostToMap) {
    return { centre: true, linearMap: 'off', reason: { about: 'refinement', text: `${centring} A learned linear map is not tried above ${mostToMap} sentences a side, where its check would take much longer than the search; "on" tries it anyway.` } };
  }
  return { centre: true, linearMap: 'self-check', reason: { about: 'refinement', text: `${centring} A learned linear map is tried where half of the sentences or more have a translation, and used only where a held-out check shows a gain.` } };
};

const encodingTimes = (encoders: readonly PlannableEncoder[], provider: Provider): { readonly source: number; readonly target: number } => {
  let source = 0;
  let target = 0;
  for (const encoder of encoders) {
    const speed = speedOf(encoder.encoder, encoder.measures, provider);
    source += encoder.missing.source / speed;
    target += encoder.missing.target / speed;
  }
  return { source, target };
};

/** Float64 cosines of all candidates (2.5 ns a dimension), means and picks; sorting and writing pairs. */
const scoringSeconds = (sentences: number, dimension: number, keep: number, given: number): { readonly lists: number; readonly pairs: number } => ({
  lists: sentences * (keep * dimension * 2.5e-9 + 2e-6), pairs: 0.05 + (sentences + given) * 2e-6,
});

/** What the programs themselves take before any data, and an encoder whose weights are held by two lanes. */
const baseBytes = 500 * 2 ** 20;
const keptVectorBytes = 256 * 2 ** 20;

const memoryNeeded = (input: PlanInput, dimension: number, encoders: readonly PlannableEncoder[], index: ReturnType<typeof planIndex>): number => {
  const kept = [input.source, input.target].reduce((sum, side) => {
    const bytes = side.sentences * dimension * 4;
    return sum + (bytes <= keptVectorBytes ? bytes : 0);
  }, 0);
  const tile = Math.min(index.tileRows, Math.max(input.source.sentences, input.target.sentences));
  const tiles = 2 * tile * tile * 4 + 3 * tile * dimension * 4;
  const sentences = input.source.sentences + input.target.sentences;
  const arrays = sentences * (32 * encoders.length + 100 + 64);
  return baseBytes + kept + tiles + arrays + index.graphBytes;
};

const diskNeeded = (input: PlanInput, encoders: readonly PlannableEncoder[], graphBytes: number): number => {
  const number = input.settings.precision === 'f16' ? 2 : 4;
  const vectors = encoders.reduce((sum, encoder) => sum + (encoder.missing.source + encoder.missing.target) * (encoder.encoder.dimension * number + 20), 0);
  const { sentences: n } = input.source;
  const { sentences: m } = input.target;
  const keep = input.settings.k + guard;
  return vectors + (n + 2 * m) * keep * 8 + (n + m) * (keep * 12 + 4 + 4) + Math.max(Math.min(n, m), input.givenPairs ?? 0) * 32 + graphBytes;
};

const memoryWarning = (needed: number, there: number): string[] => (needed > 0.8 * there
  ? [`This plan needs about ${(needed / 2 ** 30).toFixed(1)} GB of memory, and this machine has ${(there / 2 ** 30).toFixed(1)} GB.`] : []);
