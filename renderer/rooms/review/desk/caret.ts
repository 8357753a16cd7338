/** Puts a sign where the caret of the open editor stands, as typing would: the field keeps its own undo. */
export const insertAtCaret = (sign: string): void => {
  const field = document.querySelector<HTMLTextAreaElement | HTMLInputElement>('[data-writing]');
  if (field === null) return;
  field.focus();
  // The only way that keeps the browser's undo of the field; where it is gone, the value is set and told.
  if (document.execCommand('insertText', false, sign)) return;
  field.setRangeText(sign, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
};
