/** Texts as one text: many small ones take three times as long to hand over to a thread. */
export type TextsAsOne = { readonly text: string; readonly lengths: Uint32Array };

export const asOne = (texts: readonly string[]): TextsAsOne => ({ text: texts.join(''), lengths: Uint32Array.from(texts, ({ length }) => length) });

/** Texts that were packed as a list in JSON. */
export const textsIn = (json: Uint8Array): readonly string[] => {
  const list: unknown = JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString('utf8'));
  return Array.isArray(list) ? list.map(String) : [];
};

export const asMany = ({ text, lengths }: TextsAsOne): string[] => {
  let from = 0;
  return Array.from(lengths, (length) => text.slice(from, from += length));
};
