import { expect, test } from 'vitest';
import { createUiSlice, leastDesk, readPreferences, themeOf, zooms } from './ui.ts';

const memory = (text: string | null = null) => {
  const kept = { text };
  return { kept, storage: { read: () => kept.text, write: (next: string) => { kept.text = next; } } };
};
const usual = { language: 'system', theme: 'system', density: 'compact', zoom: 1, faces: {}, desk: null };
const request = { want: 'file', title: 'Open', button: 'Open', endings: [] } as const;

test('the theme follows the system until one is chosen', () => {
  const ui = createUiSlice(memory().storage);
  ui.getState().setSystemTheme('dark');
  expect(themeOf(ui.getState())).toBe('dark');
  ui.getState().setTheme('light');
  ui.getState().setSystemTheme('contrast');
  expect(themeOf(ui.getState())).toBe('light');
  ui.getState().setTheme('system');
  expect(themeOf(ui.getState())).toBe('contrast');
});

test('choices are kept for the next visit', () => {
  const { kept, storage } = memory();
  const ui = createUiSlice(storage);
  ui.getState().setDensity('roomy');
  ui.getState().setLanguage('ar');
  expect(readPreferences(kept.text)).toEqual({ ...usual, language: 'ar', density: 'roomy' });
});

test('unreadable preferences fall back to the defaults', () => {
  for (const text of ['{', 'null', '{"language":"tlh","theme":"pink","density":3,"desk":"tall","zoom":7,"faces":{"Arab":{"family":3}}}']) expect(readPreferences(text)).toEqual(usual);
});

test('zoom goes by steps and ends at the last', () => {
  const { kept, storage } = memory();
  const ui = createUiSlice(storage);
  for (let press = 0; press < 12; press += 1) ui.getState().stepZoom(1);
  expect(ui.getState().zoom).toBe(zooms.at(-1));
  for (let press = 0; press < 12; press += 1) ui.getState().stepZoom(-1);
  expect(readPreferences(kept.text).zoom).toBe(zooms[0]);
});

test('faces are kept by script, and given back', () => {
  const { kept, storage } = memory();
  const ui = createUiSlice(storage);
  ui.getState().setFace('Arab', { family: 'Amiri', size: 1.2 });
  ui.getState().setFace('Latn', { family: null, size: 0.9 });
  expect(readPreferences(kept.text).faces).toEqual({ Arab: { family: 'Amiri', size: 1.2 }, Latn: { family: null, size: 0.9 } });
  ui.getState().setFace('Arab', undefined);
  expect(readPreferences(kept.text).faces).toEqual({ Latn: { family: null, size: 0.9 } });
});

test('the height of the desk is kept, but never below what it needs', () => {
  const { kept, storage } = memory();
  createUiSlice(storage).getState().setDesk(312.4);
  expect(readPreferences(kept.text).desk).toBe(312);
  createUiSlice(storage).getState().setDesk(5);
  expect(readPreferences(kept.text).desk).toBe(leastDesk);
  createUiSlice(storage).getState().setDesk(null);
  expect(readPreferences(kept.text).desk).toBeNull();
});

test('one sheet lies over the room at a time', () => {
  const ui = createUiSlice(memory().storage);
  ui.getState().open({ kind: 'jobs' });
  ui.getState().open({ kind: 'palette' });
  expect(ui.getState().sheet).toEqual({ kind: 'palette' });
  ui.getState().close();
  expect(ui.getState().sheet).toBeUndefined();
});

test('choosing answers with the paths and closes', async () => {
  const ui = createUiSlice(memory().storage);
  const chosen = ui.getState().choose(request);
  ui.getState().choosing?.answer(['/a']);
  expect(await chosen).toEqual(['/a']);
  expect(ui.getState().choosing).toBeUndefined();
});

test('a second question answers the first with nothing', async () => {
  const ui = createUiSlice(memory().storage);
  const first = ui.getState().choose(request);
  const second = ui.getState().choose(request);
  expect(await first).toEqual([]);
  ui.getState().choosing?.answer(['/b']);
  expect(await second).toEqual(['/b']);
});

test('what the user cancelled is not told as a failure', () => {
  const ui = createUiSlice(memory().storage);
  ui.getState().fail({ code: 'cancelled', message: 'Cancelled.' });
  expect(ui.getState().toasts).toEqual([]);
  ui.getState().fail({ code: 'disk-full', message: 'The disk is full.' });
  expect(ui.getState().toasts.map((toast) => toast.text)).toEqual(['The disk is full.']);
});

test('a message replaces the one before it, failures stay until they are closed, three at most', () => {
  const ui = createUiSlice(memory().storage);
  const shown = () => ui.getState().toasts.map((toast) => toast.text);
  ui.getState().say({ text: 'Removed.', undo: true });
  ui.getState().say({ text: 'Undone.' });
  expect(shown()).toEqual(['Undone.']);
  for (const message of ['1', '2', '3']) ui.getState().fail({ code: 'internal', message });
  expect(shown()).toEqual(['1', '2', '3']);
  ui.getState().dismiss(ui.getState().toasts[0]?.id ?? 0);
  expect(shown()).toEqual(['2', '3']);
});
