import type { PairRow } from '../../../../main/contract/pairs.ts';
import type { Column } from '../../../grid/columns.ts';
import { t } from '../../../strings/catalogue.ts';
import { margin } from '../../../strings/numbers.ts';
import { languageName } from '../../../text/languages.ts';
import { Text } from '../../../text/text.tsx';

/** "German de": the name, and the tag quietly. */
export const LanguageHeading = ({ language }: { readonly language: string }) => <>{languageName(language)} <span className="dimmer" style={{ fontWeight: 400 }}>{language}</span></>;

/** The last part of a path, without folders and ending: where a sentence comes from, in one word. */
export const originOf = (file: string): string => (file.split(/[\\/]/u).at(-1) ?? file).replace(/\.(?:gz|xz|zst)$/u, '').replace(/\.[^.]{1,5}$/u, '');

const rankWord = (value: number | string | null | undefined): string => (typeof value === 'number' && value > 0 ? String(value) : '–');

export const pairColumns = (source: string, target: string): readonly Column<PairRow>[] => [
  { key: 'source', role: 'text', language: source, heading: <LanguageHeading language={source} />, render: (row) => <Text language={row.source.language}>{row.source.text}</Text> },
  { key: 'margin', role: 'spine', heading: t('mine.grid.margin'), render: (row) => { const value = row.values['margin']; return typeof value === 'number' ? margin(value) : ''; } },
  { key: 'target', role: 'text', language: target, heading: <LanguageHeading language={target} />, render: (row) => <Text language={row.target.language}>{row.target.text}</Text> },
  {
    key: 'meta', role: 'meta', heading: <><span>{t('mine.grid.origin')}</span><span>{t('mine.grid.rank')}</span></>,
    render: (row) => (
      <>
        <bdi className="dimmer ellipsis" title={`${row.source.file} · ${row.target.file}`}>{originOf(row.source.file)}</bdi>
        <span>{t('mine.grid.rankOf', { forward: rankWord(row.values['forwardRank']), backward: rankWord(row.values['backwardRank']) })}</span>
      </>
    ),
  },
];
