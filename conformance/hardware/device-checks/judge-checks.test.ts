import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { MemorySource } from '../../../reference/index.js';
import { LARGE, type BuiltEngine } from '../tensorrt/engine-kind.js';
import { checkBudgetCalls } from './check-budget-calls.js';
import { checkDevices } from './check-devices.js';
import { checkOutputs, checkLoads, checkThreads } from './check-outputs.js';
import { checkTightMemory, needsOf } from './check-tight-memory.js';
import type { Observation } from '../../model/device-check.js';
import type { Looking } from '../tensorrt/look.js';

const MIB = 1n << 20n;
const ALL = 256n * MIB;
const SCRATCH = 64n * MIB;
const plan = new MemorySource(new Uint8Array());
const ENGINE: BuiltEngine = { kind: LARGE, file: 'large.plan', plan, sha256: '', streamable: ALL };

const folder = mkdtempSync(join(tmpdir(), 'judge-'));
const script = join(folder, 'seen.sh');
writeFileSync(script, '#!/bin/sh\nprintf "%s\\n" "$SEEN"\n');
chmodSync(script, 0o755);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A device on which every look sees these lines. */
function device(lines: readonly Observation[]): Looking {
  return { program: script, args: [], env: { SEEN: lines.map((line) => JSON.stringify(line)).join('\n') } };
}

/** A call on the watched engine; sizes in MiB. */
function call(name: string, inForce: bigint, free: bigint, more: Observation = {}): Observation {
  const sizes = { inForce: String(inForce * MIB), free: String(free * MIB), scratch: String(SCRATCH) };
  return { call: name, ok: true, ...sizes, ...more };
}
const set = (budget: bigint, free: bigint, more: Observation = {}): Observation =>
  call('set', budget, free, { budget: String(budget * MIB), context: false, ...more });

/** What a TensorRT that keeps to the model shows. */
const RIGHT: readonly Observation[] = [
  call('deserialize', 256n, 1000n),
  call('set', 256n, 1000n, { budget: '-1', context: false, ok: false }),
  set(0n, 1000n),
  set(256n, 744n),
  set(0n, 1000n),
  call('context', 0n, 920n),
  call('set', 0n, 920n, { budget: String(ALL), context: true, ok: false }),
  call('context gone', 0n, 1000n),
  set(128n, 1000n),
  call('context', 128n, 790n),
];

async function verdicts(lines: readonly Observation[]): Promise<readonly string[]> {
  return (await checkBudgetCalls(device(lines), ENGINE)).map(({ verdict }) => verdict);
}

const changed = (at: number, line: Observation): readonly Observation[] =>
  RIGHT.map((one, index) => (index === at ? { ...one, ...line } : one));

describe('checkBudgetCalls', () => {
  it('passes what the model says', async () => {
    expect(await verdicts(RIGHT)).toEqual(['pass', 'pass', 'pass']);
  });

  it.each<[string, readonly Observation[], readonly string[]]>([
    ['a negative budget that is accepted', changed(1, { ok: true }), ['fail', 'pass', 'pass']],
    ['a budget in range that is refused', changed(4, { ok: false }), ['fail', 'pass', 'pass']],
    ['another budget in force', changed(8, { inForce: '5' }), ['fail', 'pass', 'pass']],
    ['a set while a context lives', changed(6, { ok: true }), ['pass', 'fail', 'pass']],
    [
      'weights that are not taken at the set',
      changed(3, { free: String(1000n * MIB) }),
      ['pass', 'pass', 'fail'],
    ],
    ['a context that takes nothing', changed(9, { free: String(1000n * MIB) }), ['pass', 'pass', 'fail']],
    ['nothing', [], ['fail', 'fail', 'fail']],
  ])('fails %s', async (_, lines, expected) => {
    expect(await verdicts(lines)).toEqual(expected);
  });
});

describe('needsOf', () => {
  it('reads the scratch and what a context takes at budget 0', () => {
    expect(needsOf(RIGHT, ALL)).toEqual({ streamable: ALL, scratch: SCRATCH, context: 80n * MIB });
    expect(needsOf(RIGHT.slice(0, 5), ALL)).toBeNull();
  });
});

