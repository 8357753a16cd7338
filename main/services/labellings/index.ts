export { createLabellingsService } from './labellings.ts';
