import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PairOrigin, Predicate } from '../../main/contract/pairs.ts';
import type { BulkAction } from '../../main/contract/review-bulk.ts';
import type { Sampling } from '../../main/contract/review-queues.ts';
import type { FailureData } from '../link/link.ts';
import { checkOwnFaces, type FaceChoice, type OwnFaces } from '../text/own-faces.ts';
import { languageChoices, type LanguageChoice } from '../strings/locale.ts';

export const themes = ['system', 'light', 'dark', 'contrast'] as const;
export type ThemeChoice = (typeof themes)[number];
export type Theme = Exclude<ThemeChoice, 'system'>;
export const densities = ['compact', 'standard', 'roomy'] as const;
export type Density = (typeof densities)[number];
/** Height of a row in px of the unzoomed page; the same as in tokens.css. */
export const rowHeights: Readonly<Record<Density, number>> = { compact: 24, standard: 30, roomy: 40 };
/** What every length of the page can be multiplied by. */
export const zooms = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;
export type Zoom = (typeof zooms)[number];
export const settingsSections = ['look', 'faces', 'keys', 'computing', 'storage', 'privacy'] as const;
export type SettingsSection = (typeof settingsSections)[number];

/** What lies over the room; at most one at a time. */
export type SheetName =
  | { readonly kind: 'jobs'; readonly job?: number }
  | { readonly kind: 'palette'; readonly question?: string }
  | { readonly kind: 'keys' }
  | { readonly kind: 'settings'; readonly section?: SettingsSection }
  /** Version, licences, what the program does not do. */
  | { readonly kind: 'about' }
  | { readonly kind: 'import'; readonly paths: readonly string[]; /** The collection that the files are added to; none: they make new ones. */ readonly extend?: number }
  | { readonly kind: 'export'; readonly origin: PairOrigin | null; /** The filters that were on the screen: they go along. */ readonly predicate?: Predicate }
  /** Opens a queue of pairs to be judged. */
  | { readonly kind: 'queue'; readonly origin: PairOrigin; readonly predicate: Predicate | null; readonly sampling?: Sampling['kind'] }
  /** Changes everything that matches. */
  | { readonly kind: 'bulk'; readonly origin: PairOrigin; readonly predicate: Predicate | null; readonly change: BulkAction['kind']; readonly annotator: number }
  /** Pairs near the open one; the room stays usable. */
  | { readonly kind: 'similar' }
  /** Several annotators: progress, agreement, work packages. */
  | { readonly kind: 'team'; readonly origin: PairOrigin; readonly part: 'people' | 'agreement' | 'packages'; readonly queue?: number }
  /** What judged pairs say about a threshold. */
  | { readonly kind: 'evidence'; readonly origin: PairOrigin }
  | { readonly kind: 'remap' }
  /** Carries labels of a file to its translations. */
  | { readonly kind: 'carry-labels' }
  | { readonly kind: 'add-model' };

export type ChooseRequest = {
  /** `save` names a file that need not exist yet. */
  readonly want: 'files' | 'file' | 'folder' | 'save';
  readonly title: string;
  readonly button: string;
  /** Endings that are offered (with the dot); others are dimmed. Empty: all. */
  readonly endings: readonly string[];
  readonly suggestedName?: string;
};

export type Toast = { readonly id: number; readonly text: string; readonly undo: boolean; readonly failure: FailureData | undefined; /** Of something that goes on: shown until it is dismissed. */ readonly cancel?: (() => void) | undefined };

export type Preferences = {
  /** The language of the interface. */
  readonly language: LanguageChoice;
  readonly theme: ThemeChoice;
  readonly density: Density;
  readonly zoom: Zoom;
  /** Faces and sizes of the material that the user chose, by script. */
  readonly faces: OwnFaces;
  /** Height of the desk in px of the unzoomed page, as the user drew it; null: as tall as the window suggests. */
  readonly desk: number | null;
};

/** A desk is never lower than one line of each part, px. */
export const leastDesk = 160;

