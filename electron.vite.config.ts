/**
 * How the desktop program is built: main processes and preload for Electron, the page for it and for the served host alike.
 *
 * Needs no Electron binary. The three hosts' own processes under Node run from their sources and are not built at all.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { UserConfig } from 'vite';
import { licenceBundle } from './scripts/packaging/licences.ts';
import { pageStamp } from './scripts/page-stamp.ts';
import { scaledCss } from './scripts/scaled-css.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const packages = Object.keys((JSON.parse(readFileSync(path('package.json'), 'utf8')) as { readonly dependencies: Record<string, string> }).dependencies);

/** The page, also built by itself (scripts/build-page.ts). Every URL is relative: it is served under app:// and http:// alike. */
export const page = {
  root: path('renderer'),
  base: './',
  publicDir: false,
  plugins: [react(), pageStamp(), licenceBundle(path('.'))],
  css: { postcss: { plugins: [scaledCss()] } },
  build: {
    outDir: path('out/renderer'),
    emptyOutDir: true,
    minify: true,
    target: 'es2023',
    // No inlined assets: the content security policy allows neither data: fonts nor inline code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The page comes from this machine's own disk: one file loads faster than twenty.
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: { input: path('renderer/index.html') },
  },
} satisfies UserConfig;

// electron-vite reads the default export.
export default defineConfig({
  main: {
    build: {
      outDir: path('out/main'),
      rolldownOptions: {
        input: {
          index: path('main/hosts/electron/index.ts'), workbench: path('main/hosts/electron/workbench.ts'), engine: path('main/engine/main.ts'),
          'inference-lane': path('main/engine/inference-lane.worker.ts'), 'text-worker': path('main/store/text-worker.ts'),
          'language-worker': path('main/services/corpora/language-worker.ts'), 'replace-worker': path('main/services/review/replace-worker.ts'),
        },
        external: [...packages, 'hnswlib-node'],
      },
    },
  },
  preload: {
    build: {
      outDir: path('out/preload'),
      rolldownOptions: { input: { index: path('preload/index.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: page,
});
