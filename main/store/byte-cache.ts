/**
 * Keeps what was used last, up to a number of bytes; the one used longest ago goes first.
 *
 * @param bytesOf the size of a value, at the moment it is put in.
 */
export type ByteCache<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  forget(key: string): void;
  clear(): void;
};

export const createByteCache = <Value>(limit: number, bytesOf: (value: Value) => number): ByteCache<Value> => {
  const kept = new Map<string, { readonly value: Value; readonly bytes: number }>();
  let total = 0;
  const forget = (key: string): void => {
    total -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  };
  return {
    get: (key) => {
      const entry = kept.get(key);
      if (entry === undefined) return undefined;
      kept.delete(key);
      kept.set(key, entry);
      return entry.value;
    },
    set: (key, value) => {
      forget(key);
      const bytes = bytesOf(value);
      kept.set(key, { value, bytes });
      total += bytes;
      for (const oldest of kept.keys()) {
        if (total <= limit || oldest === key) break;
        forget(oldest);
      }
    },
    forget,
    clear: () => {
      kept.clear();
      total = 0;
    },
  };
};
