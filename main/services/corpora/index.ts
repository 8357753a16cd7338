export { createCorporaService, type CorporaInput } from './corpora.ts';
export { inspectFiles } from './inspect.ts';
export { languagesOfSample } from './preview.ts';
