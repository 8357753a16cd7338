/**
 * Who may import whom, as data: the table of the README's section "Who may import whom".
 *
 * Paths are from the project's root. The first row whose `from` holds a file decides about it. In `may` the last entry that
 * matches an imported file wins, `!` takes away, `$room` is the folder name that `from` matched, `*` any one name.
 */

export type ImportRule = {
  readonly from: string;
  readonly may: readonly string[];
  /** npm packages, by name or by scope (`@scope/*`). */
  readonly packages?: readonly string[];
  /** May this layer use Node's own modules? */
  readonly node?: boolean;
  /** Imports of these need `import type`. */
  readonly typesOnly?: readonly string[];
  /** What to do instead: the end of every message about this row. */
  readonly instead: string;
};

/** Pure libraries: they compute on what they are given and open nothing. Allowed in domain/text, domain/formats and services. */
export const pureLibraries = ['chardet', 'diff', 'eld', 'franc', 'sentencex', 'xz-decompress'] as const;

/** Whoever reads something from outside (a message, a file's text, an argument) checks it with the contract's validator. */
const validator = ['valibot'];

/** What the page may import; also what the licence list takes for bundled (scripts/packaging/locked-packages.ts). */
export const pageLibraries = ['react', 'react-dom', 'react-aria', 'react-aria-components', 'zustand', 'cmdk', 'lucide-react', '@fontsource-variable/*'];
const pure = ['main/contract', 'main/domain'];
const domainHint = 'take the data as an argument, and let a service (or the engine) read it.';
const pageHint = 'ask the workbench through renderer/link, or move what both rooms need to a shared folder of renderer/.';
const serviceHint = 'ask the engine through its link (contract/engine.ts), and another room through its index file.';

