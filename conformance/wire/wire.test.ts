import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FailureName } from '../../reference/outcome/error-code.js';
import { ERROR_CODES } from '../../reference/outcome/error-code.js';
import type { GivenValue, Outcome } from '../../reference/outcome/outcome.js';
import { VIOLATIONS } from '../../reference/outcome/outcome.js';
import type {
  LoadRequest,
  OptionsEntry,
  OptionValue,
  ProgramOnDisk,
} from '../../reference/request/load-request.js';
import { FAULT_CALLS, HOST_MEMORY_KINDS, isOptionStep } from '../../reference/request/load-request.js';
import { nameFromBytes } from '../../reference/text/name-bytes.js';
import { ByteWriter } from './byte-writer.js';
import { decodeOutcome, decodeOutcomes } from './decode-outcome.js';
import { decodeAnyRequests, decodeRequests } from './decode-request.js';
import { encodedOutcome, encodeOutcome } from './encode-outcome.js';
import { encodedRequest, encodeRequest } from './encode-request.js';
import { WireError } from './wire-error.js';

const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.uint8Array({ maxLength: 20 }).map(nameFromBytes),
);
const bytes = fc.uint8Array({ maxLength: 300 });
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const failures = Object.keys(ERROR_CODES).filter((error) => error !== 'Ok') as FailureName[];

const value: fc.Arbitrary<OptionValue> = fc.oneof(
  fc.record({ type: fc.constant('bool' as const), value: fc.boolean() }),
  fc.record({ type: fc.constant('int' as const), value: fc.integer() }),
  fc.record({ type: fc.constant('string' as const), bytes }),
  fc.record({ type: fc.constant('array' as const), bytes: fc.uint8Array({ maxLength: 256 }) }),
);
const entry: fc.Arbitrary<OptionsEntry> = fc.record({
  backend: name,
  via: fc.constantFrom('builder', 'span'),
  options: fc.array(fc.record({ key: name, value }), { maxLength: 4 }),
});
const options = fc.option(fc.array(entry, { maxLength: 4 }));
const host: fc.Arbitrary<Pick<LoadRequest, 'module' | 'sharing' | 'threads'>> = fc.oneof(
  fc.record({ module: fc.option(fc.record({ options })) }),
  fc.record({
    module: fc.constant(null),
    sharing: fc.constantFrom('program' as const, 'copies' as const),
  }),
  fc.record({
    module: fc.constant(null),
    threads: fc.record({ count: fc.integer({ min: 2, max: 8 }), seed: fc.nat({ max: 0xffffffff }) }),
  }),
);
const hostMemory = fc.record({ kind: fc.constantFrom(...HOST_MEMORY_KINDS), availableBytes: uint64 });
const hostless: fc.Arbitrary<Omit<LoadRequest, 'module'>> = fc.record({
  program: fc.uint8Array({ maxLength: 200 }),
  verification: fc.constantFrom('minimal', 'internal-consistency'),
  device: fc.record(
    {
      totalBytes: uint64,
      freeBytes: uint64,
      faults: fc.array(
        fc.record({ call: fc.constantFrom(...FAULT_CALLS), occurrence: fc.integer({ min: 1, max: 65535 }) }),
        { maxLength: 3 },
      ),
      hostMemory,
    },
    { requiredKeys: ['totalBytes', 'freeBytes', 'faults'] },
  ),
  steps: fc.array(
    fc.oneof(
      fc.record({ op: fc.constant('load' as const), method: name, options }),
      fc.record({ op: fc.constantFrom('execute' as const, 'unload' as const), method: name }),
      fc.record({ op: fc.constant('set-option' as const), options: entry }),
      fc.record({ op: fc.constant('get-option' as const), backend: name, key: name }),
    ),
    { maxLength: 4 },
  ),
});
const request = fc.tuple(hostless, host).map(([rest, how]): LoadRequest => {
  const steps = how.threads === undefined ? rest.steps : rest.steps.filter((step) => !isOptionStep(step));
  return { ...rest, ...how, steps };
});

const ok = fc.record({ ok: fc.boolean() });
const call = fc.oneof(
  ok.map(({ ok }) => ({ call: 'deserializeCudaEngine' as const, ok })),
  int64.map((budget) => ({ call: 'getWeightStreamingAutomaticBudget' as const, budget })),
  fc.tuple(int64, fc.boolean()).map(([budget, ok]) => ({
    call: 'setWeightStreamingBudgetV2' as const,
    budget,
    ok,
  })),
  ok.map(({ ok }) => ({ call: 'createExecutionContext' as const, ok })),
  ok.map(({ ok }) => ({ call: 'enqueueV3' as const, ok })),
);
const count = fc.integer({ min: 0, max: 65535 });
const given: fc.Arbitrary<GivenValue> = fc.oneof(
  fc.record({ type: fc.constant('bool' as const), value: fc.boolean() }),
  fc.record({ type: fc.constant('int' as const), value: fc.integer() }),
  fc.record({ type: fc.constant('string' as const), bytes: fc.uint8Array({ maxLength: 256 }) }),
);
const STEP_PHASES = ['options', 'load', 'execute', 'set-option', 'get-option'] as const;
const outcome: fc.Arbitrary<Outcome> = fc.record({
  program: fc.oneof(
    fc.constant({ kind: 'ok' as const }),
    fc.record({ kind: fc.constant('rejected' as const), error: fc.constantFrom(...failures) }),
  ),
  steps: fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('ok' as const), warned: fc.boolean() }),
      fc.record({ kind: fc.constant('ok' as const), warned: fc.boolean(), value: given }),
      fc.record({
        kind: fc.constant('rejected' as const),
        phase: fc.constantFrom(...STEP_PHASES),
        error: fc.constantFrom(...failures),
        warned: fc.boolean(),
      }),
    ),
    { maxLength: 5 },
  ),
  engines: fc.array(
    fc.record({
      step: fc.integer({ min: 0, max: 254 }),
      source: fc.constantFrom('option', 'compile-spec', 'automatic', 'set-option', null),
      applied: fc.option(int64),
      calls: fc.array(call, { maxLength: 6 }),
    }),
    { maxLength: 5 },
  ),
  leaks: fc.record({ runtimes: count, engines: count, contexts: count, events: count, allocations: count }),
  violations: fc.array(fc.constantFrom(...VIOLATIONS), { maxLength: 5 }),
});

