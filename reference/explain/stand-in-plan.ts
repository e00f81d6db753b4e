import type { DecodedBlob } from '../blob/decode-blob.js';
import { scriptedPlan, type Plan, type PlanBinding } from '../plan/plan.js';

/**
 * Stands for an engine that nobody here knows: it does whatever its blob needs of it to load, and
 * streams nothing.
 */
export function standInPlan(blob: DecodedBlob | null): Plan {
  if (blob === null) return scriptedPlan({ streamable: 0n });
  const binding = (name: string, mode: PlanBinding['mode']): PlanBinding => ({
    name,
    mode,
    dtype: 0,
    shape: [],
    shapeInference: false,
    profile: { min: [], max: [] },
    aliases: blob.aliases.find(({ output, kind }) => kind !== 'user' && output === name)?.input ?? null,
  });
  return scriptedPlan({
    streamable: 0n,
    bindings: [
      ...blob.inputs.map((name) => binding(name, 'input')),
      ...blob.outputs.map((name) => binding(name, 'output')),
    ],
  });
}
