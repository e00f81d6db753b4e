import { describe, expect, it } from 'vitest';
import { startRecord } from '../../../reference/engine/engine-record.js';
import { SimulatedDevice } from '../../../reference/engine/simulated-device.js';
import { type SimulatedContext, SimulatedEngine } from '../../../reference/engine/simulated-engine.js';
import { scriptedPlan } from '../../../reference/plan/plan.js';
import { loadSchemas } from '../../spec/schemas.js';
import { suiteRoot } from '../../suite-root.js';
import type { RecordedCall, RecordingEngine } from '../../golden/recording.js';
import { loadRecordings } from './recording-files.js';
import { GRANULE_BITS } from './zone.js';

const GRANULE = 1n << BigInt(GRANULE_BITS);
const file = loadRecordings(suiteRoot(), loadSchemas(suiteRoot())).find(
  ({ name }) => name === 'tensorrt-10.6-h200.jsonl',
);
if (file === undefined) throw new Error('the recording of the H200 is missing');
const { engines, sequences } = file.recording;

/** A modelled engine with plenty of memory, of which a context takes a granule on top. */
class Modelled {
  readonly #device = new SimulatedDevice({ totalBytes: 2n ** 37n, freeBytes: 2n ** 37n, faults: [] });
  readonly #engine: SimulatedEngine;
  readonly #contexts: SimulatedContext[] = [];

  constructor({ streamable, scratch, activations }: RecordingEngine) {
    const plan = scriptedPlan({
      kind: 'modelled',
      streamable: BigInt(streamable),
      scratch: BigInt(scratch),
      activations: BigInt(activations),
      automatic: 0n,
      paging: {
        granuleBits: GRANULE_BITS,
        context: 1,
        contextHeadroom: 0,
        weightsHeadroom: 0,
        loadHeadroom: 0,
      },
    });
    this.#engine = new SimulatedEngine(plan, this.#device, startRecord(0));
  }

  /** Bytes that the call takes; below 0 what it gives back. */
  taken(call: RecordedCall): bigint {
    const before = this.#device.freeBytes;
    if (call.call === 'setWeightStreamingBudgetV2')
      this.#engine.setWeightStreamingBudgetV2(BigInt(call.budget));
    else if (call.call === 'createExecutionContext') this.#create();
    else if (call.call === 'destroyExecutionContext') this.#contexts.pop()?.destroy();
    else if (call.call === 'destroyEngine') this.#engine.destroy();
    return before - this.#device.freeBytes;
  }

  #create(): void {
    const context = this.#engine.createExecutionContext();
    if (context !== null) this.#contexts.push(context);
  }
}

/**
 * What the modelled engine leaves out: an engine that was not built for streaming holds 32 MiB from
 * its load on.
 */
const RESIDENT = 'l2d64b1r';
const streaming = sequences.filter(({ engines: [id] }) => id !== RESIDENT);
/** With plenty of memory: for every budget a context, each engine first of all without a set. */
const runs = streaming.filter(({ id }) => id.endsWith('/runs'));

describe('the memory that calls take on an H200', () => {
  it('was recorded for eight engines that stream', () => {
    expect(runs).toHaveLength(8);
  });

  it.each(runs)('is that of the modelled engine, to one granule: $id', ({ engines: [id = ''], calls }) => {
    const engine = engines.get(id);
    if (engine === undefined) throw new Error(`${id} is missing`);
    const modelled = new Modelled(engine);
    const off = calls.flatMap((call) => {
      if (call.call === 'deserializeCudaEngine') return [];
      const taken = BigInt(call.freeBefore ?? 0) - BigInt(call.freeAfter ?? 0);
      const difference = (taken - modelled.taken(call)) / GRANULE;
      return difference < -1n || difference > 1n ? [{ call, difference }] : [];
    });
    expect(off).toEqual([]);
  });

  it('is one granule for the first plan of a process, whatever its size', () => {
    const first = streaming.flatMap(({ id, calls: [call] }) =>
      call?.call === 'deserializeCudaEngine' && call.ok && call.damage === undefined
        ? [{ id, taken: BigInt(call.freeBefore ?? 0) - BigInt(call.freeAfter ?? 0) }]
        : [],
    );
    expect(first.length).toBeGreaterThan(300);
    expect(first.filter(({ taken }) => taken !== GRANULE)).toEqual([]);
  });

  it('is 16 granules more for a plan that was not built for streaming, until its engine goes', () => {
    const [run] = sequences.filter(({ id }) => id === `${RESIDENT}/runs`);
    const taken = (name: RecordedCall['call']): bigint | undefined =>
      run?.calls
        .filter(({ call }) => call === name)
        .map(({ freeBefore, freeAfter }) => BigInt(freeBefore ?? 0) - BigInt(freeAfter ?? 0))[0];
    expect(taken('deserializeCudaEngine')).toBe(17n * GRANULE);
    expect(taken('destroyEngine')).toBe(-16n * GRANULE);
  });
});
