import { t } from '../../../strings/catalogue.ts';
import { Checkbox } from '../../../widgets/checkbox.tsx';
import { Field } from '../../../widgets/field.tsx';
import { Segmented } from '../../../widgets/segmented.tsx';
import { Select } from '../../../widgets/select.tsx';
import { bulkKinds, changesTexts, decisions, flags, normaliseSteps, sides, type BulkDraft } from './bulk-draft.ts';
import css from './bulk.module.css';

type Props = {
  readonly draft: BulkDraft;
  readonly onChange: (draft: BulkDraft) => void;
  readonly fault: string | undefined;
  readonly reasons: readonly { readonly id: string; readonly title: string }[];
  readonly disabled: boolean;
};

/** What is to be changed; it stays editable while the sample follows. */
export const BulkForm = ({ draft, onChange, fault, reasons, disabled }: Props) => {
  const change = (part: Partial<BulkDraft>): void => onChange({ ...draft, ...part });
  const box = (key: 'regex' | 'matchCase' | 'wholeWord' | 'wholeGraphemes' | 'acceptedToo') => <Checkbox checked={draft[key]} disabled={disabled} onChange={(value) => change({ [key]: value })}>{t(`bulk.${key}`)}</Checkbox>;
  return (
    <>
      <Select label={t('bulk.kind')} value={draft.kind} disabled={disabled} options={bulkKinds.map((value) => ({ value, label: t(`bulk.kind.${value}`) }))} onChange={(kind) => change({ kind })} />
      {changesTexts(draft.kind) && draft.kind !== 'swap' ? (
        <div className={css['labelled']}><span aria-hidden="true">{t('bulk.side')}</span>
          <Segmented label={t('bulk.side')} value={draft.side} disabled={disabled} onChange={(side) => change({ side })} options={sides.map((value) => ({ value, label: t(`bulk.side.${value}`) }))} />
        </div>
      ) : null}
      {draft.kind === 'replace' ? (
        <>
          <Field label={t(draft.regex ? 'bulk.findExpression' : 'bulk.find')} className={css['expression'] ?? ''} autoFocus value={draft.find} disabled={disabled} fault={draft.find === '' ? undefined : fault} onChange={(find) => change({ find })} />
          <Field label={t('bulk.with')} className={css['expression'] ?? ''} value={draft.with} disabled={disabled} onChange={(value) => change({ with: value })} {...(draft.regex ? { hint: t('bulk.groups') } : {})} />
        </>
      ) : null}
      {draft.kind === 'decide' ? (
        <>
          <Select label={t('review.field.decision')} value={draft.decision} disabled={disabled} options={decisions.map((value) => ({ value, label: t(`review.decision.${value}`) }))} onChange={(decision) => change({ decision })} />
          {draft.decision === 'reject' && reasons.length > 0 ? <Select label={t('bulk.reason')} value={draft.reason} disabled={disabled} options={[{ value: '', label: t('review.bar.noReason') }, ...reasons.map(({ id, title }) => ({ value: id, label: title }))]} onChange={(reason) => change({ reason })} /> : null}
        </>
      ) : null}
      {draft.kind === 'flag' ? (
        <>
          <Select label={t('review.field.flag')} value={draft.flag} disabled={disabled} options={flags.map((value) => ({ value, label: t(`review.flag.${value}`) }))} onChange={(flag) => change({ flag })} />
          <Segmented label={t('bulk.flagging')} value={draft.value ? 'set' : 'clear'} disabled={disabled} onChange={(value) => change({ value: value === 'set' })} options={[{ value: 'set', label: t('bulk.flagging.set') }, { value: 'clear', label: t('bulk.flagging.clear') }]} />
        </>
      ) : null}
      <div className={css['options']}>
        {draft.kind === 'replace' ? <>{box('regex')}{box('matchCase')}{box('wholeWord')}{box('wholeGraphemes')}</> : null}
        {draft.kind === 'normalise' ? normaliseSteps.map((step) => (
          <Checkbox key={step} checked={draft.steps.includes(step)} disabled={disabled} onChange={(on) => change({ steps: normaliseSteps.filter((each) => (each === step ? on : draft.steps.includes(each))) })}>{t(`bulk.step.${step}`)}</Checkbox>
        )) : null}
        {changesTexts(draft.kind) ? box('acceptedToo') : null}
      </div>
    </>
  );
};
