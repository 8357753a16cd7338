import { Check, CircleQuestionMark, Equal, EqualNot, Flag, Minus, X } from 'lucide-react';
import { useStore } from 'zustand';
import type { Labelling, LabelMethod, LabelSentence, LabelSpan } from '../../../main/contract/label.ts';
import { t } from '../../strings/catalogue.ts';
import { decimal } from '../../strings/numbers.ts';
import { Text } from '../../text/text.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { goTo, labelState } from './state.ts';
import css from './label.module.css';

type Props = { readonly labelling: Labelling; readonly sentence: LabelSentence; readonly span: LabelSpan | undefined };

/** Every span of the sentence: what each method says, whether they agree, what became of it. */
export const SpanTable = ({ labelling, sentence, span }: Props) => (
  <table className={css['table']} aria-label={t('label.table')}>
    <thead><tr>
      <th scope="col" className={css['label']}>{t('label.label')}</th><th scope="col">{t('label.byAlignment')}</th><th scope="col" className={css['verdict']}>{t('label.verdict')}</th>
      <th scope="col">{t('label.byConstrained')}</th><th scope="col" className={css['state']}>{t('label.state')}</th><th scope="col" className={css['score']}>{t('label.sureness')}</th>
    </tr></thead>
    <tbody>{sentence.spans.map((each) => <Row key={each.id} span={each} current={each === span} text={sentence.target} language={labelling.targetLanguage} />)}</tbody>
  </table>
);

const Row = ({ span, current, text, language }: { readonly span: LabelSpan; readonly current: boolean; readonly text: string; readonly language: string }) => {
  const at = useStore(labelState, (state) => state.ids.indexOf(span.id));
  return (
    <tr aria-current={current ? 'true' : undefined}>
      <td className={css['label']}>{at < 0 ? span.label : <button type="button" className={css['open']} onClick={() => goTo(at)}>{span.label}</button>}</td>
      <td><Found span={span} method="alignment" text={text} language={language} /></td>
      <td className={css['verdict']}><Verdict agrees={span.agrees} /></td>
      <td><Found span={span} method="constrained" text={text} language={language} /></td>
      <td className={css['state']}><StateOf span={span} /></td>
      <td className={css['score']}>{decimal(span.sureness, 2)}</td>
    </tr>
  );
};

const Found = ({ span, method, text, language }: { readonly span: LabelSpan; readonly method: LabelMethod; readonly text: string; readonly language: string }) => {
  const found = span.found.find((each) => each.method === method);
  const best = found?.best[0];
  if (best !== undefined) return <Text language={language} as="span">{text.slice(best.from, best.to)}</Text>;
  return <span className="dimmer">{found === undefined ? t('label.notRun') : t('label.abstains')}</span>;
};

const Verdict = ({ agrees }: { readonly agrees: boolean | null }) => {
  const [icon, tone, words] = agrees === null ? [Minus, 'dimmer', t('label.oneOnly')] as const : agrees ? [Equal, 'is-accept', t('label.agree')] as const : [EqualNot, 'is-warn', t('label.differ')] as const;
  return <span><span className={tone}><Icon of={icon} row /></span>{words}</span>;
};

const decided = { accepted: [Check, 'is-accept'], rejected: [X, 'is-reject'], unsure: [CircleQuestionMark, 'is-unsure'] } as const;

const StateOf = ({ span }: { readonly span: LabelSpan }) => (
  <span className="line">
    {span.decision === 'open' ? <span>{span.agrees === true ? t('label.kept') : t('label.decision.open')}</span>
      : <><span className={decided[span.decision][1]}><Icon of={decided[span.decision][0]} row /></span><span>{t(`label.decision.${span.decision}`)}</span></>}
    {span.flagged ? <span className="is-flag" title={t('label.flagged')}><Icon of={Flag} size={12} /><span className="only-read-aloud">{t('label.flagged')}</span></span> : null}
  </span>
);
