import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SubjectError } from '../model/subject-error.js';
import { visible } from '../model/visible-text.js';

/**
 * The program of a command as it is given, once it is clear that it can be started: a path, or a
 * name that is looked for in `path`, folders as in the variable PATH.
 *
 * @throws SubjectError when there is no such file, or it is not to be executed.
 */
export function runnableProgram(program: string, path: string): string {
  if (!program.includes('/')) {
    const places = path.split(delimiter).map((folder) => join(folder, program));
    if (places.some((file) => whyNot(file) === null)) return program;
    throw new SubjectError(
      'absent',
      visible`There is no program ${program} on the PATH. Give the path of one that is elsewhere, such as "exec:./${program}".`,
    );
  }
  const reason = whyNot(program);
  if (reason === null) return program;
  throw new SubjectError('absent', visible`The program ${program} cannot be started: ${reason}.`);
}

/** Why a file cannot be executed, and what to do; null when it can. */
function whyNot(file: string): string | null {
  if (!existsSync(file)) return 'there is no such file. Give the path of one after exec:';
  if (!statSync(file).isFile()) return 'it is not a file. Give the path of a program after exec:';
  try {
    accessSync(file, constants.X_OK);
    return null;
  } catch {
    return 'it is not executable. Run chmod +x on it, or name its interpreter first, such as "exec:python3 FILE"';
  }
}
