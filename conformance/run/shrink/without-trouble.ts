import type { GeneratedCase } from '../../generators/generated-case.js';

/** The case with engines that all deserialize and get their context. */
export function withoutTrouble(generated: GeneratedCase): GeneratedCase {
  return {
    ...generated,
    engines: generated.engines.map((engine) => ({ ...engine, trouble: 'none' as const })),
  };
}
