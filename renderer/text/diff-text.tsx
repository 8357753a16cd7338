import { useLayoutEffect, useMemo, useRef } from 'react';
import { diffChunks, type DiffChunk } from './diff-chunks.ts';
import { paint } from './highlights.ts';

type Props = { readonly before: string; readonly after: string; readonly language: string; /** Only what was changed. */ readonly brief?: boolean };

/** What was taken out is struck, what came in is underlined, word by word; the letters that differ have a ground. */
export const DiffText = ({ before, after, language, brief = false }: Props) => {
  const chunks = useMemo(() => diffChunks(before, after, language), [before, after, language]);
  return chunks.map((chunk, index) => {
    if (chunk.before === chunk.after) return brief ? (index === 0 || index === chunks.length - 1 ? null : ' ') : <span key={index}>{chunk.after}</span>;
    return <Changed key={index} chunk={chunk} />;
  });
};

const Changed = ({ chunk: { before, after, removed, added } }: { readonly chunk: DiffChunk }) => (
  <>{before === '' ? null : <Word as="del" name="removed" text={before} spans={removed} />}{after === '' ? null : <Word as="ins" name="added" text={after} spans={added} />}</>
);

const Word = ({ as: Element, name, text, spans }: { readonly as: 'del' | 'ins'; readonly name: 'removed' | 'added'; readonly text: string; readonly spans: DiffChunk['removed'] }) => {
  const box = useRef<HTMLModElement>(null);
  useLayoutEffect(() => (box.current === null ? undefined : paint(box.current, [{ name, from: 0, to: text.length }, ...spans.map(([from, to]) => ({ name: `${name}-letters` as const, from, to }))])), [name, text, spans]);
  return <Element ref={box}>{text}</Element>;
};
