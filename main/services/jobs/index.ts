export { createJobs } from './jobs.ts';
export type { JobControl, JobRecord, Jobs, JobStart, JobStore, JobWork, StageControl, StageStart } from './jobs.ts';
export { memoryJobStore } from './memory-job-store.ts';
export { projectJobStore } from './project-job-store.ts';
