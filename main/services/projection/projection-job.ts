import { join } from 'node:path';
import * as v from 'valibot';
import { projectionRequest, type ProjectionRequest, type ProjectionResult } from '../../contract/projection.ts';
import { Failure } from '../../contract/errors.ts';
import type { FoundSpans } from '../../contract/label.ts';
import { agreementOf, preferred } from '../../domain/label/method-agreement.ts';
import type { LabelledSpan, LabelLoss } from '../../domain/label-formats/index.ts';
import type { EngineLink } from '../engine/index.ts';
import type { JobControl, JobWork } from '../jobs/index.ts';
import type { Project } from '../../store/api.ts';
import { writeLabelFile } from '../labellings/index.ts';
import type { ModelsService } from '../models/index.ts';
import { openTranslator } from '../translate/index.ts';
import { findPlaces, type LabelledPair, type PlacedSpan, type Places } from './find-places.ts';
import { goldReport } from './gold-report.ts';
import { keepLabelling } from './keep-labelling.ts';
import { readGold, readPairs } from './read-sentences.ts';

export type ProjectionWorkInput = { readonly project: () => Project; readonly engine: EngineLink; readonly models: ModelsService; readonly threads: () => number; readonly annotator: string };

const lossesTold = 100;

/** What could not be written, each kind once. */
const told = (path: string, losses: readonly LabelLoss[]): string[] => [...new Set(losses.map(({ kind }) => kind))].map((kind) => {
  const own = losses.filter((loss) => loss.kind === kind);
  const { sentence = null, message = '' } = own[0] ?? {};
  return `${path}${sentence === null ? '' : `, sentence ${sentence}${own.length > 1 ? ` and ${own.length - 1} more` : ''}`}: ${message}`;
});

/** Searches that were done before a pause or a kill; the job's result takes their place in the end. */
const placedSpans = v.object({ placed: v.array(v.object({
  best: v.array(v.object({ from: v.number(), to: v.number(), score: v.number() })), share: v.number(), reverse: v.array(v.number()),
  refused: v.nullable(v.picklist(['too-long', 'no-words'])), rows: v.number(), calls: v.number(),
})) });

/** From a labelled file and its translations to a labelled file of the translations. */
export const createProjectionWork = (input: ProjectionWorkInput): JobWork => ({
  pausable: true,
  lane: 'engine',
  run: async (control, given, checkpoint) => {
    const request = v.parse(projectionRequest, given);
    const { pairs, losses } = await readPairs(request, control.signal, (texts) => translated(input, request, texts, control));
    const gold = request.gold === null ? null : readGold(request.gold, pairs.map(({ target }) => target));
    const before = v.safeParse(placedSpans, checkpoint);
    const begun = Date.now();
    const places = await placesOf(input, request, pairs, before.success ? before.output.placed : [], control);
    const written = chosenSpans(pairs, places, request.to);
    const labelling = await keepLabelling(input.project(), request, pairs, places, input.annotator, control.signal);
    const sentences = pairs.map(({ target }, at) => ({ text: target, spans: written[at] ?? [] }));
    const { file, losses: unwritten } = request.output === null ? { file: null, losses: [] } : await writeLabelFile(sentences, { path: request.output, to: request.to, language: request.settings.targetLanguage, overwrite: request.overwrite }, control.signal);
    control.checkpoint({
      ...summary(pairs, places, written, (Date.now() - begun) / 1000, request), file, labelling,
      gold: gold === null ? null : goldReport({ pairs, found: places.found, written, gold }),
      losses: [...losses, ...told(request.output ?? '', unwritten)].slice(0, lossesTold),
    } satisfies ProjectionResult);
  },
});

