const key = 'dragoman.mine.marginTaught';
const listeners = new Set<() => void>();

/** Whether the short text about margins was closed on this machine; an action brings it back. Without storage it is shown at each visit. */
export const marginTaught = {
  read: (): boolean => { try { return localStorage.getItem(key) === 'yes'; } catch { return false; } },
  write: (taught: boolean): void => {
    try { if (taught) localStorage.setItem(key, 'yes'); else localStorage.removeItem(key); } catch { /* A browser without storage forgets; nothing else is lost. */ }
    for (const listener of listeners) listener();
  },
  subscribe: (listener: () => void): (() => void) => { listeners.add(listener); return () => { listeners.delete(listener); }; },
};
