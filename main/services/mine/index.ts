export { createMineService, type MineService } from './mine.ts';
