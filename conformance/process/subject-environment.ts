/** Variables that a subject gets, where they are set: those that a program needs to start. */
const PASSED: readonly RegExp[] = [
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TZ|LANG|LANGUAGE|LD_LIBRARY_PATH)$/,
  /^LC_[A-Z]+$/,
  // Which devices there are, and what a sanitizer does.
  /^(?:CUDA|NVIDIA)_VISIBLE_DEVICES$/,
  /^(?:ASAN|LSAN|TSAN|UBSAN)_OPTIONS$/,
];

/**
 * The environment of a subject: what it needs of that of the runner, the variables named beside
 * those, and what is set for it (spec/protocol.md, "The start"). Nothing else is passed on: what a
 * subject does is not to depend on who runs it.
 */
export function subjectEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  named: readonly string[],
  set: Readonly<Record<string, string>>,
): Record<string, string> {
  const passed = Object.entries(own).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (PASSED.some((name) => name.test(entry[0])) || named.includes(entry[0])),
  );
  return { ...Object.fromEntries(passed), ...set };
}
