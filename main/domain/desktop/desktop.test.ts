import { describe, expect, it } from 'vitest';
import { acceleratorOf } from './accelerator.ts';
import { namedFiles } from './named-files.ts';
import { outsideAddress } from './outside-address.ts';
import { describeEnd, reasonOfEnd } from './process-end.ts';
import { mayLoadAgain, restartPlan } from './restart-plan.ts';
import { placeOf, usualSize } from './window-place.ts';

describe('a workbench that ends', () => {
  it('comes back with less each time, and the fourth time within five minutes not by itself', () => {
    const plans = [[1000], [1000, 2000], [1000, 2000, 3000], [1000, 2000, 3000, 4000]].map((ends) => restartPlan(ends, ends.at(-1) ?? 0));
    expect(plans.map((plan) => plan?.kept)).toEqual(['project-and-jobs', 'project', 'nothing', undefined]);
    expect(plans.map((plan) => plan?.after)).toEqual([250, 1000, 4000, undefined]);
  });
  it('is forgiven ends of more than five minutes ago', () => {
    expect(restartPlan([0, 1000, 2000, 400_000], 400_000)?.kept).toBe('project-and-jobs');
  });
  it('is a page: three times within a minute', () => {
    expect([1, 2, 3, 4].map((count) => mayLoadAgain(Array.from({ length: count }, (_, index) => index), 10))).toEqual([true, true, true, false]);
    expect(mayLoadAgain([0, 1, 2, 70_000], 70_000)).toBe(true);
  });
});

describe('the reason of an end', () => {
  it.each([
    [{ exitCode: 134, fatal: 'Reached heap limit Allocation failed - JavaScript heap out of memory', gone: 'crashed' }, 'heap-limit'],
    [{ exitCode: 134, fatal: 'node::OnFatalError', gone: 'crashed' }, 'crashed'],
    [{ exitCode: 9, gone: 'oom' }, 'oom'],
    [{ exitCode: 9 }, 'killed'],
    [{ exitCode: 0 }, 'clean-exit'],
    [{ exitCode: 3, gone: 'clean-exit' }, 'abnormal-exit'],
  ] as const)('%o is %s', (facts, reason) => expect(reasonOfEnd(facts)).toBe(reason));
  it('is said in words, with the code', () => expect(describeEnd('oom', 9)).toBe('the memory of this machine ran out, exit code 9'));
});

describe('the place of the window', () => {
  const laptop = { x: 0, y: 25, width: 1440, height: 875 };
  const beside = { x: 1440, y: 0, width: 2560, height: 1400 };
  const kept = { x: 1600, y: 100, width: 1800, height: 1000, maximised: false };
  it('is where it was', () => expect(placeOf(kept, [laptop, beside])).toEqual({ x: 1600, y: 100, width: 1800, height: 1000 }));
  it('is left to the system when its display is gone', () => expect(placeOf(kept, [laptop])).toEqual(usualSize));
  it('is left to the system when the title bar could not be reached', () => {
    expect(placeOf({ ...kept, x: 10, y: -200 }, [laptop])).toEqual(usualSize);
    expect(placeOf({ ...kept, x: 1400, y: 100 }, [laptop])).toEqual(usualSize);
  });
  it('is no larger than its display', () => expect(placeOf({ ...kept, x: 20, y: 30, width: 3000 }, [laptop])).toMatchObject({ width: 1440, height: 875 }));
});

describe('files a command line names', () => {
  const resolve = (path: string): string => (path.startsWith('/') || path.includes(':') ? path : `/home/mk/${path}`);
  it('are made absolute; options and addresses are left out', () => {
    expect(namedFiles(['dragoman', '--allow-file-access-from-files', 'a.tmx', '-psn_0_1', '/b/c.dragoman', 'https://example.org/x', ''], 1, resolve)).toEqual(['/home/mk/a.tmx', '/b/c.dragoman']);
  });
  it('do not count the program itself', () => expect(namedFiles(['electron', '.', 'a.txt'], 2, resolve)).toEqual(['/home/mk/a.txt']));
  it('may be file: addresses of this machine', () => {
    expect(namedFiles(['x', 'file:///tmp/two%20words.txt', 'file://elsewhere/etc/passwd', 'file:///C:/a.txt'], 1, resolve)).toEqual(['/tmp/two words.txt', 'C:/a.txt']);
  });
});

describe('the keys of a menu entry', () => {
  it.each([
    ['Control+K', 'linux', 'CommandOrControl+K'], ['Control+Shift+Z', 'darwin', 'CommandOrControl+Shift+Z'], ['Control+,', 'win32', 'CommandOrControl+,'],
    ['I', 'linux', 'I'], ['I', 'darwin', undefined], ['Shift+J', 'darwin', undefined], ['ArrowUp', 'linux', 'Up'], ['?', 'linux', '?'], ['+', 'linux', 'Plus'], ['Hyper+K', 'linux', undefined], ['ز', 'linux', undefined],
  ] as const)('%s on %s is %s', (keys, platform, accelerator) => expect(acceleratorOf(keys, platform)).toBe(accelerator));
});

describe('an address outside', () => {
  it.each(['https://huggingface.co/intfloat/multilingual-e5-small', 'https://github.com', 'https://github.com/microsoft/onnxruntime/issues/20084?x=1#top'])('%s is opened', (address) => expect(outsideAddress(address)).toBe(address));
  it.each([
    'http://github.com/', 'https://github.com.example.org/', 'https://example.org/', 'https://github.com@example.org/', 'https://user@github.com/', 'https://github.com:8443/', 'https://github.com\\@example.org',
    'file:///etc/passwd', 'javascript:alert(1)', 'smb://github.com/x', 'https://gıthub.com/', 'https://github.com/\u202Egnp.exe', ' https://github.com/', 'https://github.com/a b', 'ms-settings:', '',
  ])('%j is not', (address) => expect(outsideAddress(address)).toBeUndefined());
});
