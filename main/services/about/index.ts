export { createAbout } from './about.ts';
