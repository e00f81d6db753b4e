import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeDevices } from '../hardware/device-checks/check-devices.js';
import type { DeviceCheckResult } from '../model/device-check.js';
import { suiteRoot } from '../suite-root.js';

const [header, ...checks] = readFileSync(join(suiteRoot(), 'golden/recorded/h200/two-gpus.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as DeviceCheckResult & { readonly devices?: number });

/** Weights of each engine; bytes. */
const STREAMABLE = 268_435_712n;
const NAME = /^devices\/engines on ([\d and]+)\/(\d) current\/all (resident|streamed)$/;

describe('the device checks on two H200', () => {
  it('are of a machine with two, and of engines on the second alone and on both', () => {
    expect(header).toMatchObject({ gpu: 'NVIDIA H200', tensorrt: '10.6.0', devices: 2 });
    expect(new Set(checks.map(({ name }) => name)).size).toBe(8);
    expect(checks.every(({ verdict }) => verdict === 'pass')).toBe(true);
  });

  it.each(checks)('is judged today as it was then: $name', ({ name, verdict, message, observed }) => {
    const [, placed = '', current, resident] = NAME.exec(name) ?? [];
    const devices = placed.split(' and ').map(Number);
    const checksum = observed.find(({ step }) => step === 'run')?.['checksum'] ?? '';
    const wanted = {
      program: { devices },
      current: Number(current),
      resident: resident === 'resident' ? STREAMABLE : 0n,
      checksum,
    };
    expect(judgeDevices(observed, wanted)).toEqual({ verdict, message });
    const others = { ...wanted, program: { devices: [0] }, resident: STREAMABLE };
    expect(judgeDevices(observed, others).verdict).toBe('fail');
  });

  it('computed the same on the second device, whichever was current and whatever the budget', () => {
    const sums = (placed: string): Set<unknown> =>
      new Set(
        checks
          .filter(({ name }) => name.startsWith(`devices/engines on ${placed}/`))
          .map(({ observed }) => observed.find(({ step }) => step === 'run')?.['checksum']),
      );
    expect(sums('1').size).toBe(1);
    expect(sums('0 and 1').size).toBe(1);
  });
});
