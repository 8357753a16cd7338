/**
 * The files that the program opens: its own projects, and what the importers read (main/domain/formats, main/services/corpora).
 *
 * Only `.dragoman` becomes the program's own. For the others it is one more entry of "Open with": a text file keeps its editor.
 */
import type { FileAssociation } from 'electron-builder';

export const projectMimeType = 'application/x-dragoman-project';

/** What an importer reads: sentences or columns as text, plain or packed. A Moses pair ends in its languages (`.de`, `.en`), which nobody can list. */
export const importable = [
  { extensions: ['txt'], name: 'Plain text', mimeType: 'text/plain' },
  { extensions: ['tsv', 'tab'], name: 'Table with TABs', mimeType: 'text/tab-separated-values' },
  { extensions: ['gz'], name: 'gzip file', mimeType: 'application/gzip' },
  { extensions: ['xz'], name: 'xz file', mimeType: 'application/x-xz' },
  { extensions: ['zst'], name: 'zstd file', mimeType: 'application/zstd' },
] as const;

const project: FileAssociation = {
  ext: 'dragoman', name: 'Dragoman project', description: 'Dragoman project', mimeType: projectMimeType, role: 'Editor', rank: 'Owner',
};

/** macOS knows a rank: as `Alternate` the program never takes a type over. */
export const macAssociations: readonly FileAssociation[] = [
  project,
  ...importable.map(({ extensions, name }) => ({ ext: [...extensions], name, role: 'Viewer', rank: 'Alternate' })),
];

/** Linux: the project's type is declared to the system; the others exist there, and are only named in the desktop entry. */
export const linuxAssociations: readonly FileAssociation[] = [project];
export const linuxMimeTypes: readonly string[] = importable.map(({ mimeType }) => mimeType);

/** Windows: electron-builder would make the program the default of a type; the others are registered by resources/installer/open-with.nsh. */
export const windowsAssociations: readonly FileAssociation[] = [project];
export const windowsOpenWith: readonly string[] = importable.flatMap(({ extensions }) => extensions);
