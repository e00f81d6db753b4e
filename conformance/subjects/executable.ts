import { split } from 'shlex';
import { SubjectError } from '../model/subject-error.js';
import { visible } from '../model/visible-text.js';
import { reaperBelow } from '../process/launch.js';
import { outOfProcessKind } from './out-of-process-kind.js';
import { runnableProgram } from './runnable-program.js';

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
      reaper: reaperBelow(root),
    });
  },
});

/**
 * The words of a command line, quoted as for a POSIX shell: a program and its arguments. No shell
 * is involved, so nothing is expanded.
 *
 * @throws SubjectError when there is no word, or a quotation mark or a backslash has no end.
 */
export function splitCommand(text: string): readonly [program: string, ...args: string[]] {
  const [program = '', ...args] = words(text);
  if (program !== '') return [program, ...args];
  throw new SubjectError('unknown', 'exec: needs a command, such as "exec:python3 native/kit/subject.py".');
}

function words(text: string): string[] {
  try {
    return split(text);
  } catch (cause) {
    const message = visible`The command ${text} ends inside quotation marks or after a backslash. Quote it once more for your shell.`;
    throw new SubjectError('unknown', message, { cause });
  }
}