describe('request records', () => {
  it('read back what was written, many in a batch', () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 4 }), (requests) => {
        const writer = new ByteWriter(1);
        for (const one of requests) encodeRequest(writer, one);
        expect(decodeRequests(writer.take())).toEqual(requests);
      }),
    );
  });

  it('can name the file of a program, where that is allowed', () => {
    fc.assert(
      fc.property(request, fc.string({ minLength: 1, maxLength: 300 }), (one, path) => {
        const file: ProgramOnDisk = { path, size: 2 ** 40, read: () => new Uint8Array() };
        const record = encodedRequest({ ...one, program: file });
        expect(decodeAnyRequests(record, (named) => ({ ...file, path: named }))).toEqual([
          { ...one, program: file },
        ]);
        expect(() => decodeRequests(record)).toThrow(/named by its file/);
      }),
    );
  });

  it('are refused when cut anywhere', () => {
    const writer = new ByteWriter();
    for (const one of fc.sample(request, { seed: 1, numRuns: 1 })) encodeRequest(writer, one);
    const record = writer.take();
    for (let length = 1; length < record.length; length++) {
      expect(() => decodeRequests(record.slice(0, length))).toThrow(WireError);
      const shorter = record.slice(0, length);
      if (length >= 4) new DataView(shorter.buffer).setUint32(0, length, true);
      expect(() => decodeRequests(shorter)).toThrow(WireError);
    }
  });

  it('on several threads set and ask for no option of the process', () => {
    const steps = [{ op: 'get-option', backend: 'b', key: 'k' }] as const;
    for (const one of fc.sample(hostless, { seed: 3, numRuns: 1 })) {
      const threaded = { ...one, module: null, threads: { count: 2, seed: 1 }, steps };
      expect(() => encodedRequest(threaded)).toThrow(/not set or asked for on several threads/);
    }
  });

  it('are refused when a count does not fit its field', () => {
    const step = { op: 'unload', method: 'm' } as const;
    for (const one of fc.sample(request, { seed: 2, numRuns: 1 })) {
      const steps = Array.from({ length: 256 }, () => step);
      expect(() => {
        encodeRequest(new ByteWriter(), { ...one, steps });
      }).toThrow(/256 is more than the 255/);
    }
  });
});

describe('outcome records', () => {
  it('read back what was written, many in a batch', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 4 }), (outcomes) => {
        const writer = new ByteWriter(1);
        for (const one of outcomes) encodeOutcome(writer, one);
        expect(decodeOutcomes(writer.take())).toEqual(outcomes);
      }),
    );
  });

  it('are equal bytes exactly for equal outcomes', () => {
    fc.assert(
      fc.property(outcome, outcome, (a, b) => {
        const sameBytes = Buffer.compare(encodedOutcome(a), encodedOutcome(b)) === 0;
        expect(sameBytes).toBe(JSON.stringify(a, text) === JSON.stringify(b, text));
      }),
    );
  });

  it('refuse a value that no step gives', () => {
    const giving = (length: number): Uint8Array =>
      encodedOutcome({
        program: { kind: 'ok' },
        steps: [{ kind: 'ok', warned: false, value: { type: 'string', bytes: new Uint8Array(length) } }],
        engines: [],
        leaks: { runtimes: 0, engines: 0, contexts: 0, events: 0, allocations: 0 },
        violations: [],
      });
    const record = giving(256);
    const [error, flags, type, length] = [20, 22, 23, 24];
    expect(() => giving(257)).toThrow(/a value holds 257 bytes, at most 256 fit/);
    expect(() => decodeOutcome(record.with(type, 3))).toThrow(/type of a value 3 is not defined/);
    expect(() => decodeOutcome(record.with(length, 1))).toThrow(WireError);
    expect(() => decodeOutcome(record.with(flags, 0))).toThrow(WireError);
    expect(() => decodeOutcome(record.with(error, 1).with(error + 1, 2))).toThrow(/rejected has a value/);
  });

  it('name an overflow and unknown codes', () => {
    const record = encodedOutcome({
      program: { kind: 'ok' },
      steps: [],
      engines: [],
      leaks: { runtimes: 0, engines: 0, contexts: 0, events: 0, allocations: 0 },
      violations: [],
    });
    const at = (index: number, byte: number): Uint8Array => record.with(index, byte);
    expect(() => decodeOutcome(at(5, 255))).toThrow(/more calls than a record counts/);
    expect(() => decodeOutcome(at(5, 99))).toThrow(/not an error of ExecuTorch/);
    expect(() => decodeOutcome(at(4, 2))).toThrow(/outcome version 2/);
    expect(() => decodeOutcome(new Uint8Array(0))).toThrow(/not exactly one/);
  });
});

function text(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
