import { useState } from 'react';
import type { Collection } from '../../../main/contract/corpora.ts';
import { useApp } from '../../stores/hooks.tsx';
import { t } from '../../strings/catalogue.ts';
import { Field } from '../../widgets/field.tsx';
import { corporaState } from './state.ts';

/** A collection's name while it is being written, in its own place. Enter keeps it, Esc and leaving do not. */
export const NameField = ({ collection }: { readonly collection: Collection }) => {
  const app = useApp();
  const [name, setName] = useState(collection.name);
  const done = (): void => corporaState.setState({ renaming: false });
  const keep = async (): Promise<void> => {
    done();
    const wanted = name.trim();
    if (wanted === '' || wanted === collection.name) return;
    await app.attempt(() => app.link.call('corpora.rename', { collection: collection.id, name: wanted }));
  };
  return (
    <div style={{ inlineSize: 260 }} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); done(); } }}>
      <Field bare autoFocus label={t('corpora.name')} value={name} onChange={setName} onEnter={() => void keep()} onBlur={done} />
    </div>
  );
};
