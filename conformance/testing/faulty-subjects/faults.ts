import { closeSync, writeSync } from 'node:fs';
import type { Fault } from './fault.js';
import { atMarked, crash, hang, sleep } from './fault-acts.js';
import { LATE_FAULTS } from './late-faults.js';

/** Milliseconds for which a slow subject thinks; a run on it waits less. */
export const SLOW = 3_000;

const STDOUT = 1;
const STDERR = 2;
const HUGE_BYTES = 17 << 20;
const LEAKED_ENGINES_AT = 10;
const FIRST_STEP_AT = 20;
const CRASHED_CASE = 3;
const UNKNOWN = 4_000_000_000;

/** Faulty subjects by name. Each is wrong in one way, and a run on it has to end with the verdict that is given with it. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  none: {
    description: 'Speaks as it should: the control.',
    verdict: { at: 'outcome', verdict: 'pass' },
  },
  talkative: {
    description: 'Writes more to standard error than a pipe holds; that is free.',
    verdict: { at: 'outcome', verdict: 'pass' },
    start: () => {
      writeSync(STDERR, 'x'.repeat(1 << 18));
    },
  },
  'crash-at-start': {
    description: 'Ends by a signal before its hello.',
    verdict: { at: 'start', message: /was ended by SIGSEGV before it said hello/ },
    start: crash,
  },
  'silent-start': {
    description: 'Says no hello.',
    verdict: { at: 'start', message: /said no hello within/ },
    start: hang,
  },
  'other-version': {
    description: 'Chooses a version that was not offered.',
    verdict: { at: 'start', message: /chose version 2; 1 was offered/ },
    hello: (hello) => ({ ...hello, version: 2 }),
  },
  'missing-capability': {
    description: 'Does not name a capability.',
    verdict: { at: 'start', message: /does not say true or false for the capabilities decision/ },
    hello: (hello) => ({
      ...hello,
      capabilities: { ...(hello['capabilities'] as object), decision: undefined },
    }),
  },
  'crash-on-a-case': {
    description: 'Ends by a signal at a case.',
    verdict: { at: 'case', kind: 'crashed', cases: 1, message: /was ended by SIGSEGV/ },
    onCase: atMarked((speech, { seq }) => {
      speech.raw(speech.begin(seq));
      return crash();
    }),
  },
  'crash-in-sequence': {
    description: 'Ends by a signal at the third case of a process, whichever it is.',
    verdict: {
      at: 'case',
      kind: 'crashed',
      cases: CRASHED_CASE,
      message: /only behind the 2 cases before it/,
    },
    onCase: (speech, { seq, nth }) => {
      if (nth < CRASHED_CASE) return null;
      speech.raw(speech.begin(seq));
      return crash();
    },
  },
  'noisy-crash': {
    description:
      'Ends by a signal at a case, or at a program that should be refused; says much on standard error, from its start.',
    verdict: { at: 'case', kind: 'crashed', cases: 1, message: /was ended by SIGSEGV/ },
    // Just before it says hello, so that the runner may see either first.
    hello: (hello) => {
      writeSync(STDERR, `process ${process.pid} starts\n`.repeat(1 + (process.pid % 7)));
      return hello;
    },
    onCase: (speech, { depth, seq, answer, marked }) => {
      const isRefused = depth === 'program' && (answer[FIRST_STEP_AT] ?? 0) !== 0;
      writeSync(STDERR, `a case with an answer of ${answer.length} bytes\n`);
      if (!marked && !isRefused) return null;
      speech.raw(speech.begin(seq));
      writeSync(STDERR, 'about to crash\n');
      return crash();
    },
  },
  'exit-on-a-case': {
    description: 'Exits at a case, with a last word on standard error.',
    verdict: { at: 'case', kind: 'crashed', cases: 1, message: /exited with 7/ },
    onCase: atMarked((speech, { seq }) => {
      speech.raw(speech.begin(seq));
      writeSync(STDERR, 'this is the end\n');
      return process.exit(7);
    }),
  },
  hang: {
    description: 'Never answers a case.',
    verdict: { at: 'case', kind: 'timed-out', cases: 1, message: /did not answer within/ },
    onCase: atMarked((speech, { seq }) => {
      speech.raw(speech.begin(seq));
      return hang();
    }),
  },
  slow: {
    description: 'Answers a case rightly, and late.',
    verdict: { at: 'case', kind: 'timed-out', cases: 1, message: /did not answer within/ },
    onCase: atMarked((speech, { depth, seq, answer }) => {
      speech.raw(speech.begin(seq));
      sleep(SLOW);
      return speech.answer(depth, seq, answer);
    }),
  },
  garbage: {
    description: 'Writes what is no message.',
    verdict: { at: 'case', kind: 'protocol-error', cases: 1, message: /is no JSON|frame of \d+ bytes/ },
    onCase: atMarked((speech, { depth, seq, answer }) =>
      Buffer.concat([
        speech.begin(seq),
        Buffer.from('loading the engine\n'),
        speech.answer(depth, seq, answer),
      ]),
    ),
  },
  'half-a-message': {
    description: 'Exits amid an answer.',
    verdict: { at: 'case', kind: 'crashed', cases: 1, message: /exited with 0/ },
    onCase: atMarked((speech, { depth, seq, answer }) => {
      speech.raw(speech.begin(seq));
      const bytes = speech.answer(depth, seq, answer);
      speech.raw(bytes.subarray(0, bytes.length / 2));
      return process.exit(0);
    }),
  },
  'wrong-number': {
    description: 'Answers a case with the number of the next one.',
    verdict: {
      at: 'case',
      kind: 'protocol-error',
      cases: 1,
      message: /an answer to case \d+, (?:and|which)/,
    },
    onCase: atMarked((speech, { depth, seq, answer }) =>
      Buffer.concat([speech.begin(seq), speech.answer(depth, seq + 1, answer)]),
    ),
  },
  'unknown-number': {
    description: 'Answers with a number that no case has.',
    verdict: {
      at: 'case',
      kind: 'protocol-error',
      cases: 1,
      message: /an answer to case 4000000000, which it was not sent/,
    },
    onCase: atMarked((speech, { depth, seq, answer }) =>
      Buffer.concat([speech.begin(seq), speech.answer(depth, UNKNOWN, answer)]),
    ),
  },
  duplicate: {
    description: 'Answers a case twice.',
    verdict: { at: 'case', kind: 'protocol-error', cases: 1, message: /an answer to case \d+ a second time/ },
    onCase: atMarked((speech, { depth, seq, answer }) =>
      Buffer.concat([
        speech.begin(seq),
        speech.answer(depth, seq, answer),
        speech.answer(depth, seq, answer),
      ]),
    ),
  },
  missing: {
    description: 'Leaves a case out.',
    verdict: {
      at: 'case',
      kind: 'protocol-error',
      cases: 1,
      message: /and had not answered case|was due/,
      asLast: { kind: 'timed-out', message: /did not answer within/ },
    },
    onCase: atMarked((speech, { seq }) => speech.begin(seq)),
  },
  'no-begin': {
    description: 'Answers a case that it did not begin.',
    verdict: { at: 'case', kind: 'protocol-error', cases: 1, message: /without a begin/ },
    onCase: atMarked((speech, { depth, seq, answer }) => speech.answer(depth, seq, answer)),
  },
  'lying-capability': {
    description: 'Claims a capability and then says that it does not have it.',
    verdict: {
      at: 'case',
      kind: 'protocol-error',
      cases: 1,
      message: /it said that it failed: this is beyond it/,
    },
    onCase: atMarked((speech, { seq }) =>
      Buffer.concat([speech.begin(seq), speech.failure(seq, 'this is beyond it')]),
    ),
  },
  'huge-answer': {
    description: 'Writes a message larger than any may be.',
    verdict: {
      at: 'case',
      kind: 'protocol-error',
      cases: 1,
      message: /more than 16,777,216 bytes|frame of \d+ bytes/,
    },
    onCase: atMarked((speech, { seq }) => {
      speech.raw(speech.begin(seq));
      return Buffer.alloc(HUGE_BYTES, 'x');
    }),
  },
  'no-outcome': {
    description: 'Answers in a well-formed message with what is no outcome.',
    verdict: {
      at: 'case',
      kind: 'protocol-error',
      cases: 1,
      message: /outcome that is none|decision (?:that|whose .*) (?:is none|has other)/,
    },
    onCase: atMarked((speech, { depth, seq, answer }) =>
      Buffer.concat([speech.begin(seq), speech.none(depth, seq, answer)]),
    ),
  },
  'closes-its-output': {
    description: 'Closes its standard output at a case and goes on.',
    verdict: {
      at: 'case',
      kind: 'protocol-error',
      cases: 1,
      message: /closed its standard output and went on/,
    },
    onCase: atMarked((speech, { seq }) => {
      speech.raw(speech.begin(seq));
      closeSync(STDOUT);
      return hang();
    }),
  },
  ...LATE_FAULTS,
  leaks: {
    description: 'Loads rightly and leaves an engine alive.',
    verdict: { at: 'outcome', verdict: 'fail' },
    onCase: (speech, { depth, seq, answer }) => {
      if (depth === 'decision') return null;
      const leaking = answer.with(LEAKED_ENGINES_AT, 1);
      return Buffer.concat([speech.begin(seq), speech.answer(depth, seq, leaking)]);
    },
  },
  'output-after-stop': {
    description: 'Says something after stop.',
    verdict: { at: 'end', message: /message after stop/ },
    onStop: (speech) => {
      speech.raw(speech.begin(1));
    },
  },
  'bad-exit': {
    description: 'Exits with another code than 0 after stop.',
    verdict: { at: 'end', message: /exited with 3 after stop/ },
    onStop: () => process.exit(3),
  },
  'ignores-termination': {
    description: 'Neither stops when it is told to nor ends by SIGTERM.',
    verdict: { at: 'end', message: /did not exit after stop/ },
    start: () => {
      process.on('SIGTERM', () => undefined);
    },
    onStop: hang,
  },
};
