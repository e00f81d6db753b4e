import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startRecord } from '../../reference/engine/engine-record.js';
import { SimulatedDevice } from '../../reference/engine/simulated-device.js';
import { SimulatedEngine } from '../../reference/engine/simulated-engine.js';
import { scriptedPlan } from '../../reference/plan/plan.js';
import { MemorySource } from '../../reference/source/byte-source.js';
import { ALL_CASES } from '../cases/all-cases.js';
import { buildRequest } from '../model/build-request.js';
import { hypotheses, H200 } from '../hardware/recordings/zone.js';
import { loadSchemas } from '../spec/schemas.js';
import { policyOracles } from '../oracle/oracle.js';
import { suiteRoot } from '../suite-root.js';
import { checkBudgetCalls } from '../hardware/device-checks/check-budget-calls.js';
import { checkOutputs, checkLoads, checkThreads } from '../hardware/device-checks/check-outputs.js';
import { type DeviceCheckResult, numberOf, type Observation } from '../model/device-check.js';
import type { Looking } from '../hardware/tensorrt/look.js';
import { LARGE, MIDDLE, type BuiltEngine } from '../hardware/tensorrt/engine-kind.js';
import { isPlainDevice, mapCase } from '../hardware/tensorrt/map-case.js';

/**
 * The lines of golden/recorded/h200/tier.jsonl: the report of the tier on a real TensorRT and an
 * H200.
 */
type Line =
  | { readonly record: 'header'; readonly subject: { readonly versions: Readonly<Record<string, string>> } }
  | {
      readonly record: 'case';
      readonly id: string;
      readonly area: string;
      readonly verdict: string;
      readonly reason?: string;
    }
  | (DeviceCheckResult & { readonly record: 'device-check' })
  | { readonly record: 'area' }
  | {
      readonly record: 'footer';
      readonly cases: number;
      readonly verdicts: Readonly<Record<string, number>>;
      readonly outcome: string;
    };

const root = suiteRoot();
const text = readFileSync(join(root, 'golden/recorded/h200/tier.jsonl'), 'utf8').trimEnd().split('\n');
const lines = text.map((line) => JSON.parse(line) as Line);
const cases = lines.filter((line) => line.record === 'case');
const checks = lines.filter((line) => line.record === 'device-check');
const known = new Map(ALL_CASES.map((one) => [one.id, one]));

const folder = mkdtempSync(join(tmpdir(), 'tier-on-h200-'));
const script = join(folder, 'seen.sh');
writeFileSync(script, '#!/bin/sh\nprintf "%s\\n" "$SEEN"\n');
chmodSync(script, 0o755);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A device on which every look sees these lines again. */
function seenAgain(observed: readonly Observation[]): Looking {
  return {
    program: script,
    args: [],
    env: { SEEN: observed.map((line) => JSON.stringify(line)).join('\n') },
  };
}

function check(name: string): DeviceCheckResult {
  const found = checks.find((each) => each.name === name);
  if (found === undefined) throw new Error(`The report has no check ${name}.`);
  return found;
}

/** The engines that the checks were made with, as the builder there wrote them. */
const middle = built(MIDDLE, 8_388_864n);
const large = built(LARGE, 268_435_712n);
const LARGE_FACTS = { streamable: large.streamable, scratch: 67_109_376n, activations: 16_384n };

function built(kind: BuiltEngine['kind'], streamable: bigint): BuiltEngine {
  return {
    kind,
    file: `${kind.name}.plan`,
    plan: new MemorySource(new Uint8Array()),
    sha256: '',
    streamable,
  };
}

