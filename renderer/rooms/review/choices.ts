import type { Scheme, SchemeLabel } from '../../../main/contract/review.ts';
import type { Judgement } from './doing.ts';

/** A scheme whose whole answer is accept, unsure or reject is asked with these words; any other by its own labels. */
export const isPlain = (scheme: Scheme | undefined): boolean =>
  scheme === undefined || scheme.labels.length === 0 || (scheme.labels.length <= 3 && scheme.labels.every((label) => label.children.length === 0 && label.decision !== null) && new Set(scheme.labels.map((label) => label.decision)).size === scheme.labels.length);

/** Labels of the level that the path has reached. */
export const levelOf = (scheme: Scheme, path: readonly string[]): readonly SchemeLabel[] =>
  path.reduce<readonly SchemeLabel[]>((labels, id) => labels.find((label) => label.id === id)?.children ?? [], scheme.labels);

/** The labels along a path. */
export const labelsOn = (scheme: Scheme, path: readonly string[]): readonly SchemeLabel[] =>
  path.flatMap((id, depth) => levelOf(scheme, path.slice(0, depth)).filter((label) => label.id === id));

/** What choosing one more label comes to: the next level, or a judgement; the deepest label that says something about keeping decides. */
export const choose = (scheme: Scheme, path: readonly string[], number: number): { readonly path: readonly string[] } | Judgement | undefined => {
  const label = levelOf(scheme, path)[number - 1];
  if (label === undefined) return undefined;
  const whole = [...path, label.id];
  if (label.children.length > 0) return { path: whole };
  const decision = labelsOn(scheme, whole).findLast((each) => each.decision !== null)?.decision ?? 'unsure';
  return { decision, label: { scheme: scheme.id, path: whole }, reason: null };
};
