import { Failure } from '../contract/errors.ts';

/** JSON that this store wrote itself, under the type it wrote. */
export const parseStored = <T>(text: string): T => JSON.parse(text) as T;

/** As text for a cell; `undefined` and the like would come back as something else and are refused. */
export const toStored = (value: unknown): string => {
  const text = JSON.stringify(value);
  if (text === undefined) throw new Failure('internal', 'A value that is no JSON was given to the project file.');
  return text;
};
