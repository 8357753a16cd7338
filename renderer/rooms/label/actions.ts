import { ArrowDown, ArrowUp, Check, CircleQuestionMark, FileUp, Flag, ListOrdered, MoveHorizontal, RotateCcw, Tags, Trash2, X } from 'lucide-react';
import type { SpanChange, TextSpan } from '../../../main/contract/label.ts';
import { action, hasProject, isOpen, type Action } from '../../actions/action.ts';
import { annotatorNow } from '../../stores/annotator.ts';
import type { App } from '../../stores/app.ts';
import { t } from '../../strings/catalogue.ts';
import type { PlainKey } from '../../strings/catalogue.ts';
import { directionOf } from '../../text/languages.ts';
import { candidatesOf, moveEdge, offered, piecesOf } from './spans.ts';
import { goTo, labelState, spanNow } from './state.ts';

const hasSpan = (app: App): true | false | { readonly why: PlainKey } =>
  (!isOpen(app, 'label') ? false : spanNow(labelState.getState()) === undefined ? { why: 'label.why.noSpan' } : true);

/** What stands chosen for the open span. */
export const chosenNow = (): TextSpan | null => {
  const state = labelState.getState();
  const span = spanNow(state);
  return state.choice ?? (span === undefined ? null : offered(span));
};

/** Says something about the open span, and goes on to the next one where that settles it. */
const say = (app: App, change: Omit<SpanChange, 'span'>, { goesOn }: { readonly goesOn: boolean }): void | Promise<unknown> => {
  const { labelling, at } = labelState.getState();
  const span = spanNow(labelState.getState());
  const annotator = annotatorNow(app);
  if (labelling === undefined || span === undefined) return undefined;
  if (annotator === undefined) { labelState.setState({ asksWho: true }); return undefined; }
  return app.attempt(async () => {
    await app.link.call('label.decide', { labelling: labelling.id, annotator, changes: [{ span: span.id, ...change }] });
    if (goesOn && labelState.getState().at === at) goTo(at + 1);
  });
};

const edge = (which: 'start' | 'end', key: string, label: PlainKey, forward: boolean): Action => action({
  id: `label.${which}${forward ? 'Forward' : 'Back'}`, label, keys: [key], icon: MoveHorizontal, scope: 'label', when: hasSpan,
  run: () => {
    const { labelling, sentence } = labelState.getState();
    const now = chosenNow();
    if (labelling === undefined || sentence === undefined || now === null) return;
    // The arrow points where the edge goes on the screen; a text from right to left goes forward to the left.
    const ahead = forward === (directionOf(labelling.targetLanguage) === 'ltr');
    labelState.setState({ choice: moveEdge(piecesOf(sentence.target, labelling.targetLanguage), now, which, ahead ? 1 : -1) });
  },
});

const candidate = (key: string): Action => action({
  id: `label.candidate${key}`, label: `label.candidate${key}` as PlainKey, keys: [key], icon: ListOrdered, scope: 'label',
  when: (app) => {
    const span = spanNow(labelState.getState());
    return !isOpen(app, 'label') || span === undefined ? false : candidatesOf(span).some((each) => each.key === key);
  },
  run: () => {
    const span = spanNow(labelState.getState());
    const found = span === undefined ? undefined : candidatesOf(span).find((each) => each.key === key);
    if (found !== undefined) labelState.setState({ choice: { from: found.from, to: found.to } });
  },
});

/** The ending of the file says the format; a file that is there already is not replaced. */
const exportOf = (side: 'source' | 'target', keys: readonly string[]): Action => action({
  id: `label.export.${side}`, label: `label.action.export.${side}`, keys, icon: FileUp, scope: 'label',
  when: (app) => isOpen(app, 'label') && labelState.getState().labelling !== undefined,
  run: (app) => app.attempt(async () => {
    const { labelling } = labelState.getState();
    if (labelling === undefined) return;
    const language = side === 'source' ? labelling.sourceLanguage : labelling.targetLanguage;
    const [path] = await app.stores.ui.getState().choose({ want: 'save', title: t(`label.action.export.${side}`), button: t('choose.save'), endings: ['.conll', '.jsonl'], suggestedName: `${labelling.name.replace(/\W+/gu, '-')}.${language}.conll` });
    if (path === undefined) return;
    const { spans, losses, file } = await app.link.call('label.export', { labelling: labelling.id, path, side, to: path.endsWith('.jsonl') ? 'jsonl' : 'conll', overwrite: false });
    app.stores.ui.getState().say({ text: [t('label.exported', { count: spans, path: file.path }), ...losses].join(' ') });
  }),
});

