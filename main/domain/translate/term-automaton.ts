/**
 * A finite automaton over target tokens that knows which terms a translation holds already.
 *
 * One term has one or more forms (token sequences), of which any will do, and is wanted one or more times, not overlapping. The state is the product of
 * the terms' own; a form that breaks off falls back to its longest border (Knuth, Morris and Pratt), so that no occurrence is missed.
 */
export type Term = { readonly forms: readonly Int32Array[]; readonly times: number };

/** What of a term has been written: whole occurrences, and how far each form has come since the last of them. */
type TermState = { readonly done: number; readonly reached: readonly number[] };

/** States are values: the same one may be continued in several ways. */
export type TermsState = readonly TermState[];

export type TermAutomaton = {
  readonly start: TermsState;
  after(state: TermsState, token: number): TermsState;
  /** Tokens of terms that are written, as the shortest form of each counts them: 0 .. total. The bank of a hypothesis in dynamic beam allocation. */
  met(state: TermsState): number;
  readonly total: number;
  /** Tokens that bring an open term further, each once. */
  wanted(state: TermsState): readonly number[];
  /** Numbers of the terms that are not written often enough. */
  open(state: TermsState): readonly number[];
};

export const termAutomaton = (terms: readonly Term[]): TermAutomaton => {
  const borders = terms.map(({ forms }) => forms.map(bordersOf));
  const shortest = terms.map(({ forms }) => Math.min(...forms.map((form) => form.length)));

  const afterOne = (at: number, state: TermState, token: number): TermState => {
    const term = terms[at];
    if (term === undefined || state.done >= term.times) return state;
    const reached = term.forms.map((form, number) => advance(form, borders[at]?.[number] ?? emptyBorders, state.reached[number] ?? 0, token));
    const complete = term.forms.some((form, number) => reached[number] === form.length);
    return complete ? { done: state.done + 1, reached: term.forms.map(() => 0) } : { done: state.done, reached };
  };

  const metOfOne = (at: number, { done, reached }: TermState): number => {
    const length = shortest[at] ?? 0;
    const missing = Math.min(length, ...(terms[at]?.forms ?? []).map((form, number) => form.length - (reached[number] ?? 0)));
    return done * length + (done < (terms[at]?.times ?? 0) ? length - missing : 0);
  };

  return {
    start: terms.map(({ forms }) => ({ done: 0, reached: forms.map(() => 0) })),
    after: (state, token) => state.map((one, at) => afterOne(at, one, token)),
    met: (state) => state.reduce((sum, one, at) => sum + metOfOne(at, one), 0),
    total: terms.reduce((sum, { times }, at) => sum + times * (shortest[at] ?? 0), 0),
    wanted: (state) => [...new Set(state.flatMap(({ done, reached }, at) => {
      const term = terms[at];
      return term === undefined || done >= term.times ? [] : term.forms.flatMap((form, number) => form[reached[number] ?? 0] ?? []);
    }))],
    open: (state) => state.flatMap(({ done }, at) => (done < (terms[at]?.times ?? 0) ? [at] : [])),
  };
};

const emptyBorders = new Int32Array();

/** For each prefix of a form: the length of its longest proper prefix that is its end too. */
const bordersOf = (form: Int32Array): Int32Array => {
  const borders = new Int32Array(form.length);
  for (let at = 1; at < form.length; at += 1) borders[at] = advance(form, borders, borders[at - 1] ?? 0, form[at] ?? -1);
  return borders;
};

const advance = (form: Int32Array, borders: Int32Array, reached: number, token: number): number => {
  let length = reached;
  while (length > 0 && form[length] !== token) length = borders[length - 1] ?? 0;
  return form[length] === token ? length + 1 : 0;
};
