import type { Collection } from '../../../../main/contract/corpora.ts';
import type { PairRow } from '../../../../main/contract/pairs.ts';
import type { Column } from '../../../grid/columns.ts';
import { decimal } from '../../../strings/numbers.ts';
import { LanguageHeading } from '../../../text/language-heading.tsx';
import { Text } from '../../../text/text.tsx';
import { placeOf } from '../place-of.ts';

export const valueWords = (value: PairRow['values'][string] | undefined): string => (typeof value === 'number' ? decimal(value) : value ?? '');

/** Both sides with one score between them: the one the rows are ordered by, else the first; the other columns, else the place, in the metadata. */
export const bitextColumns = (collection: Collection, spine: string | undefined): readonly Column<PairRow>[] => {
  const target = collection.targetLanguage ?? 'und';
  const others = collection.columns.filter((column) => column.name !== spine).map((column) => column.name).slice(0, 3);
  return [
    { key: 'source', role: 'text', language: collection.language, heading: <LanguageHeading language={collection.language} />, render: (row) => <Text language={row.source.language}>{row.source.text}</Text> },
    { key: 'spine', role: 'spine', heading: <bdi className="ellipsis" title={spine}>{spine ?? ''}</bdi>, render: (row) => (spine === undefined ? '' : valueWords(row.values[spine])) },
    { key: 'target', role: 'text', language: target, heading: <LanguageHeading language={target} />, render: (row) => <Text language={row.target.language}>{row.target.text}</Text> },
    others.length === 0
      ? { key: 'meta', role: 'meta', heading: null, render: (row) => <bdi className="dimmer ellipsis" title={row.source.file}>{placeOf(row.source.file, row.source.line)}</bdi> }
      : { key: 'meta', role: 'meta', heading: <>{others.map((name) => <bdi key={name} className="ellipsis" title={name}>{name}</bdi>)}</>, render: (row) => <>{others.map((name) => <bdi key={name} className="ellipsis">{valueWords(row.values[name])}</bdi>)}</> },
  ];
};
