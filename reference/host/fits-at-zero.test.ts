import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBlob } from '../blob/encode-blob.js';
import { NO_LEAKS, type Outcome } from '../outcome/outcome.js';
import { encodePlan } from '../plan/encode-plan.js';
import type { Paging } from '../plan/paging.js';
import { scriptedPlan } from '../plan/plan.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import { writeProgram } from '../program/write-program.js';
import { rulesUnder } from '../rules/rules.js';
import { runReference } from './run-reference.js';

interface Sizes {
  readonly streamable: bigint;
  readonly scratch: bigint;
  readonly activations: bigint;
}

/** Granules as large as on the devices measured, and as many of them as were ever needed there. */
const PAGING: Paging = {
  granuleBits: 21,
  context: 1,
  contextHeadroom: 3,
  weightsHeadroom: 2,
  loadHeadroom: 2,
};

const bytes = fc.bigInt(0n, 2n ** 26n);
const engine: fc.Arbitrary<Sizes> = fc.record({ streamable: bytes, scratch: bytes, activations: bytes });
const engines = fc.array(engine, { minLength: 1, maxLength: 4 });

/**
 * What becomes of a program of modelled engines, each with the compile spec given, on a device with
 * so much free memory.
 */
function load(sizes: readonly Sizes[], free: bigint, spec: string | null, paging?: Paging): Outcome {
  const value = new TextEncoder().encode(spec ?? '');
  const delegates = sizes.map((own) => ({
    backend: 'TensorRTBackend',
    placement: 'segment' as const,
    data: encodeBlob({
      metadata: {},
      engine: encodePlan(
        scriptedPlan({ kind: 'modelled', ...own, ...(paging === undefined ? {} : { paging }) }),
      ),
    }),
    compileSpecs: spec === null ? [] : [{ key: BUDGET_KEY, value }],
  }));
  return runReference(
    {
      program: writeProgram({ methods: [{ name: 'forward', delegates }] }),
      verification: 'minimal',
      device: { totalBytes: 2n ** 40n, freeBytes: free, faults: [] },
      module: null,
      steps: [{ op: 'load', method: 'forward', options: null }],
    },
    { rules: rulesUnder('fitting') },
  );
}

describe('a program without a budget', () => {
  it.each([
    ['where every byte counts', undefined],
    ['in granules', PAGING],
  ])('loads wherever it loads with the budget 0, %s (WSB-MEM-08)', (_, paging) => {
    fc.assert(
      fc.property(engines, fc.bigInt(0n, 2n ** 28n), (sizes, free) => {
        fc.pre(load(sizes, free, '0', paging).steps[0]?.kind === 'ok');
        const { steps, leaks, violations } = load(sizes, free, null, paging);
        expect(steps[0]?.kind).toBe('ok');
        expect(leaks).toEqual(NO_LEAKS);
        expect(violations).toEqual([]);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it.each([0n, 1n, 1000n])('loads with %s bytes more than the budget 0 needs', (more) => {
    fc.assert(
      fc.property(engines, (sizes) => {
        const needed = sizes.reduce(
          (sum, { streamable, scratch, activations }) => sum + activations + (streamable > 0n ? scratch : 0n),
          0n,
        );
        expect(load(sizes, needed + more, '0').steps[0]?.kind).toBe('ok');
        expect(load(sizes, needed + more, null).steps[0]?.kind).toBe('ok');
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});
