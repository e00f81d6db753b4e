/** Something wrong in the specification or in what belongs to it, and where. */
export interface SpecFinding {
  /** Path below the root of the suite. */
  readonly file: string;
  /** Line, from 1; null when the finding is about no line in particular. */
  readonly line: number | null;
  /** A sentence without its full stop. */
  readonly message: string;
}

/** A finding on one line, place first, as compilers write them. */
export function specFindingText({ file, line, message }: SpecFinding): string {
  return `${file}${line === null ? '' : `:${line}`}: ${message}`;
}
