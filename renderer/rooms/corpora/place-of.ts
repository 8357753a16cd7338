import { t } from '../../strings/catalogue.ts';

/** "crawl.de.txt : 88": where a sentence stands, without the folders. */
export const placeOf = (file: string, line: number): string => t('corpora.placeOf', { file: file.split(/[\\/]/u).at(-1) ?? file, line });
