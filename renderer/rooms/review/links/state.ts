import { createStore } from 'zustand/vanilla';
import type { PairRow } from '../../../../main/contract/pairs.ts';
import type { App } from '../../../stores/app.ts';
import { latest } from '../../../stores/latest.ts';
import { toFailureData, type FailureData } from '../../../link/link.ts';
import { stepWord, type Word, type WordLinks } from './linked-words.ts';

export type LinksState = {
  /** The texts that the links belong to. */
  readonly key: string;
  readonly links: WordLinks | undefined;
  readonly word: Word | undefined;
  readonly isAsking: boolean;
  readonly failure: FailureData | undefined;
};

const nothing: LinksState = { key: '', links: undefined, word: undefined, isAsking: false, failure: undefined };
export const linksState = createStore<LinksState>()(() => nothing);

export const textsKey = ({ source, target }: PairRow): string => JSON.stringify([source.language, source.text, target.language, target.text]);

let ask: ReturnType<typeof createAsk> | undefined;
const createAsk = (app: App) => latest((signal, { source, target }: PairRow) => app.link.call('review.wordLinks', { source: { text: source.text, language: source.language }, target: { text: target.text, language: target.language } }, { signal }));

/** Asks for the links of a pair, once; only when somebody points at a word, because an encoder has to read both texts. Undefined: there are none, or another pair was asked for since. */
export const loadLinks = async (app: App, row: PairRow): Promise<WordLinks | undefined> => {
  const key = textsKey(row);
  const now = linksState.getState();
  if (now.key === key && (now.links !== undefined || now.isAsking || now.failure !== undefined)) return now.links;
  linksState.setState({ ...nothing, key, isAsking: true });
  ask ??= createAsk(app);
  try {
    const links = await ask(row);
    if (links === undefined || linksState.getState().key !== key) return undefined;
    linksState.setState({ links, isAsking: false });
    return links;
  } catch (thrown) {
    if (linksState.getState().key === key) linksState.setState({ isAsking: false, failure: toFailureData(thrown) });
    return undefined;
  }
};

/** Shows what the next word belongs to, or the one before; beyond the last word nothing. */
export const step = async (app: App, row: PairRow, by: 1 | -1): Promise<void> => {
  const links = await loadLinks(app, row);
  const { word, key } = linksState.getState();
  if (links !== undefined && key === textsKey(row)) linksState.setState({ word: stepWord(links, word, by) });
};

export const forgetWord = (): void => { if (linksState.getState().word !== undefined) linksState.setState({ word: undefined }); };
