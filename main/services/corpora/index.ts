export { createCorporaService, type CorporaInput } from './corpora.ts';
export { detectLanguageOfEach } from './language-thread.ts';
export { linesOfFile } from './lines-file.ts';
export { pairsOfFile } from './pairs-file.ts';
export { inspectFiles } from './inspect.ts';
export { languagesOfSample } from './preview.ts';
