import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Failure, toFailureData } from '../../contract/errors.ts';
import { createWorkbench } from '../../services/workbench.ts';
import { createAccess, insideRoots } from './access.ts';
import { childProcessHost } from './child-process-host.ts';
import { writeAttachFile } from './attach-file.ts';
import { programVersion, userDataFolder } from './places.ts';
import { startServer } from './server.ts';

const help = `Serves the workbench on the loopback and opens it in the browser.

  npm start -- --serve [FILE.dragoman] [--root FOLDER]... [--port N] [--no-open]
  npm start -- --window [FILE]...

  --serve          this page in the browser, also where a window could be opened
  --window         Electron's window, or a reason why there is none

  --project FILE   open this project (made when it is missing); a FILE alone does the same
  --root FOLDER    a folder the page may read and write; default: your home folder and the current one
  --port N         default: any free port
  --no-open        print the address only
`;

const options = {
  project: { type: 'string' }, root: { type: 'string', multiple: true }, port: { type: 'string', default: '0' },
  'no-open': { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
} as const;

const openBrowser = (url: string): void => {
  const [command, ...first] = process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  if (command === undefined) return;
  const child = spawn(command, [...first, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
};

const portOf = (text: string): number => {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new Failure('bad-input', `--port ${text} is no port.`, { hint: 'Ports are whole numbers up to 65535; 0, or nothing, means any that is free.' });
};

/** A project may be named without `--project`, as for the window; other files come in through the page. */
const projectAmong = (files: readonly string[]): string | undefined => {
  const [first] = files;
  if (first === undefined || (files.length === 1 && first.endsWith('.dragoman'))) return first;
  throw new Failure('bad-input', `${files.join(' ')}: the served page opens one project, a file that ends in .dragoman.`, { hint: 'Drop other files onto the page, or choose them there.' });
};

/** The served host from its command line: one workbench, one server, until Ctrl+C. */
export const start = async (argv: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
  if (values.help) { process.stdout.write(help); return 0; }
  const port = portOf(values.port);
  const project = values.project ?? projectAmong(positionals);
  const dataFolder = userDataFolder();
  const uploadsFolder = join(dataFolder, 'uploads');
  mkdirSync(uploadsFolder, { recursive: true });
  const roots = (values.root ?? [homedir(), process.cwd()]).map((root) => resolve(root));
  const access = createAccess(() => Date.now(), process.env['DRAGOMAN_TOKEN']);
  let url: string | null = null;
  const resourcesFolder = fileURLToPath(new URL('../../../resources', import.meta.url));
  const workbench = createWorkbench({
    processHost: childProcessHost(),
    capabilities: { host: 'served', nativeDialogs: false, revealInFolder: false, taskbarProgress: false, fileDrop: 'upload' },
    gate: { roots: [...new Set(roots)], check: (path) => insideRoots(roots, path) },
    version: programVersion(), dataFolder, resourcesFolder,
    annotator: userInfo().username, now: () => Date.now(), address: () => url,
    onFailure: (name, thrown) => { const data = toFailureData(thrown); if (data.code === 'internal') process.stderr.write(`${name}: ${thrown instanceof Error ? thrown.stack ?? thrown.message : String(thrown)}\n`); },
  });
  const server = await startServer({
    access, uploadsFolder, port, pageFolder: fileURLToPath(new URL('../../../out/renderer', import.meta.url)),
    onPage: (channel) => { workbench.serve(channel); },
  });
  url = server.url;
  const attached = writeAttachFile(dataFolder, server.port, access.attachToken);
  const address = `${server.url}?token=${access.token}`;
  if (project !== undefined) await workbench.projects.openOrCreate(resolve(project));
  process.stdout.write(`Dragoman is served at ${address}\nCtrl+C ends it; jobs go on when it is opened again.\n`);
  if (!values['no-open']) openBrowser(address);
  await new Promise<void>((end) => { for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end()); });
  rmSync(attached, { force: true });
  await workbench.close();
  await server.close();
  return 0;
};

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === resolve(process.argv[1])) {
  start(process.argv.slice(2)).then((code) => process.exit(code), (thrown: unknown) => {
    const data = toFailureData(thrown);
    process.stderr.write(`${[data.message, data.detail, data.hint].filter((part) => part !== undefined).join('\n')}\n`);
    process.exit(1);
  });
}
