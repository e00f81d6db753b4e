/** The stable id of a clause of the specification, such as `WSB-PARSE-03`. */
export type ClauseId = `WSB-${string}-${string}`;
