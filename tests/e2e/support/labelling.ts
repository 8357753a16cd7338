import type { FoundSpans, TextSpan } from '../../../main/contract/label.ts';
import type { Project } from '../../../main/store/api.ts';

/** A labelling with answers of both methods, as a run leaves it: sentences written for the tests, places named by the words that stand there. */

type Place = readonly [words: string, score: number];
type Marked = { readonly label: string; readonly words: string; readonly alignment: Place | null; readonly constrained: readonly Place[] };
type Sentence = { readonly source: string; readonly target: string; readonly spans: readonly Marked[]; readonly links: readonly (readonly [string, string])[] };

export const hindi: readonly Sentence[] = [
  {
    source: 'In March 1962 the poet Sunita Rao opened a school for girls beside the old library in Jabalpur.',
    target: 'मार्च 1962 में कवयित्री सुनीता राव ने जबलपुर में पुराने पुस्तकालय के पास लड़कियों के लिए एक विद्यालय खोला।',
    spans: [
      { label: 'DATE', words: 'March 1962', alignment: ['मार्च 1962', 0.97], constrained: [['मार्च 1962', 0.98]] },
      { label: 'PER', words: 'Sunita Rao', alignment: ['सुनीता राव ने', 0.64], constrained: [['सुनीता राव', 0.71], ['सुनीता राव ने', 0.19], ['कवयित्री सुनीता राव', 0.06], ['राव', 0.02]] },
      { label: 'FAC', words: 'old library', alignment: ['पुराने पुस्तकालय', 0.91], constrained: [['पुराने पुस्तकालय', 0.95]] },
      { label: 'LOC', words: 'Jabalpur', alignment: ['जबलपुर में', 0.7], constrained: [['जबलपुर', 0.74], ['जबलपुर में', 0.2]] },
    ],
    links: [['March', 'मार्च'], ['1962', '1962'], ['poet', 'कवयित्री'], ['Sunita', 'सुनीता'], ['Rao', 'राव'], ['Jabalpur', 'जबलपुर'], ['old', 'पुराने'], ['library', 'पुस्तकालय'], ['school', 'विद्यालय'], ['opened', 'खोला']],
  },
  {
    source: 'Ravi Verma teaches music in Indore.', target: 'रवि वर्मा इंदौर में संगीत पढ़ाते हैं।',
    spans: [
      { label: 'PER', words: 'Ravi Verma', alignment: ['रवि वर्मा', 0.93], constrained: [['रवि वर्मा', 0.97]] },
      { label: 'LOC', words: 'Indore', alignment: ['इंदौर में', 0.66], constrained: [['इंदौर', 0.8], ['इंदौर में', 0.15]] },
    ],
    links: [['Ravi', 'रवि'], ['Verma', 'वर्मा'], ['Indore', 'इंदौर'], ['music', 'संगीत']],
  },
];

export const arabic: readonly Sentence[] = [{
  source: 'Layla Haddad visited the Red Crescent in Cairo.', target: 'زارت ليلى حداد الهلال الأحمر في القاهرة.',
  spans: [
    { label: 'PER', words: 'Layla Haddad', alignment: ['ليلى', 0.5], constrained: [['ليلى حداد', 0.8], ['ليلى', 0.1]] },
    { label: 'ORG', words: 'Red Crescent', alignment: ['الهلال الأحمر', 0.9], constrained: [['الهلال الأحمر', 0.9]] },
    { label: 'LOC', words: 'Cairo', alignment: null, constrained: [['القاهرة', 0.85]] },
  ],
  links: [['Layla', 'ليلى'], ['Haddad', 'حداد'], ['Red', 'الأحمر'], ['Crescent', 'الهلال'], ['Cairo', 'القاهرة']],
}];

export const addLabelling = (project: Project, name: string, targetLanguage: string, sentences: readonly Sentence[]): number => {
  const { labellings } = project;
  const id = labellings.create({ name, sourceLanguage: 'en', targetLanguage, settings: {}, facts: {} });
  labellings.add(id, sentences.map(({ source, target, spans }) => ({ source, target, form: null, spans: spans.map(({ label, words }) => ({ label, source: placeOf(source, words) })) })));
  labellings.finish(id);
  labellings.found(id, new Map(sentences.map(({ source, target, spans, links }, no) => [no, {
    spans: spans.map(({ alignment, constrained }) => [said('alignment', target, alignment === null ? [] : [alignment]), said('constrained', target, constrained)]),
    links: links.map(([one, other]) => ({ source: placeOf(source, one), target: placeOf(target, other) })),
  }])));
  return id;
};

const said = (method: FoundSpans['method'], text: string, places: readonly Place[]): FoundSpans => ({
  method, best: places.map(([words, score]) => ({ ...placeOf(text, words), score })), abstained: places.length === 0 ? 'no-links' : null,
});

const placeOf = (text: string, words: string): TextSpan => {
  const from = text.indexOf(words);
  if (from < 0) throw new Error(`“${words}” does not stand in “${text}”.`);
  return { from, to: from + words.length };
};
