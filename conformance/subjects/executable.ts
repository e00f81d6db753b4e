import { guardBelow } from '../process/launch.js';
import { runnableProgram } from '../process/runnable-program.js';
import { splitCommand } from '../process/split-command.js';
import { outOfProcessKind } from './out-of-process-kind.js';

/** Any program that speaks spec/protocol.md; see {@link splitCommand} for its command line. */
export const EXECUTABLE = outOfProcessKind({
  prefix: 'exec',
  names: { 'exec:COMMAND': 'a program that speaks the protocol' },
  takes: [],
  launch: (detail, { root }) => {
    const [program, ...args] = splitCommand(detail ?? '');
    return Promise.resolve({
      program: runnableProgram(program, process.env['PATH'] ?? ''),
      args,
      guard: guardBelow(root),
    });
  },
});
