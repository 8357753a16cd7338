import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type AxeResult = { readonly violations: readonly { readonly id: string; readonly help: string; readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[] }[] };

/** What axe finds wrong on the page as it stands: WCAG 2.2 A and AA and best practices. One line a rule, with the first elements. */
export const accessibilityFaults = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(source);
  const result = await page.evaluate(async () => (window as unknown as { readonly axe: { run(): Promise<AxeResult> } }).axe.run());
  return result.violations.map((violation) => `${violation.id}: ${violation.help} (${violation.nodes.length})\n${violation.nodes.slice(0, 3).map((node) => `  ${node.html.slice(0, 160)}\n  ${(node.failureSummary ?? '').replaceAll('\n', ' ')}`).join('\n')}`);
};
