import type { PairRow } from '../../../../main/contract/pairs.ts';
import type { Side } from '../../../../main/contract/review.ts';
import { t } from '../../../strings/catalogue.ts';
import { directionOf, languageName } from '../../../text/languages.ts';
import { Text } from '../../../text/text.tsx';
import { reviewState, type Splitting } from '../state.ts';
import { nextPlace } from './split-places.ts';
import css from './desk.module.css';

type Props = { readonly row: PairRow; readonly side: Side; readonly splitting: Splitting; readonly autoFocus: boolean };

/** A side with the place where it would be cut. Arrow keys move it as the text runs, by words, with Shift by graphemes. */
export const SplitSide = ({ row, side, splitting, autoFocus }: Props) => {
  const { text, language } = row[side];
  const at = splitting[side];
  const forward = directionOf(language) === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if ((event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    reviewState.setState({ splitting: { ...splitting, [side]: nextPlace(text, language, at, event.key === forward ? 1 : -1, event.shiftKey ? 'grapheme' : 'word') } });
  };
  return (
    <div role="slider" tabIndex={0} ref={autoFocus ? takeFocus : undefined} aria-label={t('review.split.place', { language: languageName(language) })} aria-valuemin={1} aria-valuemax={Math.max(1, text.length - 1)} aria-valuenow={at}
      aria-valuetext={t('review.split.says', { before: text.slice(0, at).trim().slice(-40), after: text.slice(at).trim().slice(0, 40) })} className={css['split']} onKeyDown={onKeyDown}>
      <Text language={language} read>{text.slice(0, at)}<span aria-hidden="true" className={css['cutMark']} />{text.slice(at)}</Text>
    </div>
  );
};

const takeFocus = (element: HTMLElement | null): void => { if (element !== null && !element.parentElement?.parentElement?.contains(document.activeElement)) element.focus(); };
