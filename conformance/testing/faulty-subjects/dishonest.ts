import { closeSync } from 'node:fs';
import type { Fault } from './fault.js';
import { begun, hang } from './fault-acts.js';

const STDIN = 0;

/** The answer to the case before, of this process. */
let before: Uint8Array | null = null;

/**
 * Subjects that speak as they should, or nearly so, and have no delegate behind it: a run must not
 * take any of them for one that conforms, and has to tell them apart.
 */
export const DISHONEST: Readonly<Record<string, Pick<Fault, 'description' | 'hello' | 'onCase'>>> = {
  'answers-nothing': {
    description: 'Ends at each case without a word, as if all were well.',
    onCase: () => process.exit(0),
  },
  'supports-nothing': {
    description: 'Says that it has no capability but decisions, and is asked for none.',
    hello: (hello) => ({
      ...hello,
      capabilities: Object.fromEntries(
        Object.keys(hello['capabilities'] as object).map((name) => [name, name === 'decision']),
      ),
    }),
  },
  'tells-less': {
    description: 'Says that it tells neither what stays alive nor which calls were wrong.',
    hello: (hello) => ({
      ...hello,
      capabilities: { ...(hello['capabilities'] as object), leaks: false, violations: false },
    }),
  },
  'says-unsupported': {
    description: 'Claims every capability, and says of each case that it does not support it.',
    onCase: begun((speech, { seq }) => speech.failure(seq, 'unsupported')),
  },
  'hears-nothing': {
    description: 'Closes its standard input at its first case, and goes on without an answer.',
    onCase: begun(() => {
      closeSync(STDIN);
      return hang();
    }),
  },
  'answers-another': {
    description: 'Gives to each case the right answer to the case before it.',
    onCase: (speech, given) => {
      const answer = before ?? given.answer;
      before = given.answer.slice();
      return speech.right({ ...given, answer });
    },
  },
  'answers-half': {
    description: 'Answers about every second case, and ends at the others as if all were well.',
    onCase: (_, { answer }) => {
      const sum = answer.reduce((total, byte) => total + byte, 0);
      return sum % 2 === 0 ? null : process.exit(0);
    },
  },
};
