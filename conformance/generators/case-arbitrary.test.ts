import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runReference } from '../../reference/index.js';
import { buildRequest } from '../model/build-request.js';
import { drawBlock } from './blocks.js';
import { caseArbitrary } from './case-arbitrary.js';
import { caseLoad, caseRequest } from './case-request.js';
import { firstCases } from './first-cases.js';
import type { GeneratedIo } from './generated-io.js';

describe('caseArbitrary', () => {
  it('can shrink every case that the fast generator makes', () => {
    const arbitrary = caseArbitrary();
    const stuck = [...firstCases(), ...drawBlock(1, 5000)].filter(
      (one) => !arbitrary.canShrinkWithoutContext(one),
    );
    expect(stuck).toEqual([]);
  });

  it('draws every part of the domain', () => {
    const drawn = fc.sample(caseArbitrary(), { seed: 1, numRuns: 1000 });
    const share = (holds: (one: (typeof drawn)[number]) => boolean): number =>
      drawn.filter(holds).length / 1000;
    expect(share(({ module }) => module !== null)).toBeGreaterThan(0.1);
    expect(share(({ fault }) => fault !== null)).toBeGreaterThan(0.1);
    expect(share(({ options }) => options === null)).toBeGreaterThan(0.05);
    expect(share(({ engines }) => engines.length > 1)).toBeGreaterThan(0.2);
    expect(share(({ engines }) => engines.some(({ method }) => method > 0))).toBeGreaterThan(0.1);
    const ofIo = (holds: (io: GeneratedIo) => boolean): number =>
      share(({ engines }) => engines.some(({ io }) => io !== null && holds(io)));
    expect(share(({ engines }) => engines.some(({ io }) => io === null))).toBeGreaterThan(0.3);
    expect(ofIo(({ tensors }) => tensors.length > 1)).toBeGreaterThan(0.3);
    expect(ofIo(({ device }) => device !== 0)).toBeGreaterThan(0.05);
    expect(ofIo(({ aliases }) => aliases.some(({ told }) => told === 'both'))).toBeGreaterThan(0.1);
    expect(ofIo(({ bindings }) => bindings?.length === 0)).toBeGreaterThan(0.01);
    expect(ofIo(({ rows }) => rows !== null)).toBeGreaterThan(0.2);
  });

  it('draws executions with tensors that end well', () => {
    const drawn = fc.sample(caseArbitrary(), { seed: 1, numRuns: 600 });
    const ran = drawn
      .filter(({ engines }) => engines.some(({ io }) => (io?.rows ?? null) !== null))
      .filter((one) => {
        const { steps } = caseLoad(one);
        if (!steps.some(({ op }) => op === 'execute')) return false;
        const outcome = runReference(buildRequest(caseRequest(one)));
        return outcome.steps.some(({ kind }, at) => kind === 'ok' && steps[at]?.op === 'execute');
      });
    expect(ran.length).toBeGreaterThan(4);
  });
});
