import { describe, expect, it } from 'vitest';
import { decodeBlob } from '../blob/decode-blob.js';
import { encodeBlob } from '../blob/encode-blob.js';
import { scriptedPlan, type Plan, type PlanBinding } from '../plan/plan.js';
import type { InstructionFile, MethodFile, TensorFile, ValueFile } from '../program/program-file.js';
import { ReadingWork } from '../program/reading-work.js';
import { delegateCalls, judgeCalls } from './judge-calls.js';

const HALF = 5;
const FLOAT = 6;

const tensor = (name: string, more: Partial<PlanBinding> = {}): PlanBinding => ({
  ...{ name, mode: name.startsWith('x') ? 'input' : 'output', dtype: 1, shape: [1n, 4n] },
  ...{ shapeInference: false, profile: null, aliases: null, ...more },
});
const value = (more: Partial<TensorFile> = {}): TensorFile => ({
  ...{ kind: 'tensor', shape: [1, 4], dynamism: 'static', scalarType: HALF, elementBytes: 2 },
  ...{ device: { type: 0, index: 0 }, arena: 0, place: 'planned', ...more },
});
const PLAN = scriptedPlan({ bindings: [tensor('x_0'), tensor('y_0')] });

function findings(args: readonly (ValueFile | null)[], plan: Plan | null = PLAN, named = false): string[] {
  const io_bindings = ['x_0', 'y_0'].map((name) => ({
    name,
    dtype: '',
    shape: [],
    is_input: name === 'x_0',
  }));
  const decoded = decodeBlob(
    encodeBlob({ metadata: named ? { io_bindings } : {}, engine: new Uint8Array() }),
  );
  if (!decoded.ok) throw new Error(decoded.fault.message);
  return judgeCalls([args], decoded.blob, plan).map(({ clause, message }) => `${clause}: ${message}`);
}

const ENDS = 'so that executing it ends with InvalidArgument';

describe('judgeCalls', () => {
  it('finds nothing wrong with tensors as the engine has them, and with those that nobody knows', () => {
    expect(findings([value(), value()])).toEqual([]);
    expect(findings([null, value({ scalarType: FLOAT })], null, true)).toEqual([]);
    expect(findings([value()], null)).toEqual([]);
  });

  it('counts the arguments (WSB-LIFE-15)', () => {
    const text = (given: string): string[] => [
      `WSB-LIFE-15: the method calls it with ${given}, and its engine has 2 tensors, ${ENDS}`,
    ];
    expect(findings([])).toEqual(text('no arguments'));
    expect(findings([value()], null, true)).toEqual(text('1 argument'));
    expect(findings([value(), value(), null])).toEqual(text('3 arguments'));
  });

  it('compares element types (WSB-LIFE-16)', () => {
    expect(findings([value(), value({ scalarType: FLOAT })])).toEqual([
      `WSB-LIFE-16: the method calls it with float32[1,4] for "y_0", which is float16 in the engine, ${ENDS}`,
    ]);
    expect(findings([value({ scalarType: 7 }), value()])).toEqual([
      `WSB-LIFE-16: the method calls it with ExecuTorch's type 7[1,4] for "x_0", which is float16 in the engine, ${ENDS}`,
    ]);
  });

  it('compares shapes of inputs, as far as they are known (WSB-LIFE-10)', () => {
    const outside = (shape: string): string[] => [
      `WSB-LIFE-10: the method calls it with float16[${shape}] for "x_0", which is outside of the engine's profile, ${ENDS}`,
    ];
    expect(findings([value({ shape: [4] }), value()])).toEqual(outside('4'));
    expect(findings([value({ shape: [1, 5] }), value()])).toEqual(outside('1,5'));
    expect(findings([value({ shape: [1, 5], dynamism: 'bounded' }), value()])).toEqual([]);
    expect(findings([value({ shape: [1, 3], dynamism: 'bounded' }), value()])).toEqual(outside('1,3'));
    expect(findings([value(), value({ shape: [1, 5] })])).toEqual([]);
  });

  it('tells an argument that is no tensor (WSB-LIFE-10)', () => {
    expect(findings([{ kind: 'none' }, value()])).toEqual([
      `WSB-LIFE-10: the method calls it with a value that is no tensor for "x_0", ${ENDS}`,
    ]);
  });
});

describe('delegateCalls', () => {
  const method = (chain: readonly InstructionFile[]): MethodFile => ({
    ...{ name: 'forward', plannedBytes: [], plannedDevices: [], entryFault: null, delegates: [] },
    ...{ exitFault: null, inputs: { ok: true, value: [] }, outputs: { ok: true, value: [] } },
    ...{ values: [value(), { kind: 'none' }], chains: [chain] },
  });

  it('lists the values of each call, but for those that are moved', () => {
    const chain: InstructionFile[] = [
      { kind: 'delegate', index: 3, args: [0, 1] },
      { kind: 'delegate', index: 3, args: [] },
      { kind: 'move', from: 1, to: 1 },
    ];
    expect(delegateCalls(method(chain), ReadingWork.UNLIMITED)).toEqual(
      new Map([[3, [[value(), null], []]]]),
    );
  });
});
