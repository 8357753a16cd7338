export { writeLabelFile } from './write-label-file.ts';
export { createLabellingsService } from './labellings.ts';
