import { aboutContract } from './about.ts';
import { corporaContract } from './corpora.ts';
import { exportContract } from './export.ts';
import { jobsContract } from './jobs.ts';
import { labelContract } from './label.ts';
import { mineContract } from './mine.ts';
import { modelsContract } from './models.ts';
import { pairsContract } from './pairs.ts';
import { projectContract } from './project.ts';
import { projectionContract } from './projection.ts';
import { bulkContract } from './review-bulk.ts';
import { checksContract } from './review-checks.ts';
import { linksContract } from './review-links.ts';
import { queuesContract } from './review-queues.ts';
import { annotatorsContract, teamContract } from './review-team.ts';
import { reviewContract } from './review.ts';
import { settingsContract } from './settings.ts';
import { translateContract } from './translate.ts';

/** All methods and events of the workbench, by name. */
export const workbenchContract = {
  ...projectContract, ...jobsContract, ...corporaContract, ...pairsContract, ...modelsContract, ...mineContract, ...exportContract,
  ...reviewContract, ...annotatorsContract, ...teamContract, ...bulkContract, ...queuesContract, ...checksContract, ...linksContract, ...labelContract, ...settingsContract, ...aboutContract, ...translateContract, ...projectionContract,
} as const;
export type WorkbenchContract = typeof workbenchContract;
