import type { ShapeBounds, SimulatedEngine } from '../engine/simulated-engine.js';
import type { PlanBinding } from '../plan/plan.js';
import { initFault, type InitFault } from './init-fault.js';

/** An input of a delegate that is ready to run. */
export interface ReadyInput {
  readonly binding: PlanBinding;
  readonly bounds: ShapeBounds;
}

/**
 * The inputs of an engine with the bounds of their shapes. An input must not decide shapes by its
 * values (WSB-LIFE-12), and each needs bounds.
 */
export function readProfiles(
  engine: SimulatedEngine,
  names: readonly string[],
): readonly ReadyInput[] | InitFault {
  const bindings = names.map((name) => engine.binding(name));
  if (bindings.some((binding) => binding?.shapeInference === true)) return initFault('read-profiles');
  const inputs: ReadyInput[] = [];
  for (const binding of bindings) {
    const bounds = binding === null ? null : engine.profile(binding);
    if (binding === null || bounds === null) return initFault('read-profiles', 'WSB-FAIL-04');
    inputs.push({ binding, bounds });
  }
  return inputs;
}
