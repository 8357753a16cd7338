import { Failure } from '../../../contract/errors.ts';
import type { Scheme, SchemeLabel } from '../../../contract/review.ts';
import { bundledSchemes, pathSeparator } from './schemes.ts';

/** Keys 1 to 9 answer a question. */
const mostChoices = 9;
const deepest = 5;

/**
 * A project's own scheme, as it is kept: trimmed, marked as custom.
 *
 * @throws Failure `bad-input` that names what an annotator could not answer or a file could not hold.
 */
export const checkedScheme = (given: Scheme): Scheme => {
  const scheme = { ...given, id: given.id.trim(), title: given.title.trim(), custom: true };
  if (scheme.id === '' || scheme.title === '') refuse('A label scheme needs an id and a title.');
  if (bundledSchemes.some(({ id }) => id === scheme.id)) refuse(`“${scheme.id}” is a scheme that comes along and cannot be replaced.`, 'Give your scheme another id.');
  checkIds(scheme.reasons.map(({ id }) => id), 'reasons');
  if (scheme.labels.length === 0) refuse(`${scheme.title} has no labels.`);
  checkLabels(scheme.labels, []);
  return scheme;
};

const checkLabels = (labels: readonly SchemeLabel[], path: readonly string[]): void => {
  const place = path.length === 0 ? 'the first question' : `“${path.join(pathSeparator)}”`;
  if (path.length >= deepest) refuse(`${place} asks on for more than ${deepest} questions.`);
  if (labels.length > mostChoices) refuse(`There are ${labels.length} labels under ${place}, and ${mostChoices} keys.`, 'Put some of them under a common label.');
  checkIds(labels.map(({ id }) => id), `labels under ${place}`);
  for (const label of labels) {
    if (label.title.trim() === '') refuse(`The label “${label.id}” has no title.`);
    if (label.decision === null && label.children.length === 0) refuse(`“${label.title}” says neither accept, reject nor unsure, and no question follows it.`);
    if (label.decision !== null && label.children.length > 0) refuse(`“${label.title}” says ${label.decision} and asks on as well.`, 'Leave its decision out, or the labels below it.');
    checkLabels(label.children, [...path, label.id]);
  }
};

const checkIds = (ids: readonly string[], where: string): void => {
  for (const id of ids) if (id.trim() === '' || id.includes(pathSeparator.trim()) || /[\t\r\n]/.test(id)) refuse(`The id “${id}” among the ${where} is empty, or has a slash, a TAB or a line end in it.`);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) refuse(`The id “${twice}” stands twice among the ${where}.`);
};

const refuse = (message: string, hint = 'Change it and save the scheme again.'): never => {
  throw new Failure('bad-input', message, { detail: 'The scheme was not saved.', hint });
};
