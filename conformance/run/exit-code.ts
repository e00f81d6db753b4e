/** How the command ends. */
export const EXIT = {
  /** The subject conforms, or kept all that was asked of it; the program is in order. */
  conforms: 0,
  /** It does not. */
  doesNotConform: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The subject or the protocol broke; nothing can be said. */
  subjectBroken: 3,
  /** Something that a run needs is missing. */
  infrastructure: 4,
  /** Nothing failed, but not all that is required was demonstrated. */
  incomplete: 5,
} as const;
