/** The last part of a path, without folders and ending: where a sentence comes from, in one word. */
export const originWord = (file: string): string => (file.split(/[\\/]/u).at(-1) ?? file).replace(/\.(?:gz|xz|zst)$/u, '').replace(/\.[^.]{1,5}$/u, '');
