import { Failure, type ErrorCode } from './errors.ts';

type Words = { readonly code: ErrorCode; readonly message: string; readonly detail?: string; readonly hint?: string };

const nothingImported = 'Nothing was imported.';
const nothingChanged = 'Nothing was changed.';

/**
 * The failures that a user is likely to meet, in English: what happened, what was kept, what to do next.
 *
 * Told with their name and values beside the sentence (`known` of `failureData`), so that the page words them in its own language (`failure.*` of its
 * catalogue); the command line and the logs have the English sentence. All other failures are English sentences only.
 */
export const knownFailures = {
  'no-project': { code: 'no-project', message: 'No project is open.', hint: 'Open a project, or the sample project, first.' },
  'project-closed': { code: 'no-project', message: 'The project {path} is closed.', hint: 'Open it again.' },
  'project-missing': { code: 'project-missing', message: 'There is no project {path}.', hint: 'It may have been moved or renamed; open it where it is now.' },
  'project-folder-missing': { code: 'file-missing', message: 'There is no folder {folder}, so that no project can be made in it.', hint: 'Make the folder first, or choose another.' },
  'project-is-folder': { code: 'file-unreadable', message: '{path} is a folder, not a project file.', hint: 'Choose a file that ends in .dragoman.' },
  'project-exists': { code: 'file-exists', message: 'There is a file {path} already.', detail: 'Nothing was written.', hint: 'Choose another name, or say that it may be replaced.' },
  'project-open-here': { code: 'project-locked', message: 'The project {path} is open in another Dragoman (process {process} on this computer, since {since} UTC).', detail: nothingChanged, hint: 'Use it there, or close it there and try again.' },
  'project-served-here': { code: 'project-locked', message: 'The project {path} is open in another Dragoman at {address} (process {process} on this computer, since {since} UTC).', detail: nothingChanged, hint: 'Use it there, or close it there and try again.' },
  'project-open-elsewhere': { code: 'project-locked', message: 'The project {path} is open in another Dragoman (process {process} on {host}, since {since} UTC).', detail: nothingChanged, hint: 'Close it there and try again. If that computer is gone, delete {lock}.' },
  'project-busy': { code: 'project-locked', message: 'Another program on this computer has {path} open and does not let go of it.', detail: nothingChanged, hint: 'Close the other program, then try again.' },
  'project-read-only': { code: 'file-unreadable', message: 'The project {path} may be read but not written.', detail: nothingChanged, hint: 'Copy it to a folder of yours, or change its permissions, and open it there.' },
  'project-newer': { code: 'project-newer', message: 'The project {path} was made by a newer Dragoman (layout {version}; this one knows {newest}).', detail: 'The file was left exactly as it is.', hint: 'Install the newer Dragoman and open it there.' },
  'project-corrupt': { code: 'project-corrupt', message: 'The project {path} is damaged: {finding}.', detail: 'The file was left exactly as it is; nothing was repaired or overwritten.', hint: 'Open a copy or a backup of it (look for files named {path}.before-1 and the like), or bring it back from your own backup.' },
  'project-disk-full': { code: 'disk-full', message: 'The disk that holds {path} is full.', detail: 'Everything committed before this moment is kept and the project is whole; the change that was being made is not in it.', hint: 'Free some space, then resume or repeat what you were doing.' },

  'file-missing': { code: 'file-missing', message: 'There is no file "{path}".', hint: 'Check the name; was the file moved or its drive removed?' },
  'file-forbidden': { code: 'file-unreadable', message: 'The file "{path}" may not be read.', hint: 'Ask its owner for the right to read it, or copy it to a folder of yours.' },
  'file-drive': { code: 'file-unreadable', message: 'The file "{path}" could not be read: its drive reports an error ({error}).', hint: 'Copy the file to another drive and import the copy.' },
  'file-is-folder': { code: 'file-unreadable', message: '"{path}" is a folder, not a file.', hint: 'Choose the files in it.' },
  'file-empty': { code: 'empty-input', message: 'The file "{name}" is empty.', detail: nothingImported, hint: 'Check whether the file was written or downloaded completely, and choose another one.' },
  'file-outside-roots': { code: 'file-outside-roots', message: '{path} is outside the folders that this program was started with.', detail: 'They are: {roots}.', hint: 'Start the program with --root FOLDER to add one, or drop the file onto the page.' },
  'file-exists': { code: 'file-exists', message: '{path} exists.', detail: 'Nothing was written.', hint: 'Choose another name, or allow it to be replaced.' },
  'folder-unreadable': { code: 'file-unreadable', message: 'The folder {path} cannot be read.', detail: '{reason}' },
  'not-text': { code: 'file-unreadable', message: 'The file is not text: many of its bytes are control characters.', detail: nothingImported, hint: 'Export it as text first, one sentence a line.' },
  'being-imported': { code: 'conflict', message: '"{name}" is being imported.', hint: 'Cancel its job instead.' },
  'still-imported': { code: 'conflict', message: '{name} is still being imported.', hint: 'Wait until the import has ended.' },
  'no-sentences': { code: 'empty-input', message: '{name} has no sentences.', hint: 'Import a file that has some.' },

  'engine-stopped': { code: 'engine-lost', message: 'The engine process stopped.', detail: 'Everything up to the last checkpoint is kept.', hint: 'Resume the job; if it stops again at the same place, choose a smaller batch or another provider.' },
  'engine-stopped-because': { code: 'engine-lost', message: 'The engine process stopped: {reason}.', detail: 'Everything up to the last checkpoint is kept.', hint: 'Resume the job; if it stops again at the same place, choose a smaller batch or another provider.' },
  'connection-lost': { code: 'link-lost', message: 'The connection was lost: {reason}.' },
  'disk-full': { code: 'disk-full', message: 'The disk is full.', detail: 'Everything written before this moment is kept.', hint: 'Free some space and resume the job.' },
  'model-memory': { code: 'out-of-memory', message: 'There is not enough memory to open this model: {reason}', hint: 'Close other programs or choose a smaller encoder.' },
  'no-encoder': { code: 'model-missing', message: 'There is no encoder to mine with.', hint: 'Reinstall the program, or add an encoder in Models.' },
  'model-changed': { code: 'model-corrupt', message: '{title} is not the encoder this run was planned with: its files have changed.', hint: 'Plan the run again.' },

  'unknown-collection': { code: 'not-found', message: 'There is no collection {id} in this project.', hint: 'It may have been removed: undo brings it back.' },
  'unknown-run': { code: 'not-found', message: 'There is no run {id} in this project.', hint: 'It may have been removed: undo brings it back.' },
  'unknown-job': { code: 'not-found', message: 'There is no job {id} in this project.' },
  'not-pausable': { code: 'conflict', message: 'This job cannot be paused; it can be cancelled.' },
  'list-gone': { code: 'not-found', message: 'This list of pairs is no longer in memory.', detail: 'The pairs themselves are all there.', hint: 'Open the list again.' },
  'queue-gone': { code: 'not-found', message: 'This queue is no longer there.', hint: 'Open another queue.' },
  'pair-gone': { code: 'not-found', message: 'Pair {pair} is not there any more: it was merged into another pair, or its split was taken back.', hint: 'Undo brings it back.' },
  'no-pair-matches': { code: 'empty-input', message: 'No pair matches, so that there would be nothing to judge.', detail: 'No queue was made.', hint: 'Take a part of the filter away.' },
  'nothing-to-change': { code: 'bad-input', message: 'Nothing would change: none of the pairs that match has anything to change.', detail: 'Nothing was written.' },
  'nothing-to-find': { code: 'bad-input', message: 'There is nothing to look for.', hint: 'Write what is to be replaced.' },
  'no-expression': { code: 'bad-input', message: '“{expression}” is not a regular expression: {reason}.', hint: 'Put a backslash before signs that stand for themselves, such as ( [ { . * + ?.' },
  'slow-expression': { code: 'bad-input', message: 'The expression “{expression}” takes too long on some of the texts and was stopped.', hint: 'Repetitions inside repetitions, such as (a+)+, do that; write it without them.' },
  'languages-unasked': { code: 'bad-input', message: 'Nobody has asked yet which languages these texts are in.', hint: 'Choose “Detect languages” and filter again when it is done.' },
  'comment-empty': { code: 'bad-input', message: 'The comment is empty.', detail: nothingChanged },
  'name-missing': { code: 'bad-input', message: 'A name is missing.' },
  'annotator-unnamed': { code: 'bad-input', message: 'An annotator needs a name; a made-up one will do.' },
  'annotator-taken': { code: 'conflict', message: 'Somebody is called “{name}” in this project already.', hint: 'Choose that profile, or another name.' },
  'too-many-threads': { code: 'bad-input', message: 'This machine has {cores} cores; more threads than that only wait for each other.', hint: 'Choose at most {cores}.' },
  'cache-unwritable': { code: 'file-unreadable', message: 'Nothing can be written in {folder}.', detail: '{reason}. The cache stays where it is.', hint: 'Choose another folder, or change its rights.' },
} as const satisfies Readonly<Record<string, Words>>;

