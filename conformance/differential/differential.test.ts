import { describe, expect, it } from 'vitest';
import { UndefinedBehaviourError } from '../../reference/index.js';
import { programFault } from '../../reference/program/program-fault.js';
import { Random } from '../generators/random.js';
import { referenceOracle } from '../oracle/oracle.js';
import { allCapabilities } from '../protocol/capabilities.js';
import type { CaseBatch } from '../protocol/case-batch.js';
import { suiteRoot } from '../suite-root.js';
import { decodeRequests } from '../wire/decode-request.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import { quietIncident } from '../model/incident.js';
import { Differential, drawRequest, type MutatedSubject } from './differential.js';
import { mutateProgram } from './mutate-program.js';
import { reduceDifference } from './reduce-difference.js';
import { seedPrograms } from './seed-programs.js';

const seeds = seedPrograms(suiteRoot());
const oracle = referenceOracle(() => null);

/** A subject that answers as the reference does, but for programs that are `odd`. */
function subject(odd: (program: Uint8Array) => 'wrong' | 'dead' | null): MutatedSubject {
  const answersOf = (batch: CaseBatch) =>
    decodeRequests(batch.bytes).map((request) => {
      const kind = odd(request.program);
      if (kind === 'dead') return quietIncident('crashed', 'it died');
      const outcome = oracle(request);
      return encodedOutcome(kind === 'wrong' ? { ...outcome, violations: ['null-argument'] } : outcome);
    });
  return {
    capabilities: allCapabilities(),
    usesRecorded: () => false,
    answer: (batch) => Promise.resolve({ kind: 'each', answers: answersOf(batch) }),
    alone: (batch) => Promise.resolve(answersOf(batch)[0] ?? quietIncident('crashed', 'nothing was asked')),
  };
}

describe('the differential', () => {
  it('counts what agrees, and gives a reason for the rest', async () => {
    const differential = new Differential(
      oracle,
      subject(() => null),
      seeds,
      1,
    );
    expect(await differential.run(600)).toEqual([]);
    const { programs, agree, differ, crashed, undefined: reasons } = differential.tally;
    const without = [...reasons.values()].reduce((sum, count) => sum + count, 0);
    expect({ programs, differ, crashed }).toEqual({ programs: 600, differ: 0, crashed: 0 });
    expect(agree + without).toBe(600);
    expect(agree).toBeGreaterThan(500);
  });

  it('takes a program without an outcome for undefined', async () => {
    const undefinedOracle = (): never => {
      throw new UndefinedBehaviourError(programFault('crash-hazard', 'it reads 7 bytes'));
    };
    const differential = new Differential(
      undefinedOracle,
      subject(() => null),
      seeds,
      1,
    );
    expect(await differential.run(3)).toEqual([]);
    expect([...differential.tally.undefined]).toEqual([['it reads N bytes', 3]]);
  });

  it.each(['wrong', 'dead'] as const)('finds an answer that is %s, and reduces the program', async (kind) => {
    const isOdd = (program: Uint8Array): boolean => program[program.length - 1] === 0xff;
    const odd = subject((program) => (isOdd(program) ? kind : null));
    const differential = new Differential(oracle, odd, seeds, 2);
    const found = await differential.run(3000);
    expect(found.length).toBeGreaterThan(0);
    expect(differential.tally[kind === 'wrong' ? 'differ' : 'crashed']).toBe(found.length);
    for (const difference of found) {
      const { seed, request } = await reduceDifference(oracle, odd, difference);
      expect(isOdd(request.program)).toBe(true);
      if (seed.bytes.length !== request.program.length) continue;
      const changed = request.program.filter((byte, at) => byte !== seed.bytes[at]);
      expect(changed.length).toBeLessThanOrEqual(1);
    }
  });
});

describe('mutated programs', () => {
  it('are the same for a seed, and differ from what they start from', () => {
    const make = (seed: number): Uint8Array[] => {
      const random = new Random(seed);
      return Array.from({ length: 50 }, () => mutateProgram(random, random.pick(seeds)));
    };
    expect(make(1)).toEqual(make(1));
    expect(make(1)).not.toEqual(make(2));
  });

  it('are loaded in many ways', () => {
    const random = new Random(1);
    const [seed] = seeds;
    if (seed === undefined) throw new Error('there are no seeds');
    const requests = Array.from({ length: 100 }, () => drawRequest(random, seed.bytes));
    expect(new Set(requests.map(({ verification }) => verification)).size).toBe(2);
    expect(new Set(requests.map(({ module }) => module === null)).size).toBe(2);
    expect(new Set(requests.map(({ steps }) => steps.length)).size).toBe(2);
    expect(new Set(requests.map(({ device }) => device.freeBytes)).size).toBeGreaterThan(2);
  });
});
