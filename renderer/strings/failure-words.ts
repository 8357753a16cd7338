import type { FailureData } from '../../main/contract/errors.ts';
import { tIfAny } from './catalogue.ts';

type Words = Pick<FailureData, 'message' | 'detail' | 'hint'>;

/** What a failure says, in the language of the interface; the workbench's English sentences where it is none of the known ones. */
export const failureWords = ({ message, detail, hint, known }: FailureData): Words => {
  if (known === undefined) return { message, detail, hint };
  const { name, values } = known;
  return {
    message: tIfAny(`failure.${name}.message`, message, values),
    detail: detail === undefined ? undefined : tIfAny(`failure.${name}.detail`, detail, values),
    hint: hint === undefined ? undefined : tIfAny(`failure.${name}.hint`, hint, values),
  };
};
