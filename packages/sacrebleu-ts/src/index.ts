export type { Metric, Score, Segment, SignatureField, Statistics } from './metric.ts';
export { type Place, SacrebleuError, type SacrebleuErrorCode, sacrebleuErrorCodes } from './errors.ts';
export { fromReferenceStreams, referenceCount } from './segments.ts';
export { corpusScore, leaveOneOut, rowOf, sumOf } from './statistics.ts';
export { LiveCorpus } from './live.ts';
export { signature, type SignatureFacts, version } from './signature.ts';
export { type Confidence, type PrintOptions, scoreJson, scoreText } from './score-text.ts';

export { bleu, type BleuOptions } from './metrics/bleu.ts';
export type { BleuScore, SmoothMethod } from './metrics/bleu-score.ts';
export { chrf, type ChrfOptions, type ChrfScore } from './metrics/chrf.ts';
export { ter, type TerLimits, type TerMetric, type TerScore, type TerStatistics } from './metrics/ter.ts';
export type { TerTokenizerOptions as TerOptions } from './tokenizers/ter.ts';

export type { InPlace, Tokenizer } from './tokenizers/tokenizer.ts';
export { defaultTokenizerName, tokenizerNamed, tokenizerNames } from './tokenizers/registry.ts';

export { type Finding, type FindingKind, findingKinds, inspect, type InspectOptions, inspectReferenceStreams } from './inspect.ts';

export { approximateRandomization, type RandomizationRequest } from './significance/approximate-randomization.ts';
export { holm } from './significance/holm.ts';
export type { Interval } from './significance/interval.ts';
export { bootstrapIntervals, type IntervalsRequest, type ScoreInterval } from './significance/intervals.ts';
export { monteCarloError, type PairedOutcome } from './significance/p-value.ts';
export { pairedBootstrap, type PairedRow } from './significance/paired-bootstrap.ts';
export type { ByMetricAndSystem, ResampledMetric, ResampledSystem } from './significance/replicates.ts';
export type { Seed } from './significance/seed-sequence.ts';
export { segmentMean, segmentScores } from './significance/segment-scores.ts';
export { finish, type Progress, type Steps } from './significance/steps.ts';

export { sentencePieceTokenizer, type SentencePieceOptions } from './sentencepiece/tokenizer.ts';