describe('the tier on an H200', () => {
  it('is a report of this suite', () => {
    const schemas = loadSchemas(root);
    expect(lines.flatMap((line) => schemas.faults('report', line))).toEqual([]);
  });

  it('was run on a real TensorRT', () => {
    expect(lines[0]).toMatchObject({
      subject: { versions: { tensorrt: '10.6.0', device: 'NVIDIA H200', driver: '580.159.04' } },
    });
  });

  it('has no other verdicts than its footer counts: pass and unsupported', () => {
    const count = (verdict: string): number => cases.filter((one) => one.verdict === verdict).length;
    const judged = checks.filter(({ verdict }) => verdict !== 'recorded');
    expect(judged.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(lines.at(-1)).toMatchObject({ outcome: 'incomplete', cases: cases.length + judged.length });
    expect(lines.at(-1)).toMatchObject({
      verdicts: { pass: count('pass') + judged.length, unsupported: count('unsupported'), fail: 0 },
    });
    expect(count('pass') + count('unsupported')).toBe(cases.length);
  });

  it('covers nearly all cases that a tier runs, and few that there are not any more', () => {
    const recorded = new Set(cases.map(({ id }) => id));
    const written = cases.filter(({ area }) => area !== 'golden');
    const missing = ALL_CASES.filter((one) => !recorded.has(one.id) && mapCase(one).kind === 'runs');
    const gone = written.filter(({ id }) => !known.has(id)).map(({ id }) => id);
    expect(missing.length).toBeLessThan(ALL_CASES.length / 20);
    expect(gone.length).toBeLessThan(written.length / 20);
  });

  it('left out what the suite still leaves out, for the same reasons', () => {
    const oracle = policyOracles(() => null).fitting;
    const left = cases.flatMap((line) => {
      const one = known.get(line.id);
      if (one === undefined) return [];
      const mapped = mapCase(one);
      const request = buildRequest(one.request);
      const plays =
        mapped.kind === 'runs' || (isPlainDevice(request) && oracle(request).engines.length === 0);
      return [{ id: line.id, now: plays ? 'run' : mapped.reason, then: line.reason ?? 'run' }];
    });
    expect(left.filter(({ now, then }) => now !== then)).toEqual([]);
    expect(left.filter(({ then }) => then !== 'run').length).toBeGreaterThan(200);
  });

  it('is judged today as it was then, by what was seen', async () => {
    const again = [
      await checkOutputs(seenAgain(check('outputs/one engine').observed), '', middle, 1, false),
      await checkOutputs(seenAgain(check('outputs/2 engines').observed), '', middle, 2, false),
      await checkThreads(seenAgain(check('threads/two side by side').observed), '', false),
      await checkLoads(seenAgain(check('loads/1000 times').observed), ''),
      ...(await checkBudgetCalls(seenAgain(check('budget-calls/answers').observed), large)),
    ];
    expect(again).toHaveLength(7);
    for (const result of again) expect(check(result.name)).toMatchObject(result);
  });
});

const tight = checks.filter(({ name }) => name.startsWith('tight-memory/'));

describe('the modelled engine, asked what the tier saw in tight memory', () => {
  it('was asked at four levels, in three ways', () => {
    expect(tight).toHaveLength(12);
  });

  it.each(tight)('answers so: $name', ({ observed }) => {
    const line = observed.find(({ step }) => step === 'load') ?? {};
    const free = numberOf(line, 'free');
    const answers = hypotheses(H200).map(({ paging }) => {
      const device = new SimulatedDevice({ totalBytes: free, freeBytes: free, faults: [] });
      const plan = scriptedPlan({ kind: 'modelled', ...LARGE_FACTS, automatic: 0n, paging });
      const engine = new SimulatedEngine(plan, device, startRecord(0));
      const automatic = engine.getWeightStreamingAutomaticBudget();
      const accepted = engine.setWeightStreamingBudgetV2(numberOf(line, 'set'));
      return { automatic, accepted, context: engine.createExecutionContext() !== null };
    });
    const { accepted, context } = line;
    for (const answer of answers) expect(answer).toMatchObject({ accepted, context });
    const automatic = line['automatic'] === undefined ? null : numberOf(line, 'automatic');
    if (automatic !== null) for (const answer of answers) expect(answer.automatic).toBe(automatic);
  });
});
