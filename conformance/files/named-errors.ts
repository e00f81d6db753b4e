/**
 * Does something to a file that is open. What the file system says of it then names the file, as it
 * does of one that is named: an error that says no more than "write" would leave a user to guess.
 */
export function naming<Result>(file: string, act: () => Result): Result {
  try {
    return act();
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause) || 'path' in cause) throw cause;
    const { code, errno, syscall } = cause as NodeJS.ErrnoException;
    const named = new Error(`${cause.message} '${file}'`, { cause });
    throw Object.assign(named, { code, errno, syscall, path: file });
  }
}