describe('checkOutputs', () => {
  const runs = (checksum: (at: number) => string, more: Observation = {}): readonly Observation[] =>
    Array.from({ length: 7 }, (_, at) => {
      return { budget: String(at), load: '0', run: '0', checksum: checksum(at), allZero: false, ...more };
    });
  const verdict = async (lines: readonly Observation[], simulated = false): Promise<string> =>
    (await checkOutputs(device(lines), 'x.pte', ENGINE, 1, simulated)).verdict;

  it('demands one output at all budgets', async () => {
    expect(await verdict(runs(() => '7'))).toBe('pass');
    expect(await verdict(runs((at) => (at === 3 ? '8' : '7')))).toBe('fail');
  });

  it('demands that something was computed, but not of a simulated device', async () => {
    expect(await verdict(runs(() => '7', { allZero: true }))).toBe('fail');
    expect(await verdict(runs(String, { allZero: true }), true)).toBe('pass');
  });

  it('demands that each budget loads and runs', async () => {
    expect(await verdict(runs(() => '7', { run: '2' }))).toBe('fail');
    expect(await verdict(runs(() => '7').slice(1))).toBe('fail');
    expect(
      await verdict(
        runs(() => '7', { load: '35' }),
        true,
      ),
    ).toBe('fail');
  });
});

describe('checkLoads', () => {
  const seen = { times: '1000', failed: '0', alive: '0', freeAfterFirst: '500', freeAtEnd: '500' };
  it.each<[string, Observation, string]>([
    ['as much memory', {}, 'pass'],
    ['a byte less', { freeAtEnd: '499' }, 'fail'],
    ['a failed load', { failed: '1' }, 'fail'],
    ['an object that is left', { alive: '1' }, 'fail'],
  ])('judges %s', async (_, line, verdict) => {
    expect(await checkLoads(device([{ ...seen, ...line }]), 'x.pte')).toMatchObject({ verdict });
  });
});

describe('checkThreads', () => {
  const thread = { times: '50', failed: '0', different: '0', checksum: '7' };
  it.each<[string, readonly Observation[], boolean, string]>([
    ['equal outputs', [thread, thread], false, 'pass'],
    ['another output', [thread, { ...thread, checksum: '8' }], false, 'fail'],
    ['another output, simulated', [thread, { ...thread, checksum: '8' }], true, 'pass'],
    ['a failed run', [thread, { ...thread, failed: '1' }], true, 'fail'],
    ['one thread', [thread], false, 'fail'],
  ])('judges %s', async (_, lines, simulated, verdict) => {
    expect(await checkThreads(device(lines), 'x.pte', simulated)).toMatchObject({ verdict });
  });
});

describe('checkTightMemory', () => {
  const needs = { streamable: ALL, scratch: SCRATCH, context: 80n * MIB };
  const load = (code: string): Observation => ({ step: 'load', load: code, run: '0', set: '5', free: '9' });
  const verdictsOf = async (code: string): Promise<readonly string[]> =>
    (await checkTightMemory(device([load(code)]), 'x.pte', needs, 1)).map(({ verdict }) => verdict);

  it('demands of budget 0 that it loads, of fitting that it loads wherever that does, and of upstream nothing', async () => {
    expect((await verdictsOf('0')).slice(0, 3)).toEqual(['pass', 'pass', 'recorded']);
    expect((await verdictsOf('35')).slice(0, 3)).toEqual(['fail', 'recorded', 'recorded']);
  });

  it('records a crash where nothing is demanded, and counts it elsewhere', async () => {
    const crashing = join(folder, 'crashing.sh');
    writeFileSync(crashing, '#!/bin/sh\nkill -SEGV $$\n');
    chmodSync(crashing, 0o755);
    const results = await checkTightMemory({ program: crashing, args: [], env: {} }, 'x.pte', needs, 1);
    expect(results.slice(0, 3).map(({ verdict }) => verdict)).toEqual(['crashed', 'recorded', 'recorded']);
    expect(results[2]?.message).toMatch(/ended by (signal 11|SIGSEGV)/);
  });

  it('fails fitting where budget 0 loads and it does not', async () => {
    const choosy = join(folder, 'choosy.sh');
    const line = (code: string): string => JSON.stringify(load(code));
    writeFileSync(
      choosy,
      `#!/bin/sh\ncase "$*" in *fitting*) echo '${line('35')}';; *) echo '${line('0')}';; esac\n`,
    );
    chmodSync(choosy, 0o755);
    const results = await checkTightMemory({ program: choosy, args: [], env: {} }, 'x.pte', needs, 1);
    expect(results.slice(0, 3).map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'recorded']);
    expect(results[1]?.clause).toBe('WSB-MEM-08');
  });
});

