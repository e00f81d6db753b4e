import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { MemorySource } from '../../../reference/index.js';
import { LARGE, type BuiltEngine } from '../tensorrt/engine-kind.js';
import { checkBudgetCalls } from './check-budget-calls.js';
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
