export { createDiagnostics } from './diagnostics.ts';
export { createProjectService, openGate, sampleProjectPath } from './project.ts';
export { currentProject, type CurrentProject } from './current-project.ts';
export { createSample, sampleLanguages } from './sample.ts';
export type { FileGate } from './browse.ts';
