import type { PairRow } from '../../../../main/contract/pairs.ts';
import type { Column } from '../../../grid/columns.ts';
import { t } from '../../../strings/catalogue.ts';
import { margin } from '../../../strings/numbers.ts';
import { LanguageHeading } from '../../../text/language-heading.tsx';
import { originWord } from '../../../text/origin-word.ts';
import { Text } from '../../../text/text.tsx';

const rankWord = (value: number | string | null | undefined): string => (typeof value === 'number' && value > 0 ? String(value) : '–');

export const pairColumns = (source: string, target: string): readonly Column<PairRow>[] => [
  { key: 'source', role: 'text', language: source, heading: <LanguageHeading language={source} />, render: (row) => <Text language={row.source.language}>{row.source.text}</Text> },
  { key: 'margin', role: 'spine', heading: t('mine.grid.margin'), render: (row) => { const value = row.values['margin']; return typeof value === 'number' ? margin(value) : ''; } },
  { key: 'target', role: 'text', language: target, heading: <LanguageHeading language={target} />, render: (row) => <Text language={row.target.language}>{row.target.text}</Text> },
  {
    key: 'meta', role: 'meta', heading: <><span>{t('mine.grid.origin')}</span><span>{t('mine.grid.rank')}</span></>,
    render: (row) => (
      <>
        <bdi className="dimmer ellipsis" title={`${row.source.file} · ${row.target.file}`}>{originWord(row.source.file)}</bdi>
        <span>{t('mine.grid.rankOf', { forward: rankWord(row.values['forwardRank']), backward: rankWord(row.values['backwardRank']) })}</span>
      </>
    ),
  },
];
