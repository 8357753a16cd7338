/**
 * The import rule: reads every .ts and .tsx file and reports each import that its folder may not make.
 *
 * A rule of our own, because dependency-cruiser reads no .ts file under TypeScript 7 and exits 0. This one therefore also
 * fails when it has seen fewer files than git knows. Type imports count, they couple as much as others do.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Visitor, parseSync } from 'vite';
import { type ImportRule, importRules, testExtras } from './import-rules.ts';

type Import = { readonly specifier: string | null; readonly line: number; readonly typeOnly: boolean };
type Target = { readonly kind: 'file' | 'package' | 'node'; readonly name: string };

/** Every violation in the tree, as one sentence each; empty when all is well. `known` are the files that must have been seen. */
export function checkImports(root: string, known: readonly string[] = filesKnownToGit(root)): { readonly seen: number; readonly problems: readonly string[] } {
  const files = listSources(root);
  const seen = new Set(files);
  const missed = known.filter(file => !seen.has(file)).map(file => `${file} is known to git but was not checked. Move it out of the skipped folder, or teach scripts/check-imports.ts to read it.`);
  return { seen: files.length, problems: [...missed, ...files.flatMap(file => checkFile(root, file))] };
}

function checkFile(root: string, file: string): readonly string[] {
  const found = ruleFor(file);
  if (found === null) return [`${file} belongs to no row of scripts/import-rules.ts. Put it into a folder of the table, or add a row and say why in the README, "Who may import whom".`];
  const { rule, room } = found;
  const source = readFileSync(join(root, file), 'utf8');
  const { imports, errors } = readImports(file, source);
  if (errors.length > 0) return [`${file} cannot be read as TypeScript: ${errors[0]}`];
  return imports
    .map(item => ({ item, problem: problemWith(item, rule, room, file) }))
    .filter(({ problem }) => problem !== null)
    .map(({ item, problem }) => `${file}:${item.line} ${problem} Instead: ${rule.instead} See README, "Who may import whom".`);
}

function problemWith(item: Import, rule: ImportRule, room: string, file: string): string | null {
  if (item.specifier === null) return rule.may.includes('*') ? null : 'imports a computed name, which no check can follow: write the name as a plain string.';
  const target = resolveTarget(item.specifier, file);
  const isTest = /\.test\.tsx?$/.test(file);
  const may = isTest ? [...rule.may, ...testExtras.may] : rule.may;
  const packages = isTest ? [...(rule.packages ?? []), ...testExtras.packages] : (rule.packages ?? []);
  const allowed = {
    node: rule.node === true || isTest,
    package: lastMatch(packages, target.name, ''),
    file: lastMatch(may, target.name, room),
  }[target.kind];
  const list = [...may.map(entry => entry.replace('$room', room)), ...packages, ...(rule.node === true || isTest ? ['node:'] : [])].join(', ');
  if (!allowed) return `imports "${item.specifier}". ${rule.from.replace('$room', room)} may import: ${list}.`;
  if (!item.typeOnly && rule.typesOnly !== undefined && lastMatch(rule.typesOnly, target.name, room)) return `imports values of "${item.specifier}", but may import only its types.`;
  return null;
}

/** The row that decides about a file, and the folder name that `$room` stands for. */
function ruleFor(file: string): { readonly rule: ImportRule; readonly room: string } | null {
  for (const rule of importRules) {
    const match = pattern(rule.from, '([^/]+)', true).exec(file);
    if (match !== null) return { rule, room: match[1] ?? '' };
  }
  return null;
}

function lastMatch(entries: readonly string[], name: string, room: string): boolean {
  const last = entries.findLast(entry => pattern(entry.replace(/^!/, ''), room, false).test(name));
  return last !== undefined && !last.startsWith('!');
}

