import { Failure } from '../../contract/errors.ts';
import type { labelContract, Labelling, LabelSpan, SpanChange } from '../../contract/label.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import { graphemeEdge } from '../../domain/review/cut-and-join.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import type { StoredLabelling } from '../../store/api-labellings.ts';
import type { FileGate } from '../project/index.ts';
import { exportLabelling } from './export-labelling.ts';

type Part = Pick<PartOf<WorkbenchContract, 'label'>, keyof typeof labelContract>;
type Input = { readonly project: () => Project; readonly gate: FileGate; readonly now: () => number };

/** Ids of an order that are handed out at once: what one page of the room holds in memory. */
const longestOrder = 65_536;

/** Spans that methods have carried over: which of them, least sure first, what their sentence says, and what people decide about them. */
export const createLabellingsService = ({ project, gate, now }: Input): Part => ({
  'label.list': () => project().labellings.list().map((labelling) => described(project(), labelling)),
  'label.get': ({ labelling }) => described(project(), project().labellings.get(labelling)),
  'label.order': ({ labelling, filter }) => {
    const { labellings } = project();
    labellings.get(labelling);
    const { ids, total } = labellings.order(labelling, filter, longestOrder);
    return { ids: [...ids], total, all: labellings.counts(labelling).spans };
  },
  'label.spans': ({ labelling, ids }) => {
    const { labellings } = project();
    const sources = new Map<number, string>();
    const sourceOf = (no: number): string => {
      const text = sources.get(no) ?? labellings.sentences(labelling, no, 1)[0]?.source ?? '';
      sources.set(no, text);
      return text;
    };
    return labellings.spans(labelling, ids).map((span) => ({ ...span, text: sourceOf(span.sentence).slice(span.source.from, span.source.to) }));
  },
  'label.sentence': (asked) => {
    const { labelling } = asked;
    const { labellings } = project();
    const { name } = labellings.get(labelling);
    const no = 'no' in asked ? asked.no : labellings.spans(labelling, [asked.span])[0]?.sentence ?? 0;
    const sentence = labellings.sentences(labelling, no, 1)[0];
    if (sentence === undefined) throw new Failure('not-found', `“${name}” has no sentence ${no + 1}.`);
    return { no, source: sentence.source, target: sentence.target, links: [...sentence.links], spans: [...labellings.spansOf(labelling, no)] };
  },
  'label.agreement': ({ labelling }) => {
    project().labellings.get(labelling);
    return [...project().labellings.agreement(labelling)];
  },
  'label.decide': async ({ labelling, annotator, changes }) => {
    const { labellings, operations, reviews } = project();
    labellings.get(labelling);
    const by = reviews.annotator(annotator);
    const ids = changes.map(({ span }) => span);
    const spans = ids.flatMap((_, at) => (at % 500 === 0 ? [...labellings.spans(labelling, ids.slice(at, at + 500))] : []));
    const texts = new Map<number, string>();
    for (const { sentence } of spans) if (!texts.has(sentence)) texts.set(sentence, labellings.sentences(labelling, sentence, 1)[0]?.target ?? '');
    changes.forEach((change, at) => checkChange(change, spans[at], texts));
    const { entry } = await operations.run({ title: wordsOf(changes, spans), annotator: by.name }, (recorder) => recorder.judgeSpans(labelling, changes.map((change) => ({ ...change, annotator, at: now() }))));
    return { spans: [...labellings.spans(labelling, ids.slice(0, 500))], entry };
  },
  'label.export': (request, { signal }) => exportLabelling(project(), { ...request, path: gate.check(request.path) }, signal),
  'label.remove': async ({ labelling }) => {
    const { labellings, operations } = project();
    const { name } = labellings.get(labelling);
    const { entry } = await operations.run({ title: `Removed the labelling “${name}”`, annotator: '' }, (recorder) => recorder.setLabellingRemoved(labelling, true));
    return { entry };
  },
});

const described = ({ labellings }: Project, { id, name, sourceLanguage, targetLanguage, createdAt }: StoredLabelling): Labelling => ({
  id, name, sourceLanguage, targetLanguage, createdAt, ...labellings.counts(id), methods: [...labellings.methods(id)],
});

/** An accepted span must be a piece of the translation that parts no character. */
const checkChange = ({ span, decision, chosen }: SpanChange, now: LabelSpan | undefined, texts: ReadonlyMap<number, string>): void => {
  if (now === undefined) throw new Failure('not-found', `There is no span ${span}.`);
  const place = chosen === undefined ? now.chosen : chosen;
  if (decision === 'accepted' && place === null) throw new Failure('bad-input', 'A span can be accepted only where it stands in the translation.', { hint: 'Choose a candidate or set its edges first; or say that there is no such span.' });
  if (place === null) return;
  const text = texts.get(now.sentence) ?? '';
  if (!Number.isInteger(place.from) || !Number.isInteger(place.to) || place.from < 0 || place.to <= place.from || place.to > text.length) {
    throw new Failure('bad-input', `The span ${place.from} to ${place.to} does not lie in its translation, which has ${text.length} units.`);
  }
  if (graphemeEdge(text, place.from) !== place.from || graphemeEdge(text, place.to) !== place.to) throw new Failure('bad-input', 'The edge of this span would part a character.', { hint: 'Move it by whole words or characters.' });
};

const verbs = { accepted: 'Accepted', rejected: 'No span', unsure: 'Unsure', open: 'Opened again' } as const;

/** The words of the history, e.g. "Accepted, PER in sentence 12". */
const wordsOf = (changes: readonly SpanChange[], spans: readonly LabelSpan[]): string => {
  const [first] = changes;
  const verb = first?.decision === undefined ? first?.flagged === undefined ? 'Moved the edges' : first.flagged ? 'Flagged' : 'Flag taken away' : verbs[first.decision];
  return changes.length === 1 ? `${verb}, ${spans[0]?.label ?? ''} in sentence ${(spans[0]?.sentence ?? 0) + 1}` : `${verb}, ${changes.length.toLocaleString('en')} spans`;
};