export type UiSlice = Preferences & {
  /** What the system asks for; the page listens to `prefers-color-scheme` and `prefers-contrast`. */
  readonly systemTheme: Theme;
  readonly sheet: SheetName | undefined;
  readonly choosing: { readonly request: ChooseRequest; readonly answer: (paths: readonly string[]) => void } | undefined;
  readonly toasts: readonly Toast[];
  /** The left margin as a sheet, in narrow windows. */
  readonly marginOpen: boolean;
  /** The sample project was asked for in this visit: until its run is there, it is being read and planned. */
  readonly preparing: boolean;
  setPreparing(preparing: boolean): void;
  toggleMargin(): void;
  setLanguage(language: LanguageChoice): void;
  setTheme(theme: ThemeChoice): void;
  setDensity(density: Density): void;
  setZoom(zoom: Zoom): void;
  /** The next larger or smaller one; at the end nothing. */
  stepZoom(by: 1 | -1): void;
  /** Undefined: as usual. */
  setFace(script: string, choice: FaceChoice | undefined): void;
  setDesk(desk: number | null): void;
  setSystemTheme(theme: Theme): void;
  open(sheet: SheetName): void;
  close(): void;
  /** Resolves to the chosen paths, none when the user changed their mind. */
  choose(request: ChooseRequest): Promise<readonly string[]>;
  say(toast: { readonly text: string; readonly undo?: boolean; readonly cancel?: () => void }): void;
  fail(failure: FailureData): void;
  dismiss(id: number): void;
};

/** Where preferences are kept: the browser's own storage, per browser profile. */
export type PreferenceStorage = { read(): string | null; write(text: string): void };

export const createUiSlice = (storage: PreferenceStorage): StoreApi<UiSlice> => createStore<UiSlice>()((set, get) => {
  const keep = (part: Partial<Preferences>): void => {
    set(part);
    const { language, theme, density, zoom, faces, desk } = get();
    storage.write(JSON.stringify({ language, theme, density, zoom, faces, desk }));
  };
  let lastToast = 0;
  const add = (toast: Omit<Toast, 'id'>): void => {
    lastToast += 1;
    // A newer message replaces an older one, whose Undo would now undo something else; failures stay until they are closed.
    set({ toasts: [...get().toasts.filter((each) => each.failure !== undefined), { ...toast, id: lastToast }].slice(-3) });
  };
  return {
    ...readPreferences(storage.read()),
    systemTheme: 'light',
    sheet: undefined,
    choosing: undefined,
    toasts: [],
    marginOpen: false,
    preparing: false,
    setPreparing: (preparing) => set({ preparing }),
    toggleMargin: () => set({ marginOpen: !get().marginOpen }),
    setLanguage: (language) => keep({ language }),
    setTheme: (theme) => keep({ theme }),
    setDensity: (density) => keep({ density }),
    setZoom: (zoom) => keep({ zoom }),
    stepZoom: (by) => { const next = zooms[zooms.indexOf(get().zoom) + by]; if (next !== undefined) keep({ zoom: next }); },
    setFace: (script, choice) => keep({ faces: Object.fromEntries([...Object.entries(get().faces).filter(([known]) => known !== script), ...(choice === undefined ? [] : [[script, choice] as const])]) }),
    setDesk: (desk) => keep({ desk: desk === null ? null : Math.max(leastDesk, Math.round(desk)) }),
    setSystemTheme: (systemTheme) => set({ systemTheme }),
    open: (sheet) => set({ sheet }),
    close: () => set({ sheet: undefined }),
    choose: (request) => {
      get().choosing?.answer([]);
      return new Promise((resolve) => {
        set({ choosing: { request, answer: (paths) => { set({ choosing: undefined }); resolve(paths); } } });
      });
    },
    say: ({ text, undo = false, cancel }) => add({ text, undo, cancel, failure: undefined }),
    fail: (failure) => { if (failure.code !== 'cancelled') add({ text: failure.message, undo: false, failure }); },
    dismiss: (id) => set({ toasts: get().toasts.filter((toast) => toast.id !== id) }),
  };
});

/** The theme in force: the choice, else what the system asks for. */
export const themeOf = (ui: Pick<UiSlice, 'theme' | 'systemTheme'>): Theme => (ui.theme === 'system' ? ui.systemTheme : ui.theme);

/** Reads what an earlier visit wrote; anything unknown falls back to the default. */
export const readPreferences = (text: string | null): Preferences => {
  let found: unknown;
  try { found = text === null ? undefined : JSON.parse(text); } catch { found = undefined; }
  const record: Partial<Record<string, unknown>> = typeof found === 'object' && found !== null ? found : {};
  return {
    language: languageChoices.find((language) => language === record['language']) ?? 'system',
    theme: themes.find((theme) => theme === record['theme']) ?? 'system',
    density: densities.find((density) => density === record['density']) ?? 'compact',
    zoom: zooms.find((zoom) => zoom === record['zoom']) ?? 1,
    faces: checkOwnFaces(record['faces']),
    desk: typeof record['desk'] === 'number' && record['desk'] >= leastDesk ? record['desk'] : null,
  };
};
