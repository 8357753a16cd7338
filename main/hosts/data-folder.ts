import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the program keeps what belongs to its user and to no project: recent projects, added models, the sample's copy. `DRAGOMAN_HOME` overrides it. */
export const userDataFolder = (): string => {
  const chosen = process.env['DRAGOMAN_HOME'];
  if (chosen !== undefined && chosen !== '') return chosen;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Dragoman');
  if (process.platform === 'win32') return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Dragoman');
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'dragoman');
};
