import { closeSync, existsSync, mkdirSync, writeSync } from 'node:fs';
import type { Fault } from './fault.js';
import { answered, atMarked, begun, crash, hang, sleep } from './fault-acts.js';

/** Milliseconds for which a slow subject thinks; a run on it waits less. */
const SLOW = 3_000;

/** Milliseconds that a slow subject takes for a case, in time, or that pass between two bytes. */
const UNHURRIED = 150;

/** Names a folder that is not there until a subject has hung: those that come after it do not. */
export const HUNG = 'FAULTY_SUBJECT_HUNG';

const STDOUT = 1;
const STDERR = 2;
const HUGE_BYTES = 17 << 20;
const LEAKED_ENGINES_AT = 10;
const FIRST_STEP_AT = 20;
const CRASHED_CASE = 3;
const UNKNOWN = 4_000_000_000;

/** What a runner says of a message that is none, in lines or in frames. */
const NO_MESSAGE = /is not JSON|frame of \d+ bytes/;
const SEGFAULT = /was ended by SIGSEGV/;
const NO_ANSWER = /did not answer within/;
const SECOND_ANSWER = /an answer to case \d+ a second time/;

/**
 * Faulty subjects by name. Each is wrong in one way, and a run on it has to end with the verdict
 * that is given with it.
 */
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
  unhurried: {
    description: 'Takes its time for each case, and is in time.',
    verdict: { at: 'outcome', verdict: 'pass' },
    onCase: () => {
      sleep(UNHURRIED);
      return null;
    },
  },
  'crash-at-start': {
    description: 'Ends by a signal before its hello.',
    verdict: { at: 'start', message: /was ended by SIGSEGV before it sent hello/ },
    start: crash,
  },
  'silent-start': {
    description: 'Does not send a hello.',
    verdict: { at: 'start', message: /did not send hello within/ },
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
  'crash-on-a-case': atMarked('Ends by a signal at a case.', 'crashed', SEGFAULT, begun(crash)),
  'crash-in-sequence': {
    description: 'Ends by a signal at the third case of a process, whichever it is.',
    verdict: {
      at: 'case',
      kind: 'crashed',
      cases: CRASHED_CASE,
      message: /only after the 2 cases before it/,
    },
    onCase: (speech, given) => (given.nth < CRASHED_CASE ? null : begun(crash)(speech, given)),
  },
  'noisy-crash': {
    description:
      'Ends by a signal at a case, or at a program that should be refused; says much on standard error, from its start.',
    verdict: { at: 'case', kind: 'crashed', cases: 1, message: SEGFAULT },
    // Just before it sends hello, so that the runner may see either first.
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
  'exit-on-a-case': atMarked(
    'Exits at a case, with a last word on standard error.',
    'crashed',
    /exited with 7/,
    begun(() => {
      writeSync(STDERR, 'this is the end\n');
      return process.exit(7);
    }),
  ),
  hang: atMarked('Never answers a case.', 'timed-out', NO_ANSWER, begun(hang)),
  slow: atMarked(
    'Answers a case rightly, and late.',
    'timed-out',
    NO_ANSWER,
    begun((speech, given) => {
      sleep(SLOW);
      return speech.answer(given);
    }),
  ),
  dribble: atMarked(
    'Answers a case byte by byte, each of them in time.',
    'timed-out',
    NO_ANSWER,
    begun((speech, given) => {
      for (const byte of speech.answer(given)) {
        speech.raw(Buffer.of(byte));
        sleep(UNHURRIED);
      }
      return hang();
    }),
  ),
  'hangs-once': {
    description: 'Never answers a case, the first time that it is asked.',
    verdict: {
      at: 'case',
      kind: 'timed-out',
      cases: null,
      message: /did not answer within \d+ ms \(it did not happen again in a fresh process\)/,
    },
    onCase: (speech, { depth, seq, marked }) => {
      const hung = process.env[HUNG];
      if (hung === undefined || existsSync(hung) || (!marked && depth === 'decision')) return null;
      mkdirSync(hung);
      speech.raw(speech.begin(seq));
      return hang();
    },
  },
  garbage: atMarked('Writes what is no message.', 'protocol-error', NO_MESSAGE, (speech, given) =>
    Buffer.concat([speech.begin(given.seq), Buffer.from('loading the engine\n'), speech.answer(given)]),
  ),
  'half-a-message': atMarked(
    'Exits amid an answer.',
    'protocol-error',
    /exited with 0, in the middle of a message: (?:"\{\\"message|the bytes [0-9a-f]+)/,
    begun((speech, given) => {
      const bytes = speech.answer(given);
      speech.raw(bytes.subarray(0, bytes.length / 2));
      return process.exit(0);
    }),
  ),
  'wrong-number': atMarked(
    'Answers a case with the number of the next one.',
    'protocol-error',
    /an answer to case \d+, (?:but|which)/,
    begun((speech, given) => speech.answer({ ...given, seq: given.seq + 1 })),
  ),
  'unknown-number': atMarked(
    'Answers with a number that no case has.',
    'protocol-error',
    /an answer to case 4000000000, which was not sent to it/,
    begun((speech, given) => speech.answer({ ...given, seq: UNKNOWN })),
  ),
  duplicate: atMarked('Answers a case twice.', 'protocol-error', SECOND_ANSWER, (speech, given) =>
    Buffer.concat([speech.right(given), speech.answer(given)]),
  ),
  missing: {
    description: 'Leaves a case out.',
    verdict: {
      at: 'case',
      kind: 'protocol-error',
      cases: 1,
      message: /before it had answered case|was due/,
      asLast: { kind: 'timed-out', message: NO_ANSWER },
    },
    onCase: (speech, { seq, marked }) => (marked ? speech.begin(seq) : null),
  },
  'no-begin': atMarked(
    'Answers a case that it did not begin.',
    'protocol-error',
    /without a begin/,
    (speech, given) => speech.answer(given),
  ),
  'lying-capability': atMarked(
    'Claims a capability and then says that it does not have it.',
    'protocol-error',
    /it reported a failure: this is beyond it/,
    (speech, { seq }) => Buffer.concat([speech.begin(seq), speech.failure(seq, 'this is beyond it')]),
  ),
  'huge-answer': atMarked(
    'Writes a message larger than any may be.',
    'protocol-error',
    /more than 16,777,216 bytes|frame of \d+ bytes/,
    begun(() => Buffer.alloc(HUGE_BYTES, 'x')),
  ),
  'no-outcome': atMarked(
    'Answers in a well-formed message with what is no outcome.',
    'protocol-error',
    /an invalid (?:outcome|decision)|a decision whose .* does not have/,
    (speech, given) => Buffer.concat([speech.begin(given.seq), speech.none(given)]),
  ),
  'closes-its-output': atMarked(
    'Closes its standard output at a case and goes on.',
    'protocol-error',
    /closed its standard output and kept running/,
    begun(() => {
      closeSync(STDOUT);
      return hang();
    }),
  ),
  // Behind an answer that was right, before the next case is begun: these are that case's.
  'late-output': atMarked(
    'Writes what is no message behind an answer, before it goes on.',
    'protocol-error',
    NO_MESSAGE,
    answered(() => Buffer.from('unloading the engine\n')),
  ),
  'late-duplicate': atMarked(
    'Answers a case a second time, before it goes on.',
    'protocol-error',
    SECOND_ANSWER,
    answered((speech, given) => speech.answer(given)),
  ),
  'late-crash': atMarked('Ends by a signal behind an answer.', 'crashed', SEGFAULT, answered(crash)),
  'late-exit': atMarked(
    'Exits behind an answer, as if all were well.',
    'crashed',
    /exited with 0/,
    answered(() => process.exit(0)),
  ),
  'late-hang': atMarked('Answers a case and does nothing any more.', 'timed-out', NO_ANSWER, answered(hang)),
  leaks: {
    description: 'Loads rightly and leaves an engine alive.',
    verdict: { at: 'outcome', verdict: 'fail' },
    onCase: (speech, given) =>
      given.depth === 'decision'
        ? null
        : speech.right({ ...given, answer: given.answer.with(LEAKED_ENGINES_AT, 1) }),
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
