import { corporaContract } from './corpora.ts';
import { exportContract } from './export.ts';
import { jobsContract } from './jobs.ts';
import { mineContract } from './mine.ts';
import { modelsContract } from './models.ts';
import { pairsContract } from './pairs.ts';
import { projectContract } from './project.ts';

/** All methods and events of the workbench, by name. */
export const workbenchContract = {
  ...projectContract, ...jobsContract, ...corporaContract, ...pairsContract, ...modelsContract, ...mineContract, ...exportContract,
} as const;
export type WorkbenchContract = typeof workbenchContract;
