export { CorporaRoom } from './corpora-room.tsx';
export { ImportSheet } from './import-sheet.tsx';
