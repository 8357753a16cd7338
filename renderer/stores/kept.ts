/** Something that this browser remembers: a value by name, as JSON, with a default for whatever is not there or not readable. */
export type Kept<T> = { read(): T; write(value: T): void; subscribe(listener: () => void): () => void };

/**
 * Keeps a value in the browser's own storage.
 *
 * `check` turns what was found into a value, or undefined for what is none (another version wrote it). Without storage the value lives as long as the page. `read` gives the same
 * object until the value changes, so that it can be subscribed to.
 */
export const createKept = <T>(key: string, fallback: T, check: (found: unknown) => T | undefined): Kept<T> => {
  const listeners = new Set<() => void>();
  let value = stored(key, check) ?? fallback;
  return {
    read: () => value,
    write: (next) => {
      value = next;
      try { localStorage.setItem(key, JSON.stringify(next)); } catch { /* A browser without storage forgets; nothing else is lost. */ }
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => { listeners.add(listener); return () => { listeners.delete(listener); }; },
  };
};

const stored = <T>(key: string, check: (found: unknown) => T | undefined): T | undefined => {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : check(JSON.parse(text));
  } catch {
    return undefined;
  }
};

export const isRecord = (found: unknown): found is Readonly<Record<string, unknown>> => typeof found === 'object' && found !== null && !Array.isArray(found);
