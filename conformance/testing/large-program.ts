import { BUDGET_KEY, composeBlob, composeProgram, paddedTo, type ByteSource } from '../../reference/index.js';

/** How a real plan begins; the rest of one here is zeros. */
const REAL_PLAN = new TextEncoder().encode('ftrt of no engine');

/**
 * A program of one method whose engines have plans of these sizes, of which TensorRT alone knows
 * anything, each with a budget.
 */
export function largeProgram(planSizes: readonly number[], budget = '8192'): ByteSource {
  const delegates = planSizes.map((size) => ({
    backend: 'TensorRTBackend',
    placement: 'segment' as const,
    data: composeBlob({
      metadata: {
        io_bindings: [
          { name: 'input_0', dtype: 'float16', shape: [1, 16], is_input: true },
          { name: 'output_0', dtype: 'float16', shape: [1, 16], is_input: false },
        ],
      },
      engine: paddedTo(size, REAL_PLAN),
    }),
    compileSpecs: [{ key: BUDGET_KEY, value: new TextEncoder().encode(budget) }],
  }));
  return composeProgram({ methods: [{ name: 'forward', delegates }] });
}
