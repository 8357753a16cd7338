export { CarrySheet } from './carry-sheet.tsx';
export { LabelRoom } from './label-room.tsx';
