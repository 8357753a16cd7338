/**
 * The system's name for keys as the page's actions write them, or undefined where a menu must not show them.
 *
 * The menu only shows keys; what acts on them is the page, which knows whether somebody is writing. macOS would act on a shown key by itself, so that plain
 * letters are left out there.
 */
export const acceleratorOf = (keys: string, platform: string): string | undefined => {
  const parts = keys === '+' || keys.endsWith('++') ? [...keys.slice(0, -1).split('+').filter((part) => part !== ''), 'Plus'] : keys.split('+');
  const key = parts.at(-1) ?? '';
  const modifiers = parts.slice(0, -1).map((part) => (part === 'Control' ? 'CommandOrControl' : part));
  if (platform === 'darwin' && !modifiers.some((each) => each === 'CommandOrControl' || each === 'Alt')) return undefined;
  return modifiers.every((each) => allowedModifiers.has(each)) && allowedKey.test(key) ? [...modifiers, named[key] ?? key].join('+') : undefined;
};

const allowedModifiers = new Set(['CommandOrControl', 'Alt', 'Shift']);
const allowedKey = /^(?:[A-Z0-9]|F\d{1,2}|[,./;'[\]\\=`?-]|Plus|Space| |Enter|Escape|Backspace|Delete|Tab|Home|End|PageUp|PageDown|Arrow(?:Up|Down|Left|Right))$/u;
const named: Readonly<Record<string, string>> = { ArrowUp: 'Up', ArrowDown: 'Down', ArrowLeft: 'Left', ArrowRight: 'Right', ' ': 'Space', Enter: 'Return' };
