export { createMineService, type MineService } from './mine.ts';
export { placeCut } from './place-cut.ts';