export const importRules: readonly ImportRule[] = [
  { from: 'main/contract', may: ['main/contract'], packages: validator, instead: 'describe the data here with valibot; what computes on it belongs to main/domain or main/services.' },
  { from: 'main/domain/text', may: pure, packages: [...pureLibraries, ...validator], instead: domainHint },
  { from: 'main/domain/formats', may: pure, packages: [...pureLibraries, ...validator], instead: domainHint },
  { from: 'main/domain/score', may: [...pure, 'packages/sacrebleu-ts'], packages: validator, instead: domainHint },
  { from: 'main/domain/translate', may: [...pure, 'packages/sacrebleu-ts'], packages: validator, instead: domainHint },
  { from: 'main/domain/label-formats', may: pure, packages: ['saxes', ...validator], instead: domainHint },
  { from: 'main/domain/label-evaluation', may: [...pure, 'packages/sacrebleu-ts'], packages: validator, instead: domainHint },
  { from: 'main/domain', may: pure, packages: validator, instead: domainHint },
  { from: 'main/rpc', may: ['main/contract', 'main/rpc'], packages: validator, instead: 'pass it in: the link knows messages and methods by name, and gets its port or socket from a host.' },
  { from: 'main/store', may: [...pure, 'main/store'], packages: ['better-sqlite3', ...validator], node: true, instead: 'the store only keeps and finds; call it from a service and pass in what it needs.' },
  { from: 'main/engine', may: [...pure, 'main/rpc', 'main/engine', 'resources'], packages: ['onnxruntime-node', 'onnxruntime-common', 'tokenizers', 'usearch', 'hnswlib-node', ...validator], node: true, instead: 'the engine gets files and numbers in the call, and answers through its link; a service brings store and engine together.' },
  { from: 'main/services/score', may: [...pure, 'main/store', 'main/rpc', 'main/services/*.ts', 'main/services/*/index.ts', 'main/services/score', 'packages/sacrebleu-ts', 'resources'], packages: [...pureLibraries, ...validator], node: true, instead: serviceHint },
  { from: 'main/services/translate', may: [...pure, 'main/store', 'main/rpc', 'main/services/*.ts', 'main/services/*/index.ts', 'main/services/translate', 'packages/sacrebleu-ts', 'resources'], packages: [...pureLibraries, ...validator], node: true, instead: serviceHint },
  { from: 'main/services/export', may: [...pure, 'main/store', 'main/rpc', 'main/services/*.ts', 'main/services/*/index.ts', 'main/services/export', 'resources'], packages: ['yazl', ...pureLibraries, ...validator], node: true, instead: serviceHint },
  { from: 'main/services/$room', may: [...pure, 'main/store', 'main/rpc', 'main/services/*.ts', 'main/services/*/index.ts', 'main/services/$room', 'resources'], packages: [...pureLibraries, ...validator], node: true, instead: serviceHint },
  { from: 'main/services', may: [...pure, 'main/store', 'main/rpc', 'main/services/*.ts', 'main/services/*/index.ts', 'resources'], packages: [...pureLibraries, ...validator], node: true, instead: serviceHint },
  { from: 'main/hosts/electron', may: ['main', '!main/hosts/server', '!main/hosts/cli', 'resources'], packages: ['electron', ...validator], node: true, instead: 'hosts do not know each other: what two of them need belongs to main/services or directly to main/hosts.' },
  { from: 'main/hosts/server', may: ['main', '!main/hosts/electron', 'resources'], packages: ['ws', ...validator], node: true, instead: 'only main/hosts/electron and preload know Electron; ask through the types of contract/host.ts.' },
  { from: 'main/hosts/cli', may: ['main', '!main/hosts/electron', 'resources'], packages: ['commander', 'ws', ...validator], node: true, instead: 'only main/hosts/electron and preload know Electron; ask through the types of contract/host.ts.' },
  { from: 'main/hosts', may: ['main', '!main/hosts/electron', '!main/hosts/server', '!main/hosts/cli', 'resources'], packages: validator, node: true, instead: 'what all hosts share knows none of them.' },
  { from: 'preload', may: ['main/contract', 'preload'], typesOnly: ['main/contract'], packages: ['electron'], instead: 'the preload hands over the port and the capabilities, nothing more; use `import type`, and let page or shell do the rest.' },
  { from: 'renderer/rooms/$room', may: ['renderer', '!renderer/rooms', 'renderer/rooms/$room', ...pure, 'resources'], packages: pageLibraries, instead: pageHint },
  { from: 'renderer/link', may: ['renderer', '!renderer/rooms', ...pure, 'main/rpc', 'resources'], packages: pageLibraries, instead: pageHint },
  { from: 'renderer', may: ['renderer', '!renderer/rooms', 'renderer/rooms/*/index.ts', 'renderer/rooms/*/actions.ts', ...pure, 'resources'], packages: pageLibraries, instead: pageHint },
  { from: 'packages/$room/cli', may: ['packages/$room'], node: true, instead: 'a package stands on its own: its command line has Node and nothing else.' },
  { from: 'packages/$room/fixtures', may: ['packages/$room'], packages: ['vitest'], node: true, instead: 'fixtures are read by the tests of their own package.' },
  { from: 'packages/$room', may: ['packages/$room', '!packages/$room/cli'], instead: 'a package stands on its own: copy no code of the program into it, pass it in.' },
  { from: 'tests/fakes', may: ['tests', ...pure], packages: ['electron', 'vitest'], typesOnly: ['electron'], node: true, instead: 'a fake imports only the types of what it stands for.' },
  { from: 'tests', may: ['*'], packages: ['*', '!electron'], node: true, instead: 'tests import tests/fakes/electron.ts by its path.' },
  { from: 'scripts', may: ['*'], packages: ['*', '!electron'], node: true, instead: 'scripts run without Electron; what needs it belongs to main/hosts/electron.' },
  { from: '*.config.ts', may: ['*'], packages: ['*', '!electron'], node: true, instead: 'configuration runs without Electron.' },
];

/** What a `*.test.ts` beside its source may use on top of its folder's row; the link, because its in-memory pipe stands for a connection. */
export const testExtras = { may: ['tests', 'scripts', 'resources', 'main/rpc'], packages: ['vitest', 'valibot'], node: true } as const;
