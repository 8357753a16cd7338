import { useLayoutEffect, useRef } from 'react';
import { invisiblesIn } from '../../main/domain/text/invisible.ts';
import { DiffText } from './diff-text.tsx';
import { paint, type TextMark } from './highlights.ts';
import { SignLayer } from './sign-layer.tsx';
import { Text } from './text.tsx';

type Props = {
  readonly language: string;
  readonly text: string;
  readonly read?: boolean;
  /** Shows what was changed since. */
  readonly before?: string | undefined;
  readonly marks?: readonly TextMark[];
  /** Shows invisible characters. */
  readonly visible?: boolean;
};

const noMarks: readonly TextMark[] = [];

/** Words of the material with marks on them: findings, hits, links, changes, invisible characters. The text itself stays plain. */
export const MarkedText = ({ language, text, read = false, before, marks = noMarks, visible = false }: Props) => {
  const box = useRef<HTMLDivElement>(null);
  const isChanged = before !== undefined && before !== text;
  useLayoutEffect(() => (box.current === null ? undefined : paint(box.current, marks)), [marks, text, before]);
  return (
    <Text ref={box} language={language} read={read} className={visible ? 'signed' : ''}>
      {isChanged ? <DiffText before={before} after={text} language={language} /> : text}
      {visible ? <SignLayer of={box} places={invisiblesIn(text, true)} /> : null}
    </Text>
  );
};
