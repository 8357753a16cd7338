/** Hosts the program's own words point to: models and licences, the code of what it is built from. */
const known: ReadonlySet<string> = new Set(['huggingface.co', 'github.com', 'www.npmjs.com', 'spdx.org', 'opensource.org', 'creativecommons.org', 'www.apache.org', 'www.electronjs.org', 'aclanthology.org', 'arxiv.org']);

/**
 * The address as it is handed to the user's browser, or undefined: https of a known host, without a user name or a port.
 *
 * Stricter than a parser: only printable ASCII, no backslash, no `@`; there is nothing left that a browser could read in another way.
 */
export const outsideAddress = (text: string): string | undefined => {
  const [, host = ''] = /^https:\/\/([a-z0-9.-]+)(?:\/[!#-?A-[\]-~]*)?$/u.exec(text) ?? [];
  return known.has(host) ? text : undefined;
};