/** A folder holds everything below it (with `inside`, only that); a name that ends in .ts is one file, also as .tsx. */
function pattern(entry: string, room: string, inside: boolean): RegExp {
  if (entry === '*') return /./;
  const body = entry.replace(/[.]/g, '\\.').replace(/\*/g, '[^/]+').replace('$room', room);
  if (entry.endsWith('.ts')) return new RegExp(`^${body}x?$`);
  return new RegExp(inside ? `^${body}/` : `^${body}(/|$)`);
}

function resolveTarget(specifier: string, file: string): Target {
  const [path = ''] = specifier.split('?');
  if (path.startsWith('.')) return { kind: 'file', name: posix.join(posix.dirname(file), path) };
  if (path.startsWith('node:') || builtinModules.includes(path)) return { kind: 'node', name: path };
  const name = path.split('/').slice(0, path.startsWith('@') ? 2 : 1).join('/');
  return name === 'sacrebleu-ts' ? { kind: 'file', name: `packages/${name}` } : { kind: 'package', name };
}

/** All that binds a file to another: imports, re-exports, import(), import types, require, and `new URL` of a script. */
function readImports(file: string, source: string): { readonly imports: readonly Import[]; readonly errors: readonly string[] } {
  const { program, errors } = parseSync(file, source);
  const imports: Import[] = [];
  const add = (node: { readonly start: number }, specifier: string | null, typeOnly: boolean): void => {
    imports.push({ specifier, typeOnly, line: source.slice(0, node.start).split('\n').length });
  };
  new Visitor({
    ImportDeclaration: node => {
      const bound = node.specifiers;
      const allTypes = bound.length > 0 && bound.every(item => item.type === 'ImportSpecifier' && item.importKind === 'type');
      add(node, node.source.value, node.importKind === 'type' || allTypes);
    },
    ExportAllDeclaration: node => add(node, node.source.value, node.exportKind === 'type'),
    ExportNamedDeclaration: node => {
      if (node.source !== null) add(node, node.source.value, node.exportKind === 'type');
    },
    ImportExpression: node => add(node, text(node.source), false),
    TSImportType: node => add(node, node.source.value, true),
    TSImportEqualsDeclaration: node => {
      if (node.moduleReference.type === 'TSExternalModuleReference') add(node, node.moduleReference.expression.value, node.importKind === 'type');
    },
    CallExpression: node => {
      const name = node.callee.type === 'Identifier' && node.callee.name === 'require' ? text(node.arguments[0]) : null;
      if (name !== null) add(node, name, false);
    },
    NewExpression: node => {
      const path = node.callee.type === 'Identifier' && node.callee.name === 'URL' ? text(node.arguments[0]) : null;
      if (path !== null && /^\..*\.[mc]?[jt]sx?$/.test(path)) add(node, path, false);
    },
  }).visit(program);
  return { imports, errors: errors.map(error => error.message) };
}

function text(node: { readonly type: string; readonly value?: unknown } | undefined): string | null {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : null;
}

const skipped = new Set(['node_modules', 'out', 'dist', '.git', '.stamps', '.cache', 'test-results']);

function listSources(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : listSources(root, path);
    return isSource(path) ? [path] : [];
  });
}

/** Tracked files and new ones that are not ignored; a file that was deleted but not yet committed does not count. */
function filesKnownToGit(root: string): readonly string[] {
  const git = (...args: readonly string[]): string[] => execFileSync('git', ['ls-files', '-z', ...args], { cwd: root, encoding: 'utf8' }).split('\0').filter(isSource);
  const deleted = new Set(git('--deleted'));
  return git('--cached', '--others', '--exclude-standard').filter(file => !deleted.has(file));
}

const isSource = (path: string): boolean => /\.tsx?$/.test(path);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { seen, problems } = checkImports(fileURLToPath(new URL('..', import.meta.url)));
  for (const problem of problems) console.error(problem);
  console.log(`${seen} files read, ${problems.length} imports against the rule.`);
  process.exitCode = problems.length > 0 || seen === 0 ? 1 : 0;
}
