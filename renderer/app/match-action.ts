/**
 * Where a question stands in a label: the position of its first letter, undefined where it does not.
 *
 * A whole-word start is enough and all that is allowed: "re" finds "Redo" and "Pause and resume", not "Corpora"; so the list stays short and predictable.
 */
export const matchAction = (label: string, question: string): number | undefined => {
  const wanted = question.trim().toLowerCase();
  if (wanted === '') return 0;
  const words = label.toLowerCase();
  for (let at = words.indexOf(wanted); at !== -1; at = words.indexOf(wanted, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(words[at - 1] ?? '')) return at;
  }
  return undefined;
};
