import type { LucideIcon } from 'lucide-react';
import type { PlainKey } from '../strings/catalogue.ts';
import type { App } from '../stores/app.ts';
import type { RoomName } from '../stores/address.ts';

/** Can it be done now? `false`: it is not shown at all; `why`: it is shown dimmed, with that word. */
export type Availability = true | false | { readonly why: PlainKey };

/**
 * Something the user can do, as data.
 *
 * Palette, shortcuts, buttons, menus and the sheet of keys are all made from this; nothing else in the page listens to keys that act. After excalidraw's actions.
 */
export type Action = {
  /** `room.verb`, unique. */
  readonly id: string;
  readonly label: PlainKey;
  /** Written `I`, `?`, `Shift+Z`, `Control+K` (Control means Command on macOS). The first is shown. */
  readonly keys: readonly string[];
  readonly icon: LucideIcon;
  /** Where its keys act, and under which heading it stands. `everywhere` includes the start page. */
  readonly scope: 'everywhere' | RoomName;
  when(app: App): Availability;
  run(app: App): void | Promise<unknown>;
  /** In the palette: what follows this sign is what the action is about. */
  readonly ask?: { readonly sign: '@' | '#' | '/'; readonly words: PlainKey; run(app: App, words: string): void | Promise<unknown> };
};

/** Keeps the exact type without writing it. */
export const action = (definition: Omit<Action, 'when'> & Partial<Pick<Action, 'when'>>): Action => ({ when: () => true, ...definition });

/** Room actions that speak of what is open there are not offered elsewhere. */
export const isOpen = (app: App, room: RoomName): boolean => {
  const address = app.stores.address.getState().address;
  return address === undefined ? room === 'corpora' : address.room === room;
};

export const hasProject = (app: App): Availability => {
  const path = app.stores.project.getState().value?.path;
  return typeof path === 'string' ? true : { why: 'why.noProject' };
};
