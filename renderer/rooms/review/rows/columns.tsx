import { Flag, MessageSquare, Pencil, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { PairRow } from '../../../../main/contract/pairs.ts';
import type { Side } from '../../../../main/contract/review.ts';
import type { Column } from '../../../grid/columns.ts';
import { listed, lowered, t } from '../../../strings/catalogue.ts';
import { count, decimal } from '../../../strings/numbers.ts';
import { clock } from '../../../strings/times.ts';
import { LanguageHeading } from '../../../text/language-heading.tsx';
import { originWord } from '../../../text/origin-word.ts';
import { MarkedText } from '../../../text/marked-text.tsx';
import { Text } from '../../../text/text.tsx';
import { Icon } from '../../../widgets/icon.tsx';
import { checkName, columnName } from '../filters/chip-words.ts';
import { textHits, type useSought } from '../filters/text-hits.ts';
import { decisionGlyphs } from '../glyphs.ts';
import type { ColumnChoice } from './column-choice.ts';
import css from './rows.module.css';

/** What a column of the view says about a pair; lengths follow from the texts as they read now. */
export const valueOf = (row: PairRow, column: string): number | string | null => {
  switch (column) {
    case 'sourceLength': return [...row.source.text].length;
    case 'targetLength': return [...row.target.text].length;
    case 'lengthRatio': { const length = [...row.source.text].length; return length === 0 ? null : [...row.target.text].length / length; }
    default: return row.values[column] ?? null;
  }
};

export const valueWords = (value: number | string | null): string => (value === null ? '' : typeof value === 'string' ? value : Number.isInteger(value) ? count(value) : decimal(value));

export const derivedColumns = ['sourceLength', 'targetLength', 'lengthRatio'] as const;
/** Columns that stand for more than a value. */
export const ownColumns = ['signs', 'by', 'label', 'place', 'pair'] as const;

const usualWidths: Readonly<Record<string, number>> = { signs: 108, by: 96, label: 130, place: 130, pair: 70 };
export const widthOf = (choice: ColumnChoice, column: string): number => choice.widths[column] ?? usualWidths[column] ?? 76;

/** Width of everything behind the target, px: the desk's last column has it, too. */
export const metaWidth = (choice: ColumnChoice): number => Math.max(180, choice.shown.reduce((sum, column) => sum + widthOf(choice, column), 0));

type Parts = { readonly source: string; readonly target: string; readonly spine: string | undefined; readonly choice: ColumnChoice; readonly name: (annotator: number) => string; readonly sought: ReturnType<typeof useSought> };

export const reviewColumns = ({ source, target, spine, choice, name, sought }: Parts): readonly Column<PairRow>[] => [
  { key: 'source', role: 'text', language: source, heading: <LanguageHeading language={source} />, render: (row) => <RowText row={row} side="source" sought={sought} /> },
  {
    key: 'spine', role: 'spine', heading: spine === undefined ? '' : columnName(spine), ...(spine === undefined ? {} : { sort: spine }), ...(choice.widths['spine'] === undefined ? {} : { width: choice.widths['spine'] }),
    render: (row) => <Spine row={row} value={spine === undefined ? '' : valueWords(valueOf(row, spine))} />,
  },
  { key: 'target', role: 'text', language: target, heading: <LanguageHeading language={target} />, render: (row) => <RowText row={row} side="target" sought={sought} /> },
  ...choice.shown.map((column, index): Column<PairRow> => {
    // The last one takes what the least width leaves, so that heading and rows end at the desk's edge.
    const width = index === choice.shown.length - 1 ? metaWidth(choice) - choice.shown.slice(0, -1).reduce((sum, each) => sum + widthOf(choice, each), 0) : widthOf(choice, column);
    const isOwn = ownColumns.some((each) => each === column);
    return { key: column, role: 'meta', heading: columnName(column), width, ...(isOwn ? {} : { sort: column }), render: (row) => <Meta row={row} column={column} name={name} /> };
  }),
];

/** A text in its row; what the filters look for is painted. */
const RowText = ({ row, side, sought }: { readonly row: PairRow; readonly side: Side; readonly sought: Parts['sought'] }) => {
  const { text, language } = row[side];
  const marks = useMemo(() => textHits(text, side, language, sought), [text, side, language, sought]);
  return sought.length === 0 ? <Text language={language}>{text}</Text> : <MarkedText language={language} text={text} marks={marks} />;
};

const Spine = ({ row, value }: { readonly row: PairRow; readonly value: string }) => {
  const { decision, flags } = row.review;
  const glyph = decisionGlyphs[decision];
  const words = decision === 'none' ? (flags.length === 0 ? undefined : t(`review.flag.${flags[0] ?? 'flagged'}`)) : t(`review.decision.${decision}`);
  return (
    <span className={css['spine']}>
      <span className={glyph.icon === undefined ? 'is-flag' : glyph.tone} title={words}>
        {glyph.icon !== undefined ? <Icon of={glyph.icon} row /> : flags.length > 0 ? <Icon of={Flag} row /> : null}
        {words === undefined ? null : <span className="only-read-aloud">{words}</span>}
      </span>
      <span>{value}</span>
    </span>
  );
};

const Meta = ({ row, column, name }: { readonly row: PairRow; readonly column: string; readonly name: (annotator: number) => string }) => {
  switch (column) {
    case 'signs': return <Signs row={row} />;
    case 'by': { const [last] = row.review.judged; return last === undefined ? null : <><bdi className="ellipsis" title={name(last.annotator)}>{name(last.annotator)}</bdi><span className="dimmer">{clock(last.at)}</span></>; }
    case 'label': return <bdi className="ellipsis">{row.review.judged[0]?.label ?? ''}</bdi>;
    case 'place': return <bdi className="dimmer ellipsis" title={row.source.file}>{t('mine.facts.line', { file: originWord(row.source.file), line: count(row.source.line) })}</bdi>;
    case 'pair': return <span>{count(row.id)}</span>;
    default: return <bdi className="ellipsis">{valueWords(valueOf(row, column))}</bdi>;
  }
};

/** What asks to be looked at; where nothing does, where the pair is from. */
const Signs = ({ row }: { readonly row: PairRow }) => {
  const { checks, flags, comments, decision } = row.review;
  const edited = row.source.original !== null || row.target.original !== null;
  const [first] = checks;
  return (
    <span className={css['signs']}>
      {flags.length > 0 && decision !== 'none' ? <span className="is-flag" title={listed(flags.map((flag) => t(`review.flag.${flag}`)))}><Icon of={Flag} size={12} /></span> : null}
      {first === undefined ? null : <span className={`is-warn ${css['warn']}`} title={listed(checks.map(checkName))}><Icon of={TriangleAlert} size={13} /><span className="ellipsis">{lowered(checkName(first))}{checks.length > 1 ? ` +${checks.length - 1}` : ''}</span></span>}
      {edited ? <span title={t('review.mark.edited')}><Icon of={Pencil} size={12} /><span className="only-read-aloud">{t('review.mark.edited')}</span></span> : null}
      {comments > 0 ? <span title={t('review.comments', { count: comments })}><Icon of={MessageSquare} size={12} /><span className="only-read-aloud">{t('review.comments', { count: comments })}</span></span> : null}
      {first === undefined ? <bdi className="dimmer ellipsis" title={`${row.source.file} · ${row.target.file}`}>{originWord(row.source.file)}</bdi> : null}
    </span>
  );
};
