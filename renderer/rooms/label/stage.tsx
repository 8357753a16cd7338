import { useLayoutEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useStore } from 'zustand';
import type { Labelling, LabelSentence, LabelSpan, TextSpan } from '../../../main/contract/label.ts';
import { t, tIfAny } from '../../strings/catalogue.ts';
import { decimal } from '../../strings/numbers.ts';
import { directionOf, languageName, textAttributes } from '../../text/languages.ts';
import { KeyCap } from '../../widgets/key-cap.tsx';
import { candidatesOf, isSame, offered, overlaps, piecesOf, touched, type Candidate } from './spans.ts';
import { drawLinks, type DrawnLink } from './link-curves.ts';
import { labelState } from './state.ts';
import css from './label.module.css';

type Props = { readonly labelling: Labelling; readonly sentence: LabelSentence; readonly span: LabelSpan | undefined };

/** A sentence over its translation: word links between them, and under the translation each candidate as a bracket in a lane of its own. The translation never changes. */
export const Stage = ({ labelling, sentence, span }: Props) => {
  const choice = useStore(labelState, (state) => state.choice);
  const chosen = choice ?? (span === undefined ? null : offered(span));
  const [hovered, setHovered] = useState<Hovered>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const target = piecesOf(sentence.target, labelling.targetLanguage);
  const source = piecesOf(sentence.source, labelling.sourceLanguage);
  const candidates = span === undefined ? [] : candidatesOf(span);
  const curves = useCurves(canvas, sentence, span, chosen, source, target);
  const linked = linkedTo(sentence, hovered, source, target);
  useLayoutEffect(() => { canvas.current?.querySelector('[data-chosen]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }); }, [sentence, span?.id]);
  return (
    <section className={css['stage']} aria-label={t('label.stage')}>
      <div className={css['captions']}>
        <Side language={labelling.sourceLanguage} words={t('label.sourceSpans', { count: sentence.spans.length })} />
        <span />
        <Side language={labelling.targetLanguage} words={t('label.fixed')} target />
        <div className={css['names']}>
          {candidates.map((each) => <LaneName key={each.key} candidate={each} on={isSame(chosen, each)} />)}
          {span?.found.filter(({ best }) => best.length === 0).map(({ method, abstained }) => <div key={method} className={css['abstains']}>{t(`label.method.${method}`)}: {tIfAny(`label.abstain.${abstained ?? ''}`, t('label.abstains'))}</div>)}
        </div>
      </div>
      <div className={css['texts']} tabIndex={0} role="group" aria-label={t('label.texts')}>
        <div ref={canvas} className={css['canvas']} onPointerLeave={() => setHovered(null)}>
          <SourceLine language={labelling.sourceLanguage} sentence={sentence} pieces={source} span={span} linked={linked.source} onHover={setHovered} />
          <div className={css['lanes']} dir={directionOf(labelling.targetLanguage)} style={{ gridTemplateColumns: `repeat(${Math.max(1, target.length)}, auto) minmax(0, 1fr)` }}>
            {target.map((piece, at) => (
              <span key={piece.from} data-target={at} {...textAttributes(labelling.targetLanguage)} onPointerEnter={() => setHovered({ side: 'target', at })} data-hovered={linked.target.has(at) ? '' : undefined}
                {...(overlaps(piece, chosen) ? { 'data-chosen': '' } : {})} className={`text read ${css['word']} ${css['target']} ${overlaps(piece, chosen) ? css['in'] : ''}`} style={{ gridColumn: at + 1 }}>
                {sentence.target.slice(piece.from, piece.to)}
              </span>
            ))}
            {candidates.map((each, lane) => <Lane key={each.key} lane={lane} candidate={each} pieces={target} on={isSame(chosen, each)} />)}
          </div>
          <svg className={css['links']} aria-hidden="true">
            {curves.map(({ path, kind }, index) => <path key={index} d={path} fill="none" {...looks[kind]} />)}
          </svg>
        </div>
      </div>
    </section>
  );
};

const looks = {
  chosen: { stroke: 'var(--target)', strokeWidth: 2.25 },
  span: { stroke: 'var(--ink-3)', strokeWidth: 1.25 },
  other: { stroke: 'var(--ink-faint)', strokeWidth: 1, strokeDasharray: '2 3' },
} as const;

type Hovered = { readonly side: 'source' | 'target'; readonly at: number } | null;

const Side = ({ language, words, target = false }: { readonly language: string; readonly words: string; readonly target?: boolean }) => (
  <div className={css['side']}><span className={`${css['mark']} ${target ? css['ofTarget'] : ''}`} /><b>{languageName(language)}</b><div className="dimmer">{words}</div></div>
);

const LaneName = ({ candidate, on }: { readonly candidate: Candidate; readonly on: boolean }) => (
  <Button className={css['name'] ?? ''} aria-pressed={on} onPress={() => choose(candidate)}>
    <KeyCap chord={candidate.key} /><span>{candidate.rank === 0 ? t(`label.method.${candidate.method}`) : t('label.nextBest')}</span><span className={css['score']}>{decimal(candidate.score, 2)}</span>
  </Button>
);

const choose = ({ from, to }: TextSpan): void => labelState.setState({ choice: { from, to } });

const Lane = ({ lane, candidate, pieces, on }: { readonly lane: number; readonly candidate: Candidate; readonly pieces: readonly TextSpan[]; readonly on: boolean }) => {
  const place = touched(pieces, candidate);
  return (
    <>
      <span className={css['lane']} style={{ gridRow: lane + 2 }} />
      {place === null ? null : <button type="button" aria-hidden="true" tabIndex={-1} className={`${css['bracket']} ${css[candidate.method] ?? ''} ${on ? css['on'] : ''}`} style={{ gridRow: lane + 2, gridColumn: `${place.first + 1} / ${place.end + 1}` }} onClick={() => choose(candidate)} />}
    </>
  );
};

type LineProps = { readonly language: string; readonly sentence: LabelSentence; readonly pieces: readonly TextSpan[]; readonly span: LabelSpan | undefined; readonly linked: ReadonlySet<number>; readonly onHover: (hovered: Hovered) => void };

/** The source in its own spacing; spans that lie in one another are drawn by the outer one, the open one before all. */
const SourceLine = ({ language, sentence, pieces, span, linked, onHover }: LineProps) => {
  const { source, spans } = sentence;
  const shown = outermost(spans, span);
  const parts: React.ReactNode[] = [];
  const words = (from: number, to: number): React.ReactNode => pieces.flatMap((piece, at) => (piece.from < to && piece.to > from
    ? [<span key={piece.from} data-source={at} className={css['word']} data-hovered={linked.has(at) ? '' : undefined} onPointerEnter={() => onHover({ side: 'source', at })}>{source.slice(Math.max(from, piece.from), Math.min(to, piece.to))}</span>, spaceBehind(source, piece, pieces[at + 1], to)] : []));
  let at = 0;
  for (const each of shown) {
    if (each.source.from > at) parts.push(words(at, each.source.from));
    parts.push(<span key={`span-${each.id}`} className={`${css['source']} ${each === span ? css['now'] : ''}`}><small>{each.label}</small>{words(each.source.from, each.source.to)}</span>, spaceBehind(source, each.source, pieces.find(({ from }) => from >= each.source.to), source.length));
    at = each.source.to;
  }
  parts.push(words(at, source.length));
  return <div {...textAttributes(language)} className={`text read ${css['line']}`}>{parts}</div>;
};

/** The white space behind a piece, where it lies before `end`. */
const spaceBehind = (text: string, piece: TextSpan, next: TextSpan | undefined, end: number): React.ReactNode => {
  const to = Math.min(next?.from ?? text.length, end);
  return to > piece.to ? <span key={`space-${piece.to}`}>{text.slice(piece.to, to)}</span> : null;
};

const outermost = (spans: readonly LabelSpan[], open: LabelSpan | undefined): readonly LabelSpan[] => {
  const kept: LabelSpan[] = [];
  const byRank = [...spans].sort((one, other) => Number(other === open) - Number(one === open) || (other.source.to - other.source.from) - (one.source.to - one.source.from));
  for (const each of byRank) if (kept.every(({ source }) => each.source.to <= source.from || each.source.from >= source.to)) kept.push(each);
  return kept.sort((one, other) => one.source.from - other.source.from);
};

const linkedTo = ({ links }: LabelSentence, hovered: Hovered, source: readonly TextSpan[], target: readonly TextSpan[]): { readonly source: ReadonlySet<number>; readonly target: ReadonlySet<number> } => {
  const found = { source: new Set<number>(), target: new Set<number>() };
  const piece = hovered === null ? undefined : (hovered.side === 'source' ? source : target)[hovered.at];
  if (hovered === null || piece === undefined) return found;
  found[hovered.side].add(hovered.at);
  for (const link of links) {
    if (!overlaps(piece, link[hovered.side])) continue;
    const [other, pieces] = hovered.side === 'source' ? ['target', target] as const : ['source', source] as const;
    pieces.forEach((each, at) => { if (overlaps(each, link[other])) found[other].add(at); });
  }
  return found;
};

/** Curves from word to word, where the browser has set the words; anew when the texts, the window or the faces change. */
const useCurves = (canvas: React.RefObject<HTMLDivElement | null>, sentence: LabelSentence, span: LabelSpan | undefined, chosen: TextSpan | null, source: readonly TextSpan[], target: readonly TextSpan[]): readonly DrawnLink[] => {
  const [curves, setCurves] = useState<readonly DrawnLink[]>([]);
  const place = chosen === null ? '' : `${chosen.from}-${chosen.to}`;
  useLayoutEffect(() => {
    const box = canvas.current;
    if (box === null) return undefined;
    const draw = (): void => setCurves(drawLinks(box, sentence.links, source, target, span?.source ?? null, chosen));
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(box);
    document.fonts.addEventListener('loadingdone', draw);
    return () => { observer.disconnect(); document.fonts.removeEventListener('loadingdone', draw); };
    // Pieces follow from the sentence, the choice is told by its place.
  }, [sentence, span?.id, place]);
  return curves;
};
