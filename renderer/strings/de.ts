import type { Translation } from './catalogue.ts';
import { corpora } from './de/corpora.ts';
import { exporting } from './de/export.ts';
import { failures } from './de/failures.ts';
import { frame } from './de/frame.ts';
import { jobs } from './de/jobs.ts';
import { label } from './de/label.ts';
import { mine } from './de/mine.ts';
import { models } from './de/models.ts';
import { review } from './de/review.ts';
import { reviewSheets } from './de/review-sheets.ts';
import { settings } from './de/settings.ts';
import { shell } from './de/shell.ts';

/** The interface in German. Nobody is addressed: infinitives for what can be done, participles for what happened. */
export const de: Translation = { ...frame, ...jobs, ...corpora, ...models, ...mine, ...label, ...exporting, ...review, ...reviewSheets, ...settings, ...shell, ...failures };
