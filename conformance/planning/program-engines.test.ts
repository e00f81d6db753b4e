import { describe, expect, it } from 'vitest';
import {
  BUDGET_KEY,
  encodeBlob,
  encodePlan,
  MemorySource,
  scriptedPlan,
  writeProgram,
  type DelegateSpec,
} from '../../reference/index.js';
import { NoProgramError, programEngines, type EngineSizes } from './program-engines.js';

const UNKNOWN = Buffer.from('no plan of the simulator');

function delegate(more: Partial<DelegateSpec>): DelegateSpec {
  const data = encodeBlob({ engine: encodePlan(scriptedPlan()) });
  return { backend: 'TensorRTBackend', placement: 'segment', data, compileSpecs: [], ...more };
}

const sourceOf = (...delegates: readonly DelegateSpec[]): MemorySource =>
  new MemorySource(writeProgram({ methods: [{ name: 'a/b', delegates }] }));
const nobody = { recorded: () => null };

describe('the engines of a program', () => {
  it('are the delegates of TensorRT, counted in each method, with the budgets that they have', () => {
    const budget = { key: `${BUDGET_KEY}\0x`, value: Uint8Array.of(0x37) };
    const source = sourceOf(
      delegate({ backend: 'XnnpackBackend' }),
      delegate({ compileSpecs: [{ key: 'other', value: Uint8Array.of(1) }, budget] }),
      delegate({ data: Uint8Array.of(1, 2, 3) }),
    );
    const { engines } = programEngines(source, nobody);
    expect(engines).toMatchObject([
      {
        name: 'a/b/0',
        method: 'a/b',
        delegate: 1,
        budgets: [budget.value],
        device: 0,
        sizes: { from: 'scripted' },
      },
      { name: 'a/b/1', method: 'a/b', delegate: 2, budgets: [], plan: null, sizes: null },
    ]);
  });

  it('tell their sizes themselves, else who was asked goes before what was recorded', () => {
    const told: EngineSizes = { from: 'told', streamable: 3n, scratch: 2n, activations: 1n };
    const recorded = scriptedPlan({ streamable: 9n });
    const source = sourceOf(delegate({}), delegate({ data: encodeBlob({ engine: UNKNOWN }) }));
    const froms = (knowledge: Parameters<typeof programEngines>[1]): unknown =>
      programEngines(source, knowledge).engines.map(({ sizes }) => sizes?.from ?? null);
    expect(froms(nobody)).toEqual(['scripted', null]);
    expect(froms({ recorded: () => recorded })).toEqual(['scripted', 'recorded']);
    expect(froms({ recorded: () => recorded, told: () => told })).toEqual(['scripted', 'told']);
    expect(froms({ recorded: () => recorded, told: () => null })).toEqual(['scripted', 'recorded']);
  });

  it('with one plan are read, and asked about, once', () => {
    let asked = 0;
    const told = (): null => {
      asked++;
      return null;
    };
    const one = delegate({ data: encodeBlob({ engine: UNKNOWN }) });
    expect(programEngines(sourceOf(one, one, one), { ...nobody, told }).engines).toHaveLength(3);
    expect(asked).toBe(1);
  });

  it('are none of what is no program', () => {
    expect(() => programEngines(new MemorySource(new Uint8Array(3)), nobody)).toThrow(NoProgramError);
  });
});
