import type { Fault, GivenCase } from './fault.js';
import type { Speech } from './speech.js';

/** A fault that shows at the marked case alone. */
export function atMarked(
  spoil: (speech: Speech, given: GivenCase) => Uint8Array,
): NonNullable<Fault['onCase']> {
  return (speech, given) => (given.marked ? spoil(speech, given) : null);
}

/** Ends by a signal. */
export function crash(): never {
  process.kill(process.pid, 'SIGSEGV');
  return hang();
}

/** Does nothing any more. */
export function hang(): never {
  for (;;) sleep(1_000_000);
}

/** Does nothing for so many milliseconds. */
export function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
