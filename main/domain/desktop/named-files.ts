/**
 * The files and folders that a command line names, as absolute paths.
 *
 * Options are left out, also Chromium's own that Electron adds to a second call, and what comes before the first real argument (`own`: 1 packaged, 2 with the
 * program's folder). Whether a path exists is the caller's question, as this knows no disk. `file:` addresses come from some Linux desktops.
 */
export const namedFiles = (argv: readonly string[], own: number, resolve: (path: string) => string): readonly string[] => {
  const found: string[] = [];
  for (const argument of argv.slice(own)) {
    if (argument === '' || argument.startsWith('-') || argument.includes('\0')) continue;
    const path = pathOf(argument);
    if (path !== undefined) found.push(resolve(path));
  }
  return [...new Set(found)];
};

const pathOf = (argument: string): string | undefined => {
  const [, local] = /^file:\/\/(\/.*)$/u.exec(argument) ?? [];
  if (local === undefined) return /^(?:file:|[a-z][a-z0-9+.-]+:\/\/)/iu.test(argument) ? undefined : argument;
  const path = decodePath(local);
  return /^\/[a-z]:\//iu.test(path) ? path.slice(1) : path;
};

const decodePath = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};
