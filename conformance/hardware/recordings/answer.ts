import type { ReplayedCall } from './replay-steps.js';

/**
 * An answer as text, so that a recorded and a simulated one compare byte for byte: `true`, `false`,
 * a decimal, or empty for none.
 */
export type Answer = string;

/** The recorded answer of a call. */
export function recordedAnswer(call: ReplayedCall): Answer {
  if ('ok' in call) return String(call.ok);
  return 'value' in call ? call.value : '';
}
