import type { Translation } from './catalogue.ts';
import { corpora } from './ar/corpora.ts';
import { exporting } from './ar/export.ts';
import { failures } from './ar/failures.ts';
import { frame } from './ar/frame.ts';
import { jobs } from './ar/jobs.ts';
import { label } from './ar/label.ts';
import { mine } from './ar/mine.ts';
import { models } from './ar/models.ts';
import { review } from './ar/review.ts';
import { reviewSheets } from './ar/review-sheets.ts';
import { settings } from './ar/settings.ts';
import { shell } from './ar/shell.ts';

/** The interface in Modern Standard Arabic. Nobody is addressed: verbal nouns for what can be done, the passive for what happened. */
export const ar: Translation = { ...frame, ...jobs, ...corpora, ...models, ...mine, ...label, ...exporting, ...review, ...reviewSheets, ...settings, ...shell, ...failures };
