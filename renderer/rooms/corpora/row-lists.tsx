import { useCallback, useLayoutEffect, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Collection } from '../../../main/contract/corpora.ts';
import type { Touch } from '../../../main/contract/method.ts';
import { toFailureData } from '../../link/link.ts';
import { useApp, useSlice } from '../../stores/hooks.tsx';
import { createPages, type Pages } from '../../stores/pages.ts';
import { t } from '../../strings/catalogue.ts';
import { count } from '../../strings/numbers.ts';
import { directionOf, languageName } from '../../text/languages.ts';
import { Text } from '../../text/text.tsx';
import { Notice } from '../../widgets/notice.tsx';
import { useRowHeight } from '../../widgets/use-row-height.ts';
import { Windowed } from '../../widgets/windowed.tsx';
import { placeOf } from './place-of.ts';
import { SentenceDesk } from './sentence-desk.tsx';
import css from './row-lists.module.css';

type One = { readonly collection: Collection };

/** Distinct sentences in the order of their first appearance, with file, line and how often they stood. */
export const SentenceList = ({ collection }: One) => {
  const { link } = useApp();
  const pages = useMemo(() => createPages((from, wanted) => link.call('corpora.sentences', { collection: collection.id, from, count: wanted })), [link, collection.id]);
  const [current, setCurrent] = useState(0);
  const open = useStore(pages, (state) => state.row(current));
  return (
    <Rows pages={pages} known={collection.size} label={t('corpora.sentences')} touches={['collections']} layout="sentence" onCurrent={setCurrent}
      desk={open === undefined ? null : <SentenceDesk key={open.ordinal} collection={collection} row={open} />}
      head={<><span /><Side language={collection.language} /><span className={css['end']}>{t('corpora.copies')}</span><span>{t('corpora.place')}</span></>}>
      {(row, index) => (
        <>
          <span className={css['number']}>{count(index + 1)}</span><Text language={collection.language}>{row.text}</Text>
          <span className={`${css['end']} small dim`}>{row.count > 1 ? count(row.count) : ''}</span><span className="small dim"><bdi>{placeOf(row.file, row.line)}</bdi></span>
        </>
      )}
    </Rows>
  );
};

/** Every line that could not be read, with file, line and column. */
export const MalformedList = ({ collection }: One) => {
  const { link } = useApp();
  const pages = useMemo(() => createPages((from, wanted) => link.call('corpora.malformed', { collection: collection.id, from, count: wanted })), [link, collection.id]);
  return (
    <Rows pages={pages} known={collection.malformed} label={t('corpora.malformed')} touches={['collections']} layout="fault"
      head={<><span>{t('corpora.file')}</span><span className={css['end']}>{t('corpora.line')}</span><span className={css['end']}>{t('corpora.column')}</span><span>{t('corpora.reason')}</span><span>{t('corpora.excerpt')}</span></>}>
      {(row) => (
        <>
          <span className="small"><bdi title={row.file}>{row.file.split(/[\\/]/u).at(-1)}</bdi></span><span className={`${css['end']} small`}>{count(row.line)}</span><span className={`${css['end']} small`}>{count(row.column)}</span>
          <span className="small" title={row.reason}>{row.reason}</span><span className="mono dim"><bdi>{row.excerpt}</bdi></span>
        </>
      )}
    </Rows>
  );
};

/** The head of a column of the material stands where its lines begin. */
const Side = ({ language }: { readonly language: string }) => (
  <span className={directionOf(language) === 'rtl' ? css['end'] : undefined}>{languageName(language)} <span className="dimmer">{language}</span></span>
);

type RowsProps<Row> = {
  readonly pages: StoreApi<Pages<Row>>;
  /** Rows as far as the collection itself tells, until the first page is there. */
  readonly known: number;
  readonly label: string;
  readonly touches: readonly Touch[];
  readonly layout: 'sentence' | 'fault';
  readonly head: ReactNode;
  readonly onCurrent?: (index: number) => void;
  /** The current row, open under the list. */
  readonly desk?: ReactNode;
  readonly children: (row: Row, index: number) => ReactNode;
};

const Rows = <Row,>({ pages, known, label, touches, layout, head, onCurrent, desk, children }: RowsProps<Row>) => {
  const rowHeight = useRowHeight();
  const total = useStore(pages, (state) => state.total) ?? known;
  const failure = useStore(pages, (state) => state.failure);
  useStore(pages, (state) => state.version);
  const changed = useSlice('versions', (versions) => touches.reduce((sum, touch) => sum + versions[touch], 0));
  const want = useCallback((from: number, to: number) => pages.getState().want(from, to), [pages, changed]);
  // Before the rows in sight are wanted, which is an ordinary effect of the list below.
  useLayoutEffect(() => { pages.getState().drop(); }, [pages, changed]);
  const layoutClass = css[layout] ?? '';
  return (
    <div className={css['body']}>
      <div className={`${css['head']} ${layoutClass}`}>{head}</div>
      {failure === undefined ? null : <Notice framed failure={toFailureData(failure)} />}
      <Windowed label={label} total={total} rowHeight={rowHeight} onWindow={want} {...(onCurrent === undefined ? {} : { onCurrent })}>
        {(index) => {
          const row = pages.getState().row(index);
          return <div className={`${css['cells']} ${layoutClass}`}>{row === undefined ? null : children(row, index)}</div>;
        }}
      </Windowed>
      {desk}
    </div>
  );
};
