import { Failure } from '../../../contract/errors.ts';
import type { Scheme, SchemeLabel } from '../../../contract/review.ts';
import { acceptReject } from './accept-reject.ts';
import { elrc } from './elrc.ts';
import { macocu } from './macocu.ts';

/** The schemes that come along, in the order in which they are offered. */
export const bundledSchemes: readonly Scheme[] = [acceptReject, elrc, macocu];

/** Between the labels of a path where it is one text: in columns, filters and files. */
export const pathSeparator = ' / ';

/** @throws Failure `bad-input` where the scheme has no such label, or the path ends before an answer. */
export const labelAt = (scheme: Scheme, path: readonly string[]): SchemeLabel => {
  const found = path.reduce<{ readonly label: SchemeLabel | undefined; readonly next: readonly SchemeLabel[] }>(({ next }, id) => {
    const label = next.find((one) => one.id === id);
    return { label, next: label?.children ?? [] };
  }, { label: undefined, next: scheme.labels });
  if (found.label === undefined) throw new Failure('bad-input', `“${path.join(pathSeparator)}” is not a label of ${scheme.title}.`, { detail: 'Nothing was changed.' });
  if (found.label.children.length > 0) throw new Failure('bad-input', `“${found.label.title}” is not an answer yet: ${scheme.title} asks on.`, { detail: 'Nothing was changed.', hint: `Choose one of: ${found.label.children.map(({ title }) => title).join(', ')}.` });
  return found.label;
};
