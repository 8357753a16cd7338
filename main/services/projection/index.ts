export { createProjectionService, type ProjectionServiceInput } from './projection.ts';
export { findPlaces, type PlacesInput, type LabelledPair, type Places } from './find-places.ts';
