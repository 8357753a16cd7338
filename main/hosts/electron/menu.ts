import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Menus } from '../../contract/shell.ts';
import { acceleratorOf } from '../../domain/desktop/accelerator.ts';

/** The menu bar, as the page describes it from its actions. It shows keys and does not listen to them: the page does, and knows whether somebody is writing. */
export const showMenus = (menus: Menus, run: (id: string) => void): void => {
  const entryOf = (entry: Menus[number]['entries'][number]): MenuItemConstructorOptions => {
    if (entry === 'line') return { type: 'separator' };
    if ('role' in entry) return { role: entry.role, label: entry.label };
    const accelerator = entry.keys === null ? undefined : acceleratorOf(entry.keys, process.platform);
    return { id: entry.id, label: entry.label, enabled: entry.enabled, click: () => run(entry.id), registerAccelerator: false, ...(accelerator === undefined ? {} : { accelerator }) };
  };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus.map((menu) => ({ label: menu.label, submenu: menu.entries.map(entryOf) }))));
};
