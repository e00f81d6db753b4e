import { NO_LEAKS, type Outcome } from '../../reference/outcome/outcome.js';

/** Stands for the outcome of a case that has none. */
export const NO_OUTCOME: Outcome = {
  program: { kind: 'ok' },
  steps: [],
  engines: [],
  leaks: NO_LEAKS,
  violations: [],
};
