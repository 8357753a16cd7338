import { corpora } from './en/corpora.ts';
import { exporting } from './en/export.ts';
import { failures } from './en/failures.ts';
import { frame } from './en/frame.ts';
import { jobs } from './en/jobs.ts';
import { label } from './en/label.ts';
import { mine } from './en/mine.ts';
import { models } from './en/models.ts';
import { review } from './en/review.ts';
import { reviewSheets } from './en/review-sheets.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';

/** Every word of the interface. Neutral copy: past tense for what happened, numbers before adjectives, buttons repeat the verb. */
export const en = { ...frame, ...jobs, ...corpora, ...models, ...mine, ...label, ...exporting, ...review, ...reviewSheets, ...settings, ...shell, ...failures } as const;
