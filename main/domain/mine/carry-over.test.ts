import { describe, expect, it } from 'vitest';
import type { MinePlan } from '../../contract/mine.ts';
import { carryFacts, carryProblem } from './carry-over.ts';
import { cannotCarryOn, carryOn } from './plan-earlier.ts';

const plan: MinePlan = {
  encoders: [{ id: 'one', hash: 'h', dimension: 4, prefix: '', batchTokens: 2048 }], provider: 'cpu', threads: 2, blockSentences: 8192, precision: 'f32', index: 'exact', tileRows: 4096,
  hnsw: null, guard: 4, centre: true, linearMap: 'self-check', stages: [{ name: 'encode', subject: 'source', seconds: 1 }, { name: 'neighbours', seconds: 10.2 }], seconds: 11.2, memoryBytes: 0, diskBytes: 0,
  reasons: [{ about: 'index', text: 'Exact.' }, { about: 'refinement', text: 'Centred and mapped.' }, { about: 'encoder', text: 'One.' }], warnings: [], repeatable: true,
};
const facts = (more: Partial<MinePlan> = {}, k = 4, mapped = false) => carryFacts({ k }, { ...plan, ...more }, ['de', 'en'], mapped);

describe('carrying an earlier run on', () => {
  it('needs the same vectors, means and lists, and nothing else', () => {
    expect(carryProblem(facts(), facts({ tileRows: 1024, linearMap: 'off' }))).toBe(null);
    expect(carryProblem(facts({ provider: 'webgpu' }), facts())).toContain('encoded in another way');
    expect(carryProblem(facts({ encoders: [{ id: 'two', hash: 'g', dimension: 4, prefix: '', batchTokens: 2048 }] }), facts())).toContain('another encoder (two)');
    expect(carryProblem(facts({}, 5), facts())).toContain('listed 5');
    expect(carryProblem(facts({ index: 'hnsw-usearch' }), facts())).toContain('HNSW');
    expect(carryProblem(facts({}, 4, true), facts())).toContain('linear map');
    expect(carryProblem(facts(), facts({ centre: false }))).toContain('was centred');
    expect(carryProblem(facts(), { ...facts(), languages: ['de', 'fr'] })).toContain('mined de and en, not de and fr');
  });

  it('takes the share of the comparisons that are new', () => {
    const carried = carryOn(plan, { run: 3, name: 'first', sentences: { source: 1000, target: 1000 }, added: { source: 100, target: 0 } });
    expect(carried).toMatchObject({ linearMap: 'off', earlier: { run: 3, carried: true, newSources: 100, newTargets: 0 } });
    expect(carried.stages[1]?.seconds).toBeCloseTo(0.2 + 10 * 0.1, 9);
    expect(carried.seconds).toBeCloseTo(2.2, 9);
    expect(carried.reasons.map((reason) => reason.text).join(' ')).toMatch(/Carries "first" on: 100 new sources and 0 new targets .* One\./);
  });

  it('says in the plan why it cannot be', () => {
    const full = cannotCarryOn(plan, 3, { source: 10, target: 20 }, 'the settings ask for HNSW');
    expect(full.warnings).toEqual(['Everything will be compared anew: the settings ask for HNSW.']);
    expect(full).toMatchObject({ linearMap: 'self-check', seconds: 11.2, earlier: { run: 3, carried: false } });
  });
});
