/** How the command ends. */
export const EXIT = {
  /** The subject conforms; the program is in order. */
  conforms: 0,
  /** It does not. */
  doesNotConform: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The subject or the protocol broke; nothing can be said. */
  subjectBroken: 3,
  /** Something that a run needs is missing. */
  infrastructure: 4,
} as const;

/** How a command ends that judges no subject: whether what it checked is in order. */
export function exitCodeOf(inOrder: boolean): number {
  return inOrder ? EXIT.conforms : EXIT.doesNotConform;
}
