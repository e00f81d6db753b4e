import { SubjectError } from '../../model/subject-error.js';
import { bytesOf } from '../../model/text.js';
import { allCapabilities } from '../../protocol/capabilities.js';
import { readHello } from '../../protocol/hello.js';
import { mutateJson } from './mutate-json.js';
import type { ReaderTarget } from './reader-target.js';
import { takenOrRefused } from './taken-or-refused.js';

/** The line by which a subject introduces itself. */
export const HELLO_TARGET: ReaderTarget = {
  name: 'hello',
  what: 'the hello of a subject',
  read: (input) =>
    takenOrRefused([SubjectError], () => {
      const { framing, policy, profile } = readHello(Buffer.from(input).toString('utf8'), FRAMINGS);
      return `${framing} ${policy} ${profile}`;
    }),
  twin: 'none',
  seeds: () => [
    bytesOf(JSON.stringify(HELLO)),
    bytesOf(JSON.stringify({ message: 'failure', reason: 'no' })),
  ],
  mutate: (random, input) => {
    const text = mutateJson(random, input);
    return text === null ? null : bytesOf(text);
  },
};

const FRAMINGS = ['json-lines', 'binary'] as const;
const HELLO = {
  message: 'hello',
  version: 1,
  framing: 'binary',
  name: 'a subject',
  policy: 'fitting',
  profile: 'delegate',
  versions: { executorch: '1.5.1' },
  capabilities: allCapabilities(),
};
