import { join } from 'node:path';
import { CANARY } from './canary.js';
import { hostCommand } from './host-command.js';
import { HOSTILE_PART } from './hostile-part.js';
import type { Part } from './part.js';
import { RECORDER_PART } from './recorder-part.js';
import { suitePart } from './suite-part.js';
import { THREADS_PART } from './threads-part.js';
import { UNIT_TESTS } from './unit-tests.js';

/** Every part, in the order in which they are done: what says most soonest comes first. */
export const PARTS: readonly Part[] = [
  CANARY,
  UNIT_TESTS,
  suitePart({ name: 'delegate', targets: ['wsb-host'], command: hostCommand }),
  HOSTILE_PART,
  THREADS_PART,
  suitePart({
    name: 'kit',
    targets: ['wsb-host', 'kit-backend'],
    command: (setting) => hostCommand(setting, join(setting.build, 'kit/backend.so')),
  }),
  suitePart({
    name: 'kit-rules',
    targets: ['kit-subject'],
    command: ({ build }) => [join(build, 'kit/subject')],
    decidesOnly: true,
  }),
  RECORDER_PART,
];