export type KnownFailure = keyof typeof knownFailures;

type NamesIn<S> = S extends `${string}{${infer Name}}${infer Rest}` ? (Name extends `${string} ${string}` ? NamesIn<Rest> : Name | NamesIn<Rest>) : never;
type NamesOf<N extends KnownFailure> = { [P in keyof (typeof knownFailures)[N]]: NamesIn<(typeof knownFailures)[N][P]> }[keyof (typeof knownFailures)[N]];
/** What a known failure needs to be said: nothing, or one value for each `{name}` in it. */
export type ValuesOf<N extends KnownFailure> = [NamesOf<N>] extends [never] ? readonly [] : readonly [values: Readonly<Record<NamesOf<N>, string | number>>];

/** A known failure, filled in. */
export const knownFailure = <N extends KnownFailure>(name: N, ...[given]: ValuesOf<N>): Failure => {
  const values = Object.fromEntries(Object.entries<string | number>(given ?? {}).map(([key, value]) => [key, String(value)]));
  const fill = (text: string): string => text.replace(/\{(\w+)\}/gu, (whole, key: string) => values[key] ?? whole);
  const { code, message, detail, hint }: Words = knownFailures[name];
  return new Failure(code, fill(message), {
    ...(detail === undefined ? {} : { detail: fill(detail) }), ...(hint === undefined ? {} : { hint: fill(hint) }), known: { name, values },
  });
};
