import type { SimulatedEngine } from '../engine/simulated-engine.js';
import { judgeNames, type NamedTensor } from '../rules/judge-names.js';
import type { Rules } from '../rules/rules.js';
import type { BindingNames } from './binding-names.js';
import { initFault, type InitFault } from './init-fault.js';

/** Holds the names of the metadata against the tensors of the engine; null when they match. */
export function matchNames(
  { inputs, outputs }: BindingNames,
  engine: SimulatedEngine,
  rules: Rules,
): InitFault | null {
  const named = [
    ...inputs.map((name): NamedTensor => ({ name, mode: 'input' })),
    ...outputs.map((name): NamedTensor => ({ name, mode: 'output' })),
  ];
  const clause = judgeNames(named, engine.bindings, rules);
  return clause === null ? null : initFault('match-names', clause);
}
