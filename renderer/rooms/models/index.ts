export { AddModelSheet } from './add-model-sheet.tsx';
export { ModelsRoom } from './models-room.tsx';
