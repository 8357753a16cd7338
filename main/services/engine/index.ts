export { createEngineLink } from './engine-link.ts';
export type { EngineClient, EngineLink } from './engine-link.ts';
export { encodeCollection, encodePlanOf, vectorKey, vectorKeyStart, vectorPlace, vectorsFolder } from './encode-collection.ts';
export type { EncodePlan, EncodeResult } from './encode-collection.ts';
