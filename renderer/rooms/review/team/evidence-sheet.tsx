import { useState } from 'react';
import type { PairOrigin } from '../../../../main/contract/pairs.ts';
import type { Evidence } from '../../../../main/contract/review-team.ts';
import { PrecisionBands } from '../../../charts/precision-bands.tsx';
import { useAsker } from '../../../stores/annotator.ts';
import { useApp, useQuery } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { count, decimal, percent, readNumber } from '../../../strings/numbers.ts';
import { Button } from '../../../widgets/button.tsx';
import { Facts } from '../../../widgets/facts.tsx';
import { Field } from '../../../widgets/field.tsx';
import { Notice } from '../../../widgets/notice.tsx';
import { Select } from '../../../widgets/select.tsx';
import { Sheet } from '../../../widgets/sheet.tsx';
import { columnName } from '../filters/chip-words.ts';
import { originOf, useOrigins } from '../queues/origins.ts';
import css from './team.module.css';

type Props = { readonly origin: PairOrigin; readonly onClose: () => void };

const fewestBands = 2;
const mostBands = 20;

/** What judged pairs say about a threshold: how many are right in each band of a score, and the cut that reaches a wanted precision. */
export const EvidenceSheet = ({ origin, onClose }: Props) => {
  const app = useApp();
  const asker = useAsker();
  const of = originOf(useOrigins(), origin);
  const columns = (useQuery('pairs.columns', { origin }).data ?? []).filter((column) => column.kind === 'score').map((column) => column.name);
  const [chosen, setChosen] = useState<string>();
  const [wanted, setWanted] = useState('95');
  const [bands, setBands] = useState('5');
  const column = chosen ?? (columns.includes('margin') ? 'margin' : columns[0]);
  const share = readNumber(wanted);
  const bandCount = readNumber(bands);
  const isWanted = share !== undefined && share > 0 && share < 100;
  const areBands = bandCount !== undefined && Number.isInteger(bandCount) && bandCount >= fewestBands && bandCount <= mostBands;
  const question = column !== undefined && isWanted && areBands ? { origin, column, bands: bandCount, wanted: share / 100, ...asker } : null;
  const { data, stale, failure } = useQuery('review.evidence', question, { touches: ['pairs', 'runs', 'project'] });
  const isMargin = 'run' in origin && column === 'margin';
  const cut = data?.cut ?? undefined;
  const place = (): Promise<unknown> => app.attempt(async () => {
    if (!('run' in origin) || cut === undefined || question === null) return;
    await app.link.call('review.cutByEvidence', { run: origin.run, cut, wanted: question.wanted, bands: question.bands, ...asker });
    onClose();
    app.stores.ui.getState().say({ text: t('evidence.placed', { cut: decimal(cut) }), undo: true });
  });
  return (
    <Sheet title={t('evidence.title')} note={of?.name ?? ''} width={820} onClose={onClose}
      foot={(
        <>
          <span className="small dim grow">{isMargin ? t('evidence.kept') : t('evidence.onlyMargin')}</span>
          <Button onPress={() => app.stores.ui.getState().open({ kind: 'queue', origin, predicate: null, sampling: 'stratified' })}>{t('evidence.sample')}</Button>
          <Button primary disabled={!isMargin || cut === undefined || stale} onPress={() => void place()}>{cut === undefined ? t('evidence.cut') : t('evidence.cutAt', { cut: decimal(cut) })}</Button>
        </>
      )}>
      <div className={css['sheet']}>
        <div className={css['row']}>
          <Select label={t('evidence.score')} value={column ?? null} options={columns.map((value) => ({ value, label: columnName(value) }))} onChange={setChosen} />
          <Field label={t('evidence.wanted')} numeric className={css['short'] ?? ''} value={wanted} onChange={setWanted} fault={isWanted ? undefined : t('evidence.wantedFault')} />
          <Field label={t('evidence.bands')} numeric className={css['short'] ?? ''} value={bands} onChange={setBands} fault={areBands ? undefined : t('evidence.bandsFault', { least: String(fewestBands), most: String(mostBands) })} />
        </div>
        {failure === undefined ? null : <Notice failure={failure} />}
        {columns.length === 0 ? <p className="small dim">{t('evidence.noScore')}</p> : null}
        {data === undefined ? null : (
          <div className={`${css['part']} ${stale ? 'is-stale' : ''}`} aria-busy={stale}>
            <PrecisionBands bands={data.bands} curve={data.curve} wanted={question?.wanted} cut={cut} present={isMargin ? (of?.cut ?? undefined) : undefined} says={saysOf(data)}
              words={{ wanted: t('evidence.line', { wanted: percent(question?.wanted ?? 0) }), cut: cut === undefined ? '' : t('evidence.cutHere', { cut: decimal(cut) }), present: t('evidence.present'), none: t('evidence.nobody'), of: (right, judged) => t('evidence.of', { right: count(right), judged: count(judged) }) }} />
            {data.withheld === 0 ? null : <p className="small dim">{t('team.withheld', { pairs: count(data.withheld) })}</p>}
            <Result data={data} />
          </div>
        )}
      </div>
    </Sheet>
  );
};

const Result = ({ data }: { readonly data: Evidence }) => {
  const at = data.cut === null ? undefined : data.curve.find((point) => point.cut === data.cut);
  const all = data.curve[0]?.kept ?? 0;
  const unjudged = data.bands.filter((band) => band.judged === 0 && band.pairs > 0 && band.high > (data.cut ?? Infinity)).length;
  if (data.cut === null) return <p role="status" dir="auto">{data.reason}</p>;
  return (
    <div role="status"><Facts wide facts={[
      [t('evidence.keeps'), at === undefined ? null : <b>{t('evidence.keepsOf', { kept: count(at.kept), all: count(all) })}</b>],
      [t('evidence.precision'), at === undefined ? null : t('evidence.interval', { value: percent(at.precision, 1), low: percent(at.low, 1), high: percent(at.high, 1) })],
      [t('evidence.judged'), count(data.judged)],
      [t('evidence.unjudged'), unjudged === 0 ? null : <span className="is-warn">{t('evidence.unjudgedWords', { count: unjudged })}</span>],
    ]} /></div>
  );
};

const saysOf = ({ column, bands }: Evidence): string => t('evidence.says', {
  column: columnName(column),
  bands: bands.map((band) => t('evidence.saysBand', { low: decimal(band.low, 2), high: decimal(band.high, 2), right: count(band.right), judged: count(band.judged) })).join('; '),
});
