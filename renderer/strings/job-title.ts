import type { Job } from '../../main/contract/jobs.ts';
import { tIfAny } from './catalogue.ts';

/** The title of a job in the language of the interface; as the workbench wrote it where it is a name, or of before. */
export const jobTitle = ({ kind, title, subject }: Pick<Job, 'kind' | 'title' | 'subject'>): string => (subject === undefined ? title : tIfAny(`job.title.${kind}`, title, { name: subject }));
