import { FolderPlus, Gauge, ShieldCheck, Trash2 } from 'lucide-react';
import { action, isOpen, type Action } from '../../actions/action.ts';
import type { App } from '../../stores/app.ts';
import { t } from '../../strings/catalogue.ts';

/** The open model: the one in the address, else the first. */
export const openModel = (app: App): string | undefined => {
  const address = app.stores.address.getState().address;
  const models = app.stores.models.getState().value ?? [];
  const named = address?.room === 'models' ? models.find((model) => model.encoder.id === address.path[0]) : undefined;
  return (named ?? models[0])?.encoder.id;
};

export const actions: readonly Action[] = [
  action({ id: 'models.add', label: 'action.addModel', keys: ['A'], icon: FolderPlus, scope: 'models', run: (app) => app.stores.ui.getState().open({ kind: 'add-model' }) }),
  action({
    id: 'models.probe', label: 'action.probe', keys: ['M'], icon: Gauge, scope: 'models',
    when: (app) => (!isOpen(app, 'models') ? false : openModel(app) === undefined ? { why: 'why.noModel' } : app.stores.models.getState().probe?.running === true ? { why: 'why.probing' } : true),
    run: (app) => { const id = openModel(app); return id === undefined ? undefined : app.stores.models.getState().startProbe(id); },
  }),
  action({
    id: 'models.verify', label: 'action.verify', keys: ['C'], icon: ShieldCheck, scope: 'models',
    when: (app) => (!isOpen(app, 'models') ? false : openModel(app) === undefined ? { why: 'why.noModel' } : true),
    run: (app) => app.attempt(async () => {
      const id = openModel(app);
      if (id === undefined) return;
      const model = await app.link.call('models.verify', { id });
      await app.stores.models.getState().reload();
      if (model.state === 'ready') app.stores.ui.getState().say({ text: t('models.verified', { name: model.encoder.title }) });
    }),
  }),
  action({
    id: 'models.remove', label: 'action.removeModel', keys: [], icon: Trash2, scope: 'models',
    when: (app) => {
      const model = app.stores.models.getState().value?.find((each) => each.encoder.id === openModel(app));
      return !isOpen(app, 'models') ? false : model === undefined ? { why: 'why.noModel' } : model.bundled ? { why: 'why.bundled' } : true;
    },
    run: (app) => app.attempt(async () => {
      const id = openModel(app);
      if (id === undefined) return;
      await app.link.call('models.remove', { id });
      app.stores.ui.getState().say({ text: t('models.removed', { name: id }) });
    }),
  }),
];