/** Translations by the model that places the markers, too; what was translated before is taken as it was. A text that is too long for the model stays without one. */
const translated = async ({ project, engine, threads }: ProjectionWorkInput, { settings }: ProjectionRequest, texts: readonly string[], control: JobControl): Promise<readonly string[]> => {
  if (settings.model === null) throw new Failure('bad-input', 'There are neither translations nor a model that makes them.', { hint: 'Choose a file of translations, or the folder of a translation model.' });
  const stage = control.stage(stageNames.translate);
  stage.start(texts.length);
  const translator = await openTranslator({
    engine, threads: threads(), folder: join(project().folder, 'translations'), note: (text) => control.log('warning', text), model: settings.model,
    sourceLanguage: settings.sourceLanguage, targetLanguage: settings.targetLanguage, search: { kind: 'beam', beams: 4, count: 1, lengthPenalty: 1 },
  }, control.signal);
  try {
    const answers = await translator.translate(texts.map((text) => ({ text, terms: [] })), (done) => stage.progress(done), control.signal);
    stage.finish();
    return answers.map(({ hypotheses }) => (hypotheses[0]?.text ?? '').replaceAll(/\s+/gu, ' '));
  } finally {
    translator.close();
  }
};

const placesOf = ({ engine, models, threads }: ProjectionWorkInput, { settings }: ProjectionRequest, pairs: readonly LabelledPair[], known: readonly PlacedSpan[], control: JobControl): Promise<Places> => {
  const begun = new Set<string>();
  const progress = (name: 'link' | 'place', done: number, total: number): void => {
    const stage = control.stage(stageNames[name]);
    if (!begun.has(name)) { begun.add(name); stage.start(total); }
    stage.progress(done);
    if (done >= total) stage.finish();
  };
  const { signal } = control;
  let kept = known;
  return engine.withRetries((client) => findPlaces(pairs, {
    engine: client, models, settings, provider: 'cpu', threads: threads(), signal, progress, note: (text) => control.log('warning', text),
    known: kept, keep: (placed) => { kept = [...placed]; control.checkpoint({ placed: kept }); },
  }), (note) => control.log('warning', note), signal);
};

export const stageNames = { translate: 'translate', link: 'link-words', place: 'place-markers' } as const;

const chosenSpans = (pairs: readonly LabelledPair[], { found }: Places, format: ProjectionRequest['to']): LabelledSpan[][] => pairs.map(({ spans }, at) => spans.flatMap(({ label }, span): LabelledSpan[] => {
  const place = preferred(found[at]?.[span] ?? []);
  if (place === null) return [];
  // Tags have no place for scores.
  return [{ label, start: place.from, end: place.to, ...(format === 'conll' ? {} : { score: Math.round(place.score * 1e6) / 1e6 }) }];
}));

const summary = (pairs: readonly LabelledPair[], places: Places, written: readonly (readonly LabelledSpan[])[], seconds: number, { settings }: ProjectionRequest): Omit<ProjectionResult, 'file' | 'gold' | 'labelling' | 'losses'> => {
  const answers = places.found.flat();
  const methods = (['alignment', 'constrained'] as const).filter((method) => settings.method === 'both' || settings.method === method);
  return {
    sentences: pairs.length, spans: answers.length, written: written.flat().length,
    methods: methods.map((method) => {
      const own = answers.flatMap((found) => found.filter((one) => one.method === method));
      return { method, placed: own.filter(({ abstained }) => abstained === null).length, abstained: tally(own.flatMap(({ abstained }) => abstained ?? [])) };
    }),
    byLabel: labelsOf(pairs, written),
    agreement: settings.method === 'both' ? tally(answers.flatMap(agreementOfBoth)) : null,
    aligner: places.aligner,
    constrained: settings.method === 'alignment' ? null : { ...places.effort, seconds, exact: true },
  };
};

const agreementOfBoth = ([left, right]: readonly FoundSpans[]): string[] => (left === undefined || right === undefined ? [] : [agreementOf(left, right)]);

const labelsOf = (pairs: readonly LabelledPair[], written: readonly (readonly LabelledSpan[])[]): ProjectionResult['byLabel'] => {
  const [spans, places] = [tally(pairs.flatMap((pair) => pair.spans.map(({ label }) => label))), tally(written.flat().map(({ label }) => label))];
  return Object.keys(spans).sort().map((label) => ({ label, spans: spans[label] ?? 0, written: places[label] ?? 0 }));
};

const tally = (names: readonly string[]): Record<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
};
