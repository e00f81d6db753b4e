import type { Fault, GivenCase } from './fault.js';
import { atMarked, crash, hang, sleep } from './fault-acts.js';
import type { Speech } from './speech.js';

/** Milliseconds between an answer and what should not come behind it. */
const LATE = 60;

/** Faults behind an answer that was right, before the next case is begun: they are that case's. */
export const LATE_FAULTS: Readonly<Record<string, Fault>> = {
  'late-output': {
    description: 'Writes what is no message behind an answer, before it goes on.',
    verdict: { at: 'case', kind: 'protocol-error', cases: 1, message: /is no JSON|frame of \d+ bytes/ },
    onCase: atMarked((speech, given) => {
      answerAndPause(speech, given);
      return Buffer.from('unloading the engine\n');
    }),
  },
  'late-duplicate': {
    description: 'Answers a case a second time, before it goes on.',
    verdict: { at: 'case', kind: 'protocol-error', cases: 1, message: /an answer to case \d+ a second time/ },
    onCase: atMarked((speech, given) => {
      answerAndPause(speech, given);
      return speech.answer(given.depth, given.seq, given.answer);
    }),
  },
  'late-crash': {
    description: 'Ends by a signal behind an answer.',
    verdict: { at: 'case', kind: 'crashed', cases: 1, message: /was ended by SIGSEGV/ },
    onCase: atMarked((speech, given) => {
      answerAndPause(speech, given);
      return crash();
    }),
  },
  'late-exit': {
    description: 'Exits behind an answer, as if all were well.',
    verdict: { at: 'case', kind: 'crashed', cases: 1, message: /exited with 0/ },
    onCase: atMarked((speech, given) => {
      answerAndPause(speech, given);
      return process.exit(0);
    }),
  },
  'late-hang': {
    description: 'Answers a case and does nothing any more.',
    verdict: { at: 'case', kind: 'timed-out', cases: 1, message: /did not answer within/ },
    onCase: atMarked((speech, given) => {
      answerAndPause(speech, given);
      return hang();
    }),
  },
};

/** Answers as it should; what it does next comes so late that the answer was taken. */
function answerAndPause(speech: Speech, { depth, seq, answer }: GivenCase): void {
  speech.raw(Buffer.concat([speech.begin(seq), speech.answer(depth, seq, answer)]));
  sleep(LATE);
}
