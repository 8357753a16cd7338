import type { EncoderDescription, Provider, ProviderMeasure } from '../../contract/models.ts';

/** How long encoding takes and in what portions it is done. */

/** Sentences a second on two processor cores, where nothing has been measured yet: the bundled encoders' figures, or by size of the graph. */
export const assumedSpeed = (encoder: EncoderDescription): number => {
  if (encoder.id === 'use-multilingual-v3') return 2470;
  if (encoder.id === 'multilingual-e5-small') return 217;
  return Math.max(5, 16_000_000_000 / Math.max(1, graphBytes(encoder)));
};

export const graphBytes = (encoder: EncoderDescription): number =>
  Object.entries(encoder.checksums).filter(([name]) => name.includes('.onnx')).reduce((sum, [, file]) => sum + file.bytes, 0);

/** Sentences a second as measured on a provider, or as assumed. */
export const speedOf = (encoder: EncoderDescription, measures: readonly ProviderMeasure[], provider: Provider = 'cpu'): number =>
  measures.find((one) => one.provider === provider && one.state === 'works')?.sentencesPerSecond ?? assumedSpeed(encoder);

/**
 * Tokens of a batch, padding counted.
 *
 * On a processor a batch should take at most a quarter of a second, so that interactive work gets in between and a cancel is answered; a graphics card
 * wants larger ones. It follows from the encoder's size alone, never from a measured speed: the batch plan decides the vectors' last bits, and vectors
 * are reused only under the same plan.
 */
export const batchTokensFor = (encoder: EncoderDescription, provider: Provider): number => {
  const bytes = graphBytes(encoder);
  const onProcessor = bytes <= 48_000_000 ? 2048 : bytes <= 160_000_000 ? 1024 : 512;
  return provider === 'cpu' ? onProcessor : onProcessor * 8;
};

/** Sentences a block: length-sorting works inside a block, and a block's texts and token ids are in memory. */
export const blockSentences = 8192;
