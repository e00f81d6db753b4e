import { describe, expect, it } from 'vitest';
import type { PlanBinding } from '../plan/plan.js';
import { inferBindingNames } from './binding-names.js';

const binding = (name: string, mode: PlanBinding['mode']): PlanBinding => ({
  name,
  mode,
  dtype: 0,
  shape: [],
  shapeInference: false,
  profile: null,
  aliases: null,
});
const infer = (inputs: string[], outputs: string[] = []): ReturnType<typeof inferBindingNames> =>
  inferBindingNames([
    ...inputs.map((name) => binding(name, 'input')),
    ...outputs.map((name) => binding(name, 'output')),
  ]);

describe('inferBindingNames', () => {
  it('orders tensors by the number at the end of their name (WSB-BLOB-11)', () => {
    expect(infer(['b_1', 'a.0', 'x_7_2'], ['o_0'])).toEqual({
      inputs: ['a.0', 'b_1', 'x_7_2'],
      outputs: ['o_0'],
    });
    expect(infer(['a_00'])).toEqual({ inputs: ['a_00'], outputs: [] });
    expect(infer([])).toEqual({ inputs: [], outputs: [] });
  });

  it.each([
    [['a']],
    [['a_']],
    [['a_x']],
    [['a_0x']],
    [['a-0']],
    [['a_1']],
    [['a_0', 'b_0']],
    [['a_0', 'b_2']],
    [['a_18446744073709551615']],
    [[`a_${'9'.repeat(40)}`]],
  ])('refuses %j (WSB-BLOB-12, WSB-BLOB-13)', (names) => {
    expect(infer(names)).toBeNull();
    expect(infer([], names)).toBeNull();
  });

  it('asks for the mode of a tensor by its name', () => {
    expect(inferBindingNames([binding('a_0', 'input'), binding('a_0', 'output')])).toBeNull();
  });
});