describe('checkDevices', () => {
  const free = (first: bigint, second: bigint): Observation => ({
    free0: String(first * MIB),
    free1: String(second * MIB),
  });
  const step = (name: string, memory: Observation, more: Observation = {}): Observation => ({
    step: name,
    current: '0',
    ...memory,
    ...more,
  });
  /** One engine on each of two devices, all of it resident, seen with device 0 current. */
  const SEEN: readonly Observation[] = [
    step('before', free(1000n, 1000n)),
    step('load', free(700n, 700n), { load: '0' }),
    step('run', free(700n, 700n), { run: '0', checksum: '7', allZero: false }),
    step('unload', free(1000n, 1000n)),
  ];
  const program = { file: 'two.pte', devices: [0, 1], onFirst: 'first.pte', streamable: ALL };
  const results = async (lines: readonly Observation[], placed = program, simulated = false) =>
    (await checkDevices(device(lines), placed, simulated)).map(({ verdict, message }) => [verdict, message]);
  const without = (at: number, more: Observation): readonly Observation[] =>
    SEEN.map((line, n) => (n === at ? { ...line, ...more } : line));

  it('passes what stays on its devices, where the current one is as it was', async () => {
    const [streamed, resident, ...fromAnother] = await results(SEEN);
    expect(streamed?.[0]).toBe('pass');
    expect(resident).toEqual([
      'pass',
      'loads, runs and unloads, and leaves the current device; the same outputs as on device 0, with the weights on the devices of the engines alone',
    ]);
    // The same lines do not fit a process in which device 1 is current.
    expect(fromAnother.map(([verdict]) => verdict)).toEqual(['fail', 'fail']);
  });

  it.each<[string, readonly Observation[], RegExp]>([
    [
      'another device after the load',
      without(1, { current: '1' }),
      /device 1 is current after the step load/,
    ],
    ['another device after the unload', without(3, { current: '1' }), /after the step unload, not 0/],
    ['a load that fails', without(1, { load: '16' }), /does not load and run/],
    ['a run that fails', without(2, { run: '18' }), /does not load and run/],
    ['zeros', without(2, { allZero: true }), /all zero/],
    ['weights that are not on device 1', without(1, free(700n, 1000n)), /took 0 bytes of device 1/],
    [
      'memory that is not given back',
      without(3, free(1000n, 990n)),
      /10485760 bytes of device 1 are not given/,
    ],
  ])('fails %s', async (_, lines, message) => {
    const [, resident] = await results(lines);
    expect(resident).toEqual(['fail', expect.stringMatching(message)]);
  });

  it('fails weights on a device without an engine, and outputs that are not those on device 0', async () => {
    const [, elsewhere] = await results(SEEN, { ...program, devices: [1] });
    expect(elsewhere).toEqual(['fail', expect.stringMatching(/took 314572800 bytes of device 0, where 0/)]);
    const shell = join(folder, 'two-programs.sh');
    const other = without(2, { checksum: '8' });
    const text = (lines: readonly Observation[]): string =>
      lines.map((line) => JSON.stringify(line)).join('\n');
    writeFileSync(
      shell,
      '#!/bin/sh\ncase "$*" in *first.pte*) printf "%s\\n" "$FIRST";; *) printf "%s\\n" "$SEEN";; esac\n',
    );
    chmodSync(shell, 0o755);
    const looking = { program: shell, args: [], env: { FIRST: text(other), SEEN: text(SEEN) } };
    const [, differs] = await checkDevices(looking, program, false);
    expect(differs).toMatchObject({
      verdict: 'fail',
      message: expect.stringMatching(/outputs are not those/) as string,
    });
  });

  it('judges loads, runs and the current device alone where nothing is computed', async () => {
    const nothing = without(2, { allZero: true });
    expect((await results(nothing, program, true)).map(([verdict]) => verdict).slice(0, 2)).toEqual([
      'pass',
      'pass',
    ]);
    expect((await results(without(3, { current: '1' }), program, true))[0]?.[0]).toBe('fail');
  });
});