/** Everything the room can do: edges by word, candidates by number, decisions by letter. */
export const actions: readonly Action[] = [
  action({ id: 'label.accept', label: 'label.action.accept', keys: ['A'], icon: Check, scope: 'label', when: (app) => (hasSpan(app) === true && chosenNow() === null ? { why: 'label.why.noPlace' } : hasSpan(app)), run: (app) => say(app, { decision: 'accepted', chosen: chosenNow() }, { goesOn: true }) }),
  action({ id: 'label.unsure', label: 'label.action.unsure', keys: ['U'], icon: CircleQuestionMark, scope: 'label', when: hasSpan, run: (app) => say(app, { decision: 'unsure', chosen: chosenNow() }, { goesOn: true }) }),
  action({ id: 'label.reject', label: 'label.action.reject', keys: ['R'], icon: X, scope: 'label', when: hasSpan, run: (app) => say(app, { decision: 'rejected', chosen: null }, { goesOn: true }) }),
  action({ id: 'label.flag', label: 'label.action.flag', keys: ['F'], icon: Flag, scope: 'label', when: hasSpan, run: (app) => say(app, { flagged: spanNow(labelState.getState())?.flagged !== true }, { goesOn: false }) }),
  edge('end', 'ArrowRight', 'label.action.endRight', true), edge('end', 'ArrowLeft', 'label.action.endLeft', false),
  edge('start', 'Shift+ArrowRight', 'label.action.startRight', true), edge('start', 'Shift+ArrowLeft', 'label.action.startLeft', false),
  ...['0', '1', '2', '3', '4'].map(candidate),
  action({ id: 'label.next', label: 'label.action.next', keys: ['ArrowDown', 'J'], icon: ArrowDown, scope: 'label', when: hasSpan, run: () => goTo(labelState.getState().at + 1) }),
  action({ id: 'label.previous', label: 'label.action.previous', keys: ['ArrowUp', 'K', 'Backspace'], icon: ArrowUp, scope: 'label', when: hasSpan, run: () => goTo(labelState.getState().at - 1) }),
  action({
    id: 'label.refresh', label: 'label.action.refresh', keys: ['Shift+R'], icon: RotateCcw, scope: 'label',
    when: (app) => isOpen(app, 'label') && labelState.getState().labelling !== undefined,
    run: () => { const { round } = labelState.getState(); labelState.setState({ round: round + 1, at: 0, choice: undefined }); },
  }),
  action({ id: 'label.carry', label: 'label.action.carry', keys: ['N'], icon: Tags, scope: 'label', when: hasProject, run: (app) => app.stores.ui.getState().open({ kind: 'carry-labels' }) }),
  exportOf('target', ['E']), exportOf('source', []),
  action({
    id: 'label.remove', label: 'label.action.remove', keys: [], icon: Trash2, scope: 'label',
    when: (app) => isOpen(app, 'label') && labelState.getState().labelling !== undefined,
    run: (app) => app.attempt(async () => {
      const { labelling } = labelState.getState();
      if (labelling === undefined) return;
      await app.link.call('label.remove', { labelling: labelling.id });
      app.go({ room: 'label', path: [] });
      app.stores.ui.getState().say({ text: t('label.removed', { name: labelling.name }), undo: true });
    }),
  }),
];

export const labelAction = (id: string): Action => {
  const found = actions.find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no action "${id}". The label room has: ${actions.map((each) => each.id).join(', ')}.`);
  return found;
};
