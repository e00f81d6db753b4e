import type { IncidentKind } from '../../model/incident.js';
import type { Fault, GivenCase } from './fault.js';
import type { Speech } from './speech.js';

/** Milliseconds between an answer and what should not come behind it. */
const LATE = 60;

/** What a subject does in place of begin and answer of a case. */
type Act = (speech: Speech, given: GivenCase) => Uint8Array;

/** A fault that shows at the marked case alone, which ends in an incident then. */
export function atMarked(description: string, kind: IncidentKind, message: RegExp, act: Act): Fault {
  return {
    description,
    verdict: { at: 'case', kind, cases: 1, message },
    onCase: (speech, given) => (given.marked ? act(speech, given) : null),
  };
}

/** Begins the case as it should before it acts. */
export function begun(act: Act): Act {
  return (speech, given) => {
    speech.raw(speech.begin(given.seq));
    return act(speech, given);
  };
}

/** Answers as it should; what it does next comes so late that the answer was taken. */
export function answered(act: Act): Act {
  return (speech, given) => {
    speech.raw(speech.right(given));
    sleep(LATE);
    return act(speech, given);
  };
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
