import { engineContract } from '../contract/engine.ts';
import { combine, type Implementation } from '../rpc/server.ts';
import { createEncoderCache } from './encoder-cache.ts';
import { createEncodings, type EncodingPart } from './encoding.ts';
import { createModelMethods, type ModelPart } from './model-methods.ts';
import { createRunQueue, type RunQueue } from './run-queue.ts';
import { createAlignWords, type AlignWordsPart } from './label/align-words.ts';
import { learnLinks, type LearnLinksPart } from './label/learn-links.ts';
import { createPlaceMarkers, type PlaceMarkersPart } from './label/place-markers.ts';
import { createTranslationModels } from './seq2seq/translation-models.ts';
import { createTranslationMethods, type TranslationPart } from './translation-methods.ts';
import { createSimilarVectors, type SimilarPart } from './vectors-similar.ts';
import { vectorsOut, type VectorsOutPart } from './vectors-out.ts';
import { createWordLinks, type WordLinksPart } from './word-links.ts';

/** The engine's methods, put together: encoding and models here, neighbours and margins from `mining/`. */
export type MiningPart = Omit<Implementation<typeof engineContract>, keyof EncodingPart | keyof ModelPart | keyof VectorsOutPart | keyof WordLinksPart | keyof SimilarPart | keyof TranslationPart | keyof AlignWordsPart | keyof LearnLinksPart | keyof PlaceMarkersPart>;

export type EngineOptions = {
  /** Where compressed graphs are unpacked; everything in it can be made again. */
  readonly cacheFolder: string;
  /** Told of everything that went another way than asked, one line each. */
  readonly warn: (line: string) => void;
  /** The methods of mining; they get the run queue that all inference goes through. */
  readonly mining: (shared: { readonly queue: RunQueue }) => MiningPart;
};

export type Engine = { readonly implementation: Implementation<typeof engineContract>; close(): Promise<void> };

export const createEngine = ({ cacheFolder, warn, mining }: EngineOptions): Engine => {
  const queue = createRunQueue();
  const encoders = createEncoderCache(queue, cacheFolder, warn);
  const translators = createTranslationModels(queue, cacheFolder);
  const implementation = combine(engineContract, [
    createModelMethods({ queue, encoders, cacheFolder }),
    createEncodings({ queue, encoders }),
    vectorsOut,
    createWordLinks({ queue, encoders }),
    createSimilarVectors({ queue, encoders }),
    createTranslationMethods({ models: translators }),
    createAlignWords({ queue, encoders }),
    learnLinks,
    createPlaceMarkers({ models: translators }),
    mining({ queue }),
  ]);
  return { implementation, close: async () => { await encoders.close(); await translators.close(); } };
};
