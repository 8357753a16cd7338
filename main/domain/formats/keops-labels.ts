/** KEOPS's codes with its words: the seven of ELRC, those of MaCoCu that end an item, and `P` for what is not evaluated yet. */
const titles: Readonly<Record<string, string>> = {
  P: 'Pending',
  L: 'Wrong language id.', A: 'Incorrect alignment', T: 'Wrong tokenization', MT: 'MT translation', E: 'Translation error', F: 'Free translation', V: 'Valid translation',
  WL: 'Wrong language', ML: 'Mixed language', MC: 'Missing content', RC: 'Replaced content', MA: 'Misalignment', LQT: 'Low quality translation', CBT: 'Correct boilerplate translation',
};

/** Reasons of the scheme of plain decisions; what is rejected without one is taken for two sentences that do not belong together. */
const ofReason: Readonly<Record<string, string>> = { 'wrong-language': 'L', 'wrong-cut': 'A', 'not-a-translation': 'A', damaged: 'T', 'bad-translation': 'E', partly: 'E' };
const rejected = 'A';

export const keopsTitle = (evaluation: string): string => titles[evaluation] ?? '';

/** A judgement as KEOPS would have it: its own labels as they are (the last of a path), plain decisions as what they mean in ELRC's scheme. */
export const keopsEvaluation = (decision: string, label: string | null, reason: string | null): string => {
  const leaf = label?.split(' / ').at(-1) ?? '';
  if (leaf !== 'P' && Object.hasOwn(titles, leaf)) return leaf;
  if (decision === 'accept') return 'V';
  if (decision !== 'reject') return 'P';
  return reason !== null && Object.hasOwn(ofReason, reason) ? ofReason[reason] ?? rejected : rejected;
};

/** The decision and label behind a code of KEOPS; null: not a code, or not evaluated. */
export const decisionOfKeops = (evaluation: string): { readonly decision: 'accept' | 'reject' | 'unsure'; readonly label: string } | null => {
  if (evaluation === 'P' || !Object.hasOwn(titles, evaluation)) return null;
  const decision = evaluation === 'V' || evaluation === 'CBT' ? 'accept' : evaluation === 'F' ? 'unsure' : 'reject';
  return { decision, label: pathOf(evaluation) };
};

/** MaCoCu's later questions lie below the answers that lead to them. */
const pathOf = (evaluation: string): string => {
  if (['MC', 'RC', 'MA'].includes(evaluation)) return `languages / ${evaluation}`;
  return ['LQT', 'CBT'].includes(evaluation) ? `languages / content / ${evaluation}` : evaluation;
};
