import { useState } from 'react';
import type { Predicate } from '../../../../main/contract/pairs.ts';
import { t } from '../../../strings/catalogue.ts';
import { languageName } from '../../../text/languages.ts';
import { Button } from '../../../widgets/button.tsx';
import { Checkbox } from '../../../widgets/checkbox.tsx';
import { Field as TextField } from '../../../widgets/field.tsx';
import { Segmented } from '../../../widgets/segmented.tsx';
import { Select, type Option } from '../../../widgets/select.tsx';
import { checkName, chipWords, columnName, relationSigns, type Names } from './chip-words.ts';
import { decisions, emptyDraft, flags, marks, predicateOfDraft, type Draft, type Fault, type Field } from './draft.ts';
import css from './filters.module.css';

/** What the pairs on the screen can be asked about. */
export type Known = Names & {
  readonly scores: readonly string[];
  readonly labels: readonly { readonly column: string; readonly values: readonly string[] }[];
  readonly checks: readonly string[];
  readonly files: readonly { readonly side: 'source' | 'target'; readonly name: string }[];
  readonly languages: readonly [source: string, target: string];
  readonly annotators: readonly { readonly id: number; readonly name: string }[];
};

type Props = { readonly from: Draft; readonly known: Known; readonly onApply: (predicate: Predicate) => void; readonly onLeave: () => void };

/** Writes one filter. Enter applies it, Escape gives it up; what is missing is said beside its field. */
export const FilterEditor = ({ from, known, onApply, onLeave }: Props) => {
  const [draft, setDraft] = useState(from);
  const [fault, setFault] = useState<Fault>();
  const change = (part: Partial<Draft>): void => { setFault(undefined); setDraft({ ...draft, ...part }); };
  const apply = (): void => {
    const found = predicateOfDraft(draft);
    if ('fault' in found) setFault(found.fault); else onApply(found);
  };
  return (
    <div className={css['editor']}>
      <Select label={t('review.editor.field')} value={draft.field} options={fieldOptions(known, draft.field)} onChange={(field) => { setFault(undefined); setDraft(emptyDraft(field)); }} />
      <Parts draft={draft} known={known} fault={fault === undefined ? undefined : t(`review.fault.${fault}`)} change={change} onEnter={apply} />
      <div className={css['foot']}>
        <Checkbox checked={draft.not} onChange={(not) => change({ not })}>{t('review.editor.not')}</Checkbox>
        <span className="grow" />
        <Button small quiet onPress={onLeave}>{t('choose.cancel')}</Button>
        <Button small primary onPress={apply}>{t('review.editor.apply')}</Button>
      </div>
    </div>
  );
};

const plainFields = ['text', 'decision', 'flag', 'mark', 'check', 'kept', 'dropReason', 'file', 'language', 'otherLanguage', 'pairs'] as const;

const fieldOptions = (known: Known, now: Field): readonly Option<Field>[] => {
  const all: readonly Option<Field>[] = [
    ...known.scores.map((name): Option<Field> => ({ value: `number:${name}`, label: columnName(name) })),
    ...known.labels.map(({ column }): Option<Field> => ({ value: `label:${column}`, label: columnName(column) })),
    ...plainFields.map((field): Option<Field> => ({ value: field, label: t(`review.field.${field}`) })),
  ];
  if (now === 'group') return [{ value: 'group', label: t('review.field.group') }];
  return all.some((option) => option.value === now) ? all : [{ value: now, label: columnName(now.replace(/^(?:number|label):/u, '')) }, ...all];
};

type PartsProps = { readonly draft: Draft; readonly known: Known; readonly fault: string | undefined; readonly change: (part: Partial<Draft>) => void; readonly onEnter: () => void };

/** The fields that a kind of filter needs. */
const Parts = ({ draft, known, fault, change, onEnter }: PartsProps) => {
  const { field } = draft;
  const choose = (options: readonly Option<string>[]) => <Select label={t('review.editor.is')} value={draft.choice} options={options} onChange={(choice) => change({ choice })} />;
  const listed = <V extends string>(values: readonly V[], words: (value: V) => string): readonly Option<string>[] => values.map((value) => ({ value, label: words(value) }));
  if (field.startsWith('number:')) return <NumberParts draft={draft} fault={fault} change={change} onEnter={onEnter} />;
  if (field.startsWith('label:')) {
    const values = known.labels.find((each) => each.column === field.slice('label:'.length))?.values ?? [];
    return <Words draft={draft} fault={fault} change={change} onEnter={onEnter} offered={values} label={t('review.editor.is')} />;
  }
  switch (field) {
    case 'text': return <TextParts draft={draft} fault={fault} change={change} onEnter={onEnter} />;
    case 'decision': return (
      <>
        {choose(listed(decisions, (value) => t(`review.decision.${value}`)))}
        <Select label={t('review.editor.by')} value={draft.by === null ? 'all' : String(draft.by)} onChange={(by) => change({ by: by === 'all' ? null : Number(by) })}
          options={[{ value: 'all', label: t('review.editor.inForce') }, ...known.annotators.map((each) => ({ value: String(each.id), label: each.name }))]} />
      </>
    );
    case 'flag': return choose(listed(flags, (value) => t(`review.flag.${value}`)));
    case 'mark': return choose(listed(marks, (value) => t(`review.mark.${value}`)));
    case 'check': return <>{choose([{ value: 'any', label: t('review.chip.anyCheck') }, ...listed(known.checks, checkName)])}<Checkbox checked={draft.ignored} onChange={(ignored) => change({ ignored })}>{t('review.editor.ignored')}</Checkbox></>;
    case 'kept': return choose([{ value: 'yes', label: t('review.chip.keptYes') }, { value: 'no', label: t('review.chip.keptNo') }]);
    case 'dropReason': return choose(listed(['cut', 'rejected'], (value) => t(`review.drop.${value}`)));
    case 'file': return <><SideChoice draft={draft} change={change} /><Words draft={draft} fault={fault} change={change} onEnter={onEnter} offered={known.files.filter((file) => file.side === draft.side).map((file) => file.name)} label={t('review.editor.name')} /></>;
    case 'language': return <><SideChoice draft={draft} change={change} /><Words draft={draft} fault={fault} change={change} onEnter={onEnter} offered={[known.languages[draft.side === 'target' ? 1 : 0]]} words={languageName} label={t('review.editor.tag')} /></>;
    case 'otherLanguage': return <Segmented label={t('review.editor.side')} value={draft.side} onChange={(side) => change({ side })} options={(['either', 'source', 'target'] as const).map((value) => ({ value, label: t(`review.side.${value}`) }))} />;
    case 'queue': return <TextField label={t('review.chip.queue')} autoFocus value={draft.words} onChange={(words) => change({ words })} onEnter={onEnter} fault={fault} />;
    case 'pairs': return <TextField label={t('review.editor.ids')} autoFocus value={draft.words} onChange={(words) => change({ words })} onEnter={onEnter} fault={fault} />;
    default: return <Group draft={draft} known={known} fault={fault} change={change} />;
  }
};

