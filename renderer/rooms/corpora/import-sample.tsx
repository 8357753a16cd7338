import { columnRole, type ColumnRole, type ImportOptions, type ImportPreview } from '../../../main/contract/corpora.ts';
import { t } from '../../strings/catalogue.ts';
import { count } from '../../strings/numbers.ts';
import { languageName } from '../../text/languages.ts';
import { Text } from '../../text/text.tsx';
import { Select } from '../../widgets/select.tsx';
import { withRole } from './import-plan.ts';
import css from './import-sheet.module.css';

type Props = { readonly preview: ImportPreview; readonly stale: boolean; readonly onChange: (options: ImportOptions) => void };

/** The first rows as they would be read; over each column the role it will play. */
export const ImportSample = ({ preview, stale, onChange }: Props) => {
  const { options } = preview.file;
  const width = preview.sample.reduce((most, row) => Math.max(most, row.length), 0);
  const roles = Array.from({ length: width }, (_, index) => roleAt(options, index));
  const offset = options.layout === 'columns' && options.header ? 2 : 1;
  return (
    <div className={css['preview']} tabIndex={0} aria-label={t('import.sample')} role="region">
      <table className={stale ? css['stale'] : undefined} aria-label={t('import.sample')} aria-busy={stale}>
        <thead><tr>
          <th scope="col">{t('corpora.line')}</th>
          {roles.map((role, index) => (
            <th key={index} scope="col" className={role === 'ignore' ? css['ignored'] : undefined}>
              {options.layout === 'columns'
                ? <Select label={t('import.roleOf', { name: nameAt(options, index) })} value={role} onChange={(next) => onChange(withRole(options, index, next))} options={columnRole.options.map((value) => ({ value, label: t(`import.role.${value}`) }))} bare />
                : headingOf(options, index)}
              {options.layout === 'columns' ? <span className="dimmer ellipsis" style={{ display: 'block', fontWeight: 400, paddingBlockStart: 2 }}><bdi>{nameAt(options, index)}</bdi></span> : null}
            </th>
          ))}
        </tr></thead>
        <tbody>{preview.sample.map((row, at) => (
          <tr key={at}><td>{count(at + offset)}</td>{roles.map((role, index) => <td key={index} className={role === 'ignore' ? css['ignored'] : undefined}><Text language={languageAt(options, role)}>{row[index] ?? ''}</Text></td>)}</tr>
        ))}</tbody>
      </table>
    </div>
  );
};

const roleAt = (options: ImportOptions, index: number): ColumnRole => {
  if (options.layout === 'columns') return options.columns.find((column) => column.index === index)?.role ?? 'ignore';
  if (options.layout === 'moses') return index === 0 ? 'source' : 'target';
  return 'text';
};

const nameAt = (options: ImportOptions, index: number): string => options.columns.find((column) => column.index === index)?.name ?? t('import.columnNumber', { number: index + 1 });

const headingOf = (options: ImportOptions, index: number): string => languageName(options.layout === 'moses' && index > 0 ? options.targetLanguage ?? 'und' : options.language);

const languageAt = (options: ImportOptions, role: ColumnRole): string => (role === 'text' || role === 'source' ? options.language : role === 'target' ? options.targetLanguage ?? 'und' : 'und');
