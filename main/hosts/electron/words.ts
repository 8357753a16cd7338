import type { ShellWords } from '../../contract/shell.ts';

/** What the shell says before a page has told it the words of the catalogue. */
export const firstWords: ShellWords = {
  quitTitle: 'Jobs are running.', quitDetail: 'They stop at a safe place and can be resumed when the project is opened again.', quit: 'Quit', stay: 'Stay',
  pageStopped: 'The page of Dragoman stopped several times.', pageStoppedDetail: 'Every decision up to now is in the project file. Start Dragoman again to go on.',
};
