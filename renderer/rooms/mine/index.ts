export { MineRoom } from './mine-room.tsx';
export { actions } from './actions.ts';
