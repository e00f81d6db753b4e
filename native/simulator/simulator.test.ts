import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { skippedWithout } from '../../conformance/testing/skipped-without.js';
import { VIOLATIONS } from '../../reference/outcome/outcome.js';
import { encodePlan } from '../../reference/plan/encode-plan.js';
import { scriptedPlan } from '../../reference/plan/plan.js';
import { buildNative } from '../../scripts/build/build-native.mjs';
import { packagePaths } from '../../scripts/build/package-paths.mjs';

/** One line of the driver: what the simulator answered to a scenario. */
interface Scenario {
  readonly name: string;
  readonly answers: readonly string[];
  /** Call, success, engine (native/simulator/control.h). */
  readonly events: readonly (readonly [number, number, number])[];
  readonly violations: readonly number[];
  readonly live: readonly number[];
  readonly log: string;
}

const isBuilt = existsSync(path.join(packagePaths.nativeBuild, 'libnvinfer.so'));

describe.skipIf(skippedWithout(isBuilt))('the simulated TensorRT', () => {
  let folder = '';
  let scenarios: readonly Scenario[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'simulator-'));
    const scripted = path.join(folder, 'scripted.plan');
    const modelled = path.join(folder, 'modelled.plan');
    await writeFile(scripted, encodePlan(scriptedPlan({ setAnswers: [true, false] })));
    await writeFile(
      modelled,
      encodePlan(scriptedPlan({ kind: 'modelled', streamable: 1000n, scratch: 200n, activations: 50n })),
    );
    await buildNative({ say: () => undefined, targets: ['simulator-driver'] });
    const driver = path.join(packagePaths.nativeBuild, 'simulator-driver');
    const { stdout } = await execa(driver, [scripted, modelled]);
    scenarios = stdout.split('\n').map((line) => JSON.parse(line) as Scenario);
  }, 240_000);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const scenario = (name: string): Scenario => {
    const found = scenarios.find((each) => each.name === name);
    if (found === undefined) throw new Error(`The driver ran no scenario "${name}".`);
    return found;
  };
  const violationsOf = (name: string) => scenario(name).violations.map((index) => VIOLATIONS[index]);
  const NOTHING_ALIVE = [0, 0, 0, 0, 0];

  it('records the calls of the contract in order', () => {
    expect(scenario('in order')).toMatchObject({
      answers: ['1'],
      events: [
        [0, 1, 0],
        [2, 1, 0],
        [3, 1, 0],
      ],
      violations: [],
      live: NOTHING_ALIVE,
    });
  });

  it('notes destruction in the wrong order', () => {
    expect(violationsOf('engine before context')).toEqual(['destroy-engine-with-context']);
    expect(violationsOf('runtime before engine')).toEqual(['destroy-runtime-with-engine']);
  });

  it('refuses a set while a context lives, and uses no listed answer up for it', () => {
    expect(scenario('set with context').answers).toEqual(['0', '1']);
    expect(violationsOf('set with context')).toEqual(['set-with-context']);
  });

  it('survives and notes the use of destroyed objects', () => {
    expect(scenario('use after destroy').answers).toEqual(['0', '0', '0', '0']);
    expect(violationsOf('use after destroy')).toEqual(Array(5).fill('use-after-destroy'));
    expect(scenario('use after destroy').live).toEqual(NOTHING_ALIVE);
    expect(scenario('context after its engine').answers).toEqual(['0']);
    expect(violationsOf('context after its engine')).toEqual([
      'destroy-engine-with-context',
      'use-after-destroy',
    ]);
    expect(scenario('event after destroy').answers).toEqual(['0', '0', '0', '400', '400', '0']);
    expect(violationsOf('event after destroy')).toEqual(['use-after-destroy']);
  });

  it('notes a step that leaves another device current, once', () => {
    expect(scenario('device left changed').answers).toEqual(['0', '0', '0']);
    expect(violationsOf('device left changed')).toEqual(['device-left-changed']);
  });

  it('answers 0 to a slot that it does not know, and notes it', () => {
    expect(scenario('unknown slot').answers).toEqual(['0']);
    expect(violationsOf('unknown slot')).toEqual(['unknown-slot']);
  });

  it('counts what is alive, of each kind', () => {
    expect(scenario('leaks').live).toEqual([1, 1, 1, 1, 1]);
  });

  it('reads no plan beyond the program, but a copy of one', () => {
    expect(scenario('plan past the program').answers).toEqual(['0', '0']);
    expect(violationsOf('plan past the program')).toEqual(['plan-out-of-bounds', 'plan-out-of-bounds']);
    expect(scenario('a copy of the plan')).toMatchObject({ answers: ['1'], violations: [] });
  });

  it('notes a misaligned plan and goes on', () => {
    expect(scenario('misaligned plan').answers).toEqual(['1']);
    expect(violationsOf('misaligned plan')).toEqual(['misaligned-plan']);
  });

  it('notes null arguments', () => {
    expect(scenario('null arguments').answers).toEqual(['0', '0', '0']);
    expect(violationsOf('null arguments')).toEqual(Array(3).fill('null-argument'));
  });

  it('says why it refuses a plan', () => {
    expect(scenario('damaged plan')).toMatchObject({ answers: ['0'] });
    expect(scenario('damaged plan').log).toContain('its checksum does not match');
    expect(scenario('unknown plan').log).toContain(
      'SHA-256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('plays a recorded plan, known by its SHA-256', () => {
    expect(scenario('recorded plan').answers).toEqual(['0', '-1', '1024']);
  });

  it('obeys the measured rules for a modelled engine', () => {
    expect(scenario('modelled').answers).toEqual([
      ...['1000', '0', '1000'], // budget, scratch and automatic budget before any set
      ...['0', '450', '500'], // set -1; free with a context: 1500 - 50 - 1000; without: the weights stay
      ...['1', '1500', '200', '250'], // set 999 gives them back, scratch, activations with scratch
      '500', // automatic while streaming: 1500 - 4 * (50 + 200)
      '251', // free with a context: 1500 - 50 - 999 - 200
      ...['1', '500', '1000', '300'], // set above streamable: resident; budget; automatic: 500 - 4 * 50
      ...['1', '1500'], // set 0 gives the weights back
      ...['0', '2', '0'], // 600 bytes, then more than is left, then 700
      ...['0', '0'], // 200 free: neither resident nor a context of 250 fits
      ...['0', '1'], // a double free is an invalid value
    ]);
    // The first 600 bytes were never freed.
    expect(scenario('modelled').live).toEqual([0, 0, 0, 0, 1]);
  });

  it('lets the calls fail that a case names', () => {
    expect(scenario('faults').answers).toEqual(['0', '101', '0', '0', '1']);
    expect(scenario('faults').log).toContain('createInferRuntime gives null');
  });

  it('does not count the objects of earlier cases', () => {
    expect(scenario('late destruction')).toMatchObject({ violations: [], live: NOTHING_ALIVE });
    expect(scenario('after many leaks').live).toEqual(NOTHING_ALIVE);
  });

  it('keeps a device for each thread', () => {
    expect(scenario('another thread').live).toEqual(NOTHING_ALIVE);
  });

  it('plays the versions whose slots are known', () => {
    expect(scenario('versions').answers).toEqual([
      ...Array<string>(6).fill('1'),
      ...Array<string>(6).fill('0'),
      ...['110100', '0', '-1', '101500', '0'],
    ]);
  });
});
