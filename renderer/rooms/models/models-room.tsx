import { Check, TriangleAlert } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { Model } from '../../../main/contract/models.ts';
import { ActionButton } from '../../actions/action-button.tsx';
import { useAddress, useApp, useSlice } from '../../stores/hooks.tsx';
import { rich } from '../../strings/rich.tsx';
import { t } from '../../strings/catalogue.ts';
import { bytes, count, rate } from '../../strings/numbers.ts';
import { Button } from '../../widgets/button.tsx';
import { Panel } from '../../widgets/facts.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { Notice } from '../../widgets/notice.tsx';
import { RoomFrame } from '../../widgets/room-frame.tsx';
import { actions } from './actions.ts';
import { ModelDetail } from './model-detail.tsx';
import css from './models-room.module.css';

const [add, probe, verify] = actions;

/** Encoders: what is here, licence, checksum, languages, provider, speed measured on this machine. */
export const ModelsRoom = () => {
  const app = useApp();
  const { path } = useAddress();
  const models = useSlice('models', (slice) => slice.value);
  const failure = useSlice('models', (slice) => slice.failure);
  const host = useSlice('project', (slice) => slice.host);
  const open = models?.find((model) => model.encoder.id === path[0]) ?? models?.[0];
  const usable = models?.filter((model) => model.state === 'ready' || model.state === 'unverified').length ?? 0;
  const held = (models?.length ?? 0) - usable;
  return (
    <RoomFrame name={t('room.models')}
      margin={<Panel heading={t('models.margin')}><p className="small dim" style={{ lineHeight: 1.45 }}>{t('models.words')}</p></Panel>}
      strip={(
        <>
          <h2 className="strong nowrap">{t('models.heading')}</h2>
          <span className="small dim nowrap" style={{ marginInlineStart: 8 }}>{models === undefined ? '' : held === 0 ? t('models.usable', { count: usable }) : t('models.usableHeld', { usable, held })}</span>
          <span className="grow" />
          {add === undefined ? null : <ActionButton action={add} />}
          {probe === undefined ? null : <ActionButton action={probe} />}
        </>
      )}
      statusStart={models === undefined ? null : <span>{rich('models.status', { count: models.length, bundled: models.filter((model) => model.bundled).length })}</span>}
      statusEnd={host === undefined ? null : <span>{t('status.machine', { cores: host.cores, memory: bytes(host.memoryBytes) })}</span>}
    >
      {failure === undefined ? null : <Notice framed failure={failure}><Button small onPress={() => void app.stores.models.getState().reload()}>{t('again')}</Button></Notice>}
      <div className={css['split']}>
        <div className={css['main']}>
          <table className={css['table']} aria-label={t('models.heading')}>
            <thead><tr>
              <th scope="col">{t('models.name')}</th><th scope="col">{t('models.covers')}</th><th scope="col" className={css['end']}>{t('models.dimensions')}</th><th scope="col">{t('models.licence')}</th>
              <th scope="col" className={css['end']}>{t('models.size')}</th><th scope="col" className={css['end']}>{t('models.speed')}</th><th scope="col">{t('models.state')}</th>
            </tr></thead>
            <tbody>
              <tr className={css['group']}><th colSpan={7} scope="colgroup">{t('models.encoders')}</th></tr>
              {models?.map((model) => <ModelRow key={model.encoder.id} model={model} open={model === open} />)}
            </tbody>
          </table>
          {models?.filter((model) => model.state === 'corrupt' || model.state === 'missing').map((model) => (
            <Notice key={model.encoder.id} framed failure={{ code: 'model-corrupt', message: t('models.held', { name: model.encoder.title }), ...(model.note === null ? {} : { detail: model.note }), hint: t('models.heldNext') }}>
              {verify === undefined ? null : <Button small onPress={() => { app.go({ room: 'models', path: [model.encoder.id] }); void verify.run(app); }}>{t('action.verify')}</Button>}
            </Notice>
          ))}
        </div>
        {open === undefined ? <div className={css['detail']} /> : <ModelDetail model={open} />}
      </div>
    </RoomFrame>
  );
};

const ModelRow = ({ model, open }: { readonly model: Model; readonly open: boolean }) => {
  const app = useApp();
  const { encoder } = model;
  const best = model.measures.reduce((most, measure) => Math.max(most, measure.state === 'works' ? measure.sentencesPerSecond ?? 0 : 0), 0);
  return (
    <tr className={open ? css['selected'] : undefined} onClick={() => app.go({ room: 'models', path: [encoder.id] })}>
      <th scope="row"><AriaButton className="ellipsis" onPress={() => app.go({ room: 'models', path: [encoder.id] })} {...(open ? { 'aria-current': 'true' as const } : {})}><bdi>{encoder.title}</bdi></AriaButton></th>
      <td>{encoder.languages.length === 0 ? t('models.notStated') : t('models.languageCount', { count: encoder.languages.length })}</td>
      <td className={css['end']}>{count(encoder.dimension)}</td>
      <td>{encoder.licence === null ? <span className={css['state']}><span className="is-warn"><Icon of={TriangleAlert} size={13} /></span>{t('models.notStated')}</span> : <bdi>{encoder.licence}</bdi>}</td>
      <td className={css['end']}>{bytes(model.bytes)}</td>
      <td className={css['end']}>{best > 0 ? rate(best) : <span className="dimmer">{t('models.notMeasured')}</span>}</td>
      <td><ModelState model={model} /></td>
    </tr>
  );
};

export const ModelState = ({ model }: { readonly model: Model }) => {
  const good = model.state === 'ready';
  const bad = model.state === 'corrupt' || model.state === 'missing';
  return <span className={css['state']}>{good ? <span className="is-accept"><Icon of={Check} size={13} /></span> : bad ? <span className="is-warn"><Icon of={TriangleAlert} size={13} /></span> : null}{t(`models.state.${model.state}`)}</span>;
};
