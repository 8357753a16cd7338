import type { ReactNode, Ref } from 'react';
import { textAttributes } from './languages.ts';

type Props = {
  /** BCP-47 tag of the column, never of the interface. */
  readonly language: string;
  /** The desk's face and size; without it the face of a row. */
  readonly read?: boolean;
  readonly className?: string;
  readonly title?: string;
  readonly as?: 'div' | 'span';
  readonly ref?: Ref<HTMLDivElement>;
  readonly children: ReactNode;
};

/** Words of the material. Language decides direction, face, size and leading; the page around it stays as it is. */
export const Text = ({ language, read = false, className = '', as: Element = 'div', title, ref, children }: Props) => (
  <Element {...(ref === undefined ? {} : { ref })} className={`text ${read ? 'read ' : ''}${className}`} {...textAttributes(language)} title={title}>{children}</Element>
);
