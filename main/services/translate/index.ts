export { openTranslator } from './translator.ts';
export { createTranslateService, type TranslateServiceInput } from './translate.ts';
