import type { Why } from '../../main/contract/mine.ts';
import { t } from '../strings/catalogue.ts';
import { decimal } from '../strings/numbers.ts';
import css from './margin-parts.module.css';

/** The margin as it is made: a fraction for ratio, a difference for distance, the cosine alone for absolute. */
export const MarginParts = ({ why }: { readonly why: Why }) => {
  const shown = (part: number): string => (why.offset > 0 ? t('mine.desk.plusOne', { value: decimal(part) }) : decimal(part));
  const [form, words] = why.kind === 'ratio' ? ['over', t('mine.desk.ratio')] : why.kind === 'distance' ? ['plain', t('mine.desk.distance')] : ['plain', t('mine.desk.absolute')];
  return (
    <>
      <div className={css['fraction']}>
        <span className={css[form ?? '']}>{shown(why.cosine)}</span>
        {why.kind === 'absolute' ? null : <span>{why.kind === 'distance' ? `− ${shown(why.denominator)}` : shown(why.denominator)}</span>}
      </div>
      <div className="micro dimmer" style={{ marginBlockStart: 6, lineHeight: 1.3, paddingInline: 8 }}>{words}</div>
      {why.kind === 'absolute' ? null : <div className="micro dim nowrap" style={{ marginBlockStart: 14 }}>{t('mine.desk.means', { source: decimal(why.sourceMean), target: decimal(why.targetMean) })}</div>}
    </>
  );
};