type PartProps = Pick<PartsProps, 'draft' | 'fault' | 'change' | 'onEnter'>;

const NumberParts = ({ draft, fault, change, onEnter }: PartProps) => (
  <div className={css['row']}>
    <Select label={t('review.editor.relation')} value={draft.relation} onChange={(relation) => change({ relation })}
      options={[{ value: 'range', label: t('review.editor.range') }, ...(['>=', '<=', '>', '<', '=', '!='] as const).map((value) => ({ value, label: relationSigns[value] }))]} />
    <TextField label={t(draft.relation === 'range' ? 'review.editor.from' : 'review.editor.value')} numeric autoFocus value={draft.low} onChange={(low) => change({ low })} onEnter={onEnter} fault={fault} />
    {draft.relation === 'range' ? <TextField label={t('review.editor.to')} numeric value={draft.high} onChange={(high) => change({ high })} onEnter={onEnter} /> : null}
  </div>
);

const TextParts = ({ draft, fault, change, onEnter }: PartProps) => (
  <>
    <TextField label={t('review.editor.words')} autoFocus value={draft.words} onChange={(words) => change({ words })} onEnter={onEnter} fault={fault} />
    <Segmented label={t('review.editor.side')} value={draft.side} onChange={(side) => change({ side })} options={(['either', 'source', 'target'] as const).map((value) => ({ value, label: t(`review.side.${value}`) }))} />
    <Segmented label={t('review.editor.how')} value={draft.how} onChange={(how) => change({ how })} options={(['substring', 'word', 'regex'] as const).map((value) => ({ value, label: t(`review.how.${value}`) }))} />
    <Checkbox checked={draft.matchCase} onChange={(matchCase) => change({ matchCase })}>{t('review.editor.matchCase')}</Checkbox>
  </>
);

const SideChoice = ({ draft, change }: Pick<PartProps, 'draft' | 'change'>) => (
  <Segmented label={t('review.editor.side')} value={draft.side === 'target' ? 'target' : 'source'} onChange={(side) => change({ side, words: '' })} options={(['source', 'target'] as const).map((value) => ({ value, label: t(`review.side.${value}`) }))} />
);

/** A word to write, with those that are there to be chosen. */
const Words = ({ draft, fault, change, onEnter, offered, label, words = (value) => value }: PartProps & { readonly offered: readonly string[]; readonly label: string; readonly words?: (value: string) => string }) => (
  <>
    {offered.length === 0 ? null : <Select label={t('review.editor.known')} value={offered.includes(draft.words) ? draft.words : null} placeholder={t('review.editor.choose')} options={offered.map((value) => ({ value, label: words(value) }))} onChange={(value) => change({ words: value })} />}
    <TextField label={label} autoFocus={offered.length === 0} value={draft.words} onChange={(value) => change({ words: value })} onEnter={onEnter} fault={fault} />
  </>
);

const Group = ({ draft, known, fault, change }: Pick<PartsProps, 'draft' | 'known' | 'fault' | 'change'>) => (
  <>
    <Segmented label={t('review.join')} value={draft.join} onChange={(join) => change({ join })} options={[{ value: 'all', label: t('review.join.all') }, { value: 'any', label: t('review.join.any') }]} />
    <ul className={css['group']}>
      {draft.of.map((part, index) => {
        const [field, value] = chipWords(part, known);
        return <li key={index}><span className="grow ellipsis">{field} <b>{value}</b></span><Button small quiet label={t('chip.remove', { field })} onPress={() => change({ of: draft.of.filter((_, at) => at !== index) })}>{t('review.editor.remove')}</Button></li>;
      })}
    </ul>
    {fault === undefined ? null : <p className="small is-warn">{fault}</p>}
  </>
);
