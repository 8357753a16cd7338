import type { PlainKey } from '../strings/catalogue.ts';
import type { RoomName } from '../stores/address.ts';

type RoomWord =
  | { readonly name: RoomName; readonly label: PlainKey; readonly exists: boolean }
  /** Not a place but a dialog. */
  | { readonly name: 'export'; readonly label: PlainKey; readonly exists: true };

/** The rooms as words, in the order of the work. What is not there yet is dimmed and says so. */
export const rooms: readonly RoomWord[] = [
  { name: 'corpora', label: 'room.corpora', exists: true },
  { name: 'align', label: 'room.align', exists: false },
  { name: 'mine', label: 'room.mine', exists: true },
  { name: 'clean', label: 'room.clean', exists: false },
  { name: 'review', label: 'room.review', exists: true },
  { name: 'label', label: 'room.label', exists: true },
  { name: 'translate', label: 'room.translate', exists: false },
  { name: 'score', label: 'room.score', exists: false },
  { name: 'export', label: 'room.export', exists: true },
];
