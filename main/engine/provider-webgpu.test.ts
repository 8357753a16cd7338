import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

/**
 * WebGPU, proven without a graphics card: on SwiftShader, the software Vulkan driver that comes with Chromium, with the Vulkan loader beside it.
 *
 * Everything runs in child processes: a crash of the driver fails the test and not the runner.
 */
const driver = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'].find((folder) => existsSync(join(folder, 'vk_swiftshader_icd.json')) && existsSync(join(folder, 'libvulkan.so.1')));
if (driver === undefined) process.stderr.write('SKIPPED: WebGPU on the software Vulkan driver: no Chromium with vk_swiftshader_icd.json and libvulkan.so.1 is installed.\n');

const work = mkdtempSync(join(tmpdir(), 'dragoman-webgpu-'));
afterAll(() => { rmSync(work, { recursive: true }); });

type Report = readonly { readonly id: string; readonly provider: string; readonly difference: number; readonly notes: readonly string[] }[];

const runChild = async (environment: Readonly<Record<string, string>>): Promise<Report> => {
  const child = fileURLToPath(new URL('provider-webgpu.child.ts', import.meta.url));
  const model = fileURLToPath(new URL('../../resources/models/use-multilingual-v3', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [child, model, work], { env: { ...process.env, ...environment }, timeout: 100_000 });
  const lines = stdout.trim().split('\n');
  return JSON.parse(lines.at(-1) ?? '[]');
};

describe.skipIf(driver === undefined)('WebGPU on the software Vulkan driver', () => {
  it('encodes as the CPU does, with the fast bundled encoder and with a small graph', async () => {
    const report = await runChild({ VK_DRIVER_FILES: join(driver ?? '', 'vk_swiftshader_icd.json'), LD_LIBRARY_PATH: dirname(join(driver ?? '', 'libvulkan.so.1')), XDG_RUNTIME_DIR: work });
    expect(report.map(({ id, provider }) => `${id} ${provider}`)).toEqual(['tiny webgpu', 'use-multilingual-v3 webgpu']);
    for (const { difference } of report) expect(difference).toBeLessThan(2e-3);
  }, 120_000);
});

describe('without a graphics adapter', () => {
  it('WebGPU falls back to the CPU, and says so once for every encoder', async () => {
    const report = await runChild({ VK_DRIVER_FILES: join(work, 'none.json'), VK_ICD_FILENAMES: join(work, 'none.json'), LD_LIBRARY_PATH: '' });
    const fellBack = report.filter(({ provider }) => provider === 'cpu');
    expect(report).toHaveLength(2);
    for (const { notes, difference } of fellBack) {
      expect(notes.at(-1)).toMatch(/provider webgpu cannot be used: .*The CPU is used instead\./);
      expect(difference).toBe(0);
    }
    expect(fellBack.length > 0 || process.platform !== 'linux').toBe(true);
  }, 120_000);
});
