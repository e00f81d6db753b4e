import type { PlanBinding } from '../plan/plan.js';

/** Names of the inputs and of the outputs, each in the order of the delegate's arguments. */
export interface BindingNames {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

const PLACE = /[._](\d+)$/;

/**
 * Infers the order of an engine's tensors from their names: each ends in `.N` or `_N`, N being its
 * place among the inputs or the outputs. Null when a name has no such ending, a place is taken
 * twice or one is left empty.
 */
export function inferBindingNames(bindings: readonly PlanBinding[]): BindingNames | null {
  // A delegate asks for the mode by name, so the first tensor of a name speaks for all.
  const modeOf = (name: string): PlanBinding['mode'] | undefined =>
    bindings.find((binding) => binding.name === name)?.mode;
  const inputs = orderByPlace(bindings.filter(({ name }) => modeOf(name) === 'input'));
  const outputs = orderByPlace(bindings.filter(({ name }) => modeOf(name) === 'output'));
  return inputs === null || outputs === null ? null : { inputs, outputs };
}

function orderByPlace(bindings: readonly PlanBinding[]): readonly string[] | null {
  const names: string[] = [];
  for (const { name } of bindings) {
    const place = Number(PLACE.exec(name)?.[1]);
    // As many places as names, each taken once, leave no gap.
    if (!(place < bindings.length) || place in names) return null;
    names[place] = name;
  }
  return names;
}
